import type { MessageId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { systemContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest, seedHousehold } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import { fallOver } from './fall-over.ts';
import { ledgerOf, type Place } from './testing/rig.ts';
import { createSmsRig, grantSms, textsTo } from './testing/sms-rig.ts';

const db = await createTestDatabase();
const rig = await createSmsRig(db);
afterAll(() => rig.close());

let numbers = 0;
const nextPhone = () => `+3519130${String(++numbers).padStart(5, '0')}`;

/** An e-mail to everybody that falls over to a text. */
async function seedFallback(place: Place, after: string | null = null): Promise<MessageId> {
  const { weddingId } = place;
  const messageId = await seedMessage(db.admin, { weddingId });
  await db.admin`
    insert into wedding.message_wordings (wedding_id, message_id, channel, language, format, subject, body)
    values (${weddingId}, ${messageId}, 'sms', 'en', 'text', '', 'Hi {{ names }}, by text')`;
  await db.admin`
    update wedding.messages set fallback_channel = 'sms', fallback_after = ${after}::interval,
      state = 'queued', queued_at = now()
    where id = ${messageId}`;
  await rig.expand(place, messageId);
  return messageId;
}

/** What the mail server and what comes back would have made of a guest's e-mail. */
const settle = (messageId: MessageId, guestId: string, to: { state: string; reason?: string }) =>
  db.admin`
    update wedding.deliveries set state = ${to.state}, reason = ${to.reason ?? null},
      sent_at = case when ${to.state} in ('sent', 'delivered', 'bounced') then now() end
    where message_id = ${messageId} and guest_id = ${guestId} and channel = 'email'`;

const finish = (messageId: MessageId) =>
  db.admin`
    update wedding.messages set state = 'sent', finished_at = now() where id = ${messageId}`;

const textsOf = (messageId: MessageId) =>
  db.admin<{ guest: string; state: string; reason: string | null }[]>`
    select guest_id as guest, state, reason from wedding.deliveries
    where message_id = ${messageId} and channel = 'sms' order by guest_id`;

async function seedOne(place: Place, fields: { email?: string | null; phone?: string | null }) {
  const { guestId } = await seedGuest(db.admin, { weddingId: place.weddingId, ...fields });
  return guestId;
}

const fallOverIn = (place: Place, messageId: MessageId) =>
  fallOver(systemContext(db.worker, place), { weddingId: place.weddingId, messageId });

describe('falling over to a text', () => {
  it('takes who bounced, was refused or has no address, and leaves all others', async () => {
    const place = await seedWedding(db.admin);
    const phones = Array.from({ length: 6 }, nextPhone);
    const [bounced, refused, reached, waiting, wordless] = await Promise.all(
      phones.slice(0, 5).map((phone, n) => seedOne(place, { email: `g${n}@example.com`, phone })),
    );
    const homeless = await seedOne(place, { email: null, phone: phones[5] ?? '' });
    await grantSms(db.admin, place.weddingId);
    const messageId = await seedFallback(place);
    await settle(messageId, bounced ?? '', { state: 'bounced', reason: 'bounced_hard' });
    await settle(messageId, refused ?? '', { state: 'failed', reason: 'rejected' });
    await settle(messageId, reached ?? '', { state: 'delivered' });
    await settle(messageId, waiting ?? '', { state: 'sent' });
    await settle(messageId, wordless ?? '', { state: 'failed', reason: 'render_failed' });
    await finish(messageId);
    await rig.sweep();
    expect((await textsOf(messageId)).map(({ guest }) => guest).sort()).toEqual(
      [bounced, refused, homeless].sort(),
    );
    await rig.send(place, messageId);
    const [text] = textsTo(rig.simulator, phones[0] ?? '');
    expect(text).toMatch(/^Hi Ana, by text/);
    // The e-mails are counted as before, and the texts apart.
    expect(await ledgerOf(db, messageId)).toMatchObject({ audience: 6, bounced: 1, failed: 2 });
    const [state] = await db.admin`select state from wedding.messages where id = ${messageId}`;
    expect(state).toEqual({ state: 'sent' });
  });

  it('happens once, also where two sweeps look at the same time', async () => {
    const place = await seedWedding(db.admin);
    const phones = Array.from({ length: 20 }, nextPhone);
    for (const phone of phones) await seedOne(place, { email: null, phone });
    await grantSms(db.admin, place.weddingId);
    const messageId = await seedFallback(place);
    await Promise.all(Array.from({ length: 4 }, () => fallOverIn(place, messageId)));
    await rig.send(place, messageId);
    await fallOverIn(place, messageId);
    await rig.sweep();
    await rig.send(place, messageId);
    expect(await textsOf(messageId)).toHaveLength(20);
    for (const phone of phones) expect(textsTo(rig.simulator, phone)).toHaveLength(1);
  });

  it('keeps to consent and opt-outs of both channels, and says why', async () => {
    const place = await seedWedding(db.admin);
    const { weddingId } = place;
    const [optedOut, deadBefore, silent] = [
      await seedOne(place, { email: 'wish@example.com', phone: nextPhone() }),
      await seedOne(place, { email: 'dead@example.com', phone: nextPhone() }),
      await seedOne(place, { email: null, phone: nextPhone() }),
    ];
    await grantSms(db.admin, weddingId);
    await db.admin`
      insert into wedding.consents
        (wedding_id, id, guest_id, channel, purpose, status, how, recorded_by_kind, at)
      values (${weddingId}, gen_random_uuid(), ${silent}, 'sms', 'relationship', 'withdrawn', 'sms',
        'system', now())`;
    await db.admin`
      insert into wedding.suppressions (wedding_id, channel, address_hash, reason)
      select ${weddingId}, 'email', email_hash,
        case when id = ${optedOut} then 'unsubscribed' else 'bounced' end
      from wedding.guests where id in (${optedOut}, ${deadBefore})`;
    const messageId = await seedFallback(place);
    await fallOverIn(place, messageId);
    const texts = new Map((await textsOf(messageId)).map((row) => [row.guest, row]));
    expect(texts.get(optedOut)).toBeUndefined();
    expect(texts.get(deadBefore)?.state).toBe('ready');
    expect(texts.get(silent)).toMatchObject({ state: 'skipped', reason: 'no_consent' });
  });

  it('speaks for those whom the e-mail that bounced had spoken for, too', async () => {
    const place = await seedWedding(db.admin);
    const { weddingId } = place;
    const householdId = await seedHousehold(db.admin, { weddingId });
    const phone = nextPhone();
    const { guestId } = await seedGuest(db.admin, {
      ...{ weddingId, householdId, phone },
      ...{ firstName: 'Rui', email: 'rui@example.com' },
    });
    await seedGuest(db.admin, { weddingId, householdId, firstName: 'Mia' });
    await grantSms(db.admin, weddingId);
    const messageId = await seedFallback(place);
    await settle(messageId, guestId, { state: 'bounced', reason: 'bounced_hard' });
    await fallOverIn(place, messageId);
    await rig.send(place, messageId);
    expect(textsTo(rig.simulator, phone)[0]).toMatch(/^Hi Rui and Mia, by text/);
  });

  it('waits for a sign of delivery as long as the planner said', async () => {
    const place = await seedWedding(db.admin);
    const guestId = await seedOne(place, { email: 'quiet@example.com', phone: nextPhone() });
    await grantSms(db.admin, place.weddingId);
    const messageId = await seedFallback(place, '48 hours');
    await settle(messageId, guestId, { state: 'sent' });
    await finish(messageId);
    await rig.sweep();
    expect(await textsOf(messageId)).toHaveLength(0);
    const [progress] = await db.admin<{ hours: number }[]>`
      select round(extract(epoch from next_at - now()) / 3600)::int as hours
      from wedding.fallback_progress where message_id = ${messageId}`;
    expect(progress?.hours).toBe(48);
    await db.admin`
      update wedding.deliveries set sent_at = now() - interval '49 hours'
      where message_id = ${messageId}`;
    await db.admin`
      update wedding.fallback_progress set next_at = now() where message_id = ${messageId}`;
    await rig.sweep();
    expect(await textsOf(messageId)).toMatchObject([{ guest: guestId, state: 'ready' }]);
  });

  it('comes to nothing once it is too late, or the message was cancelled', async () => {
    const place = await seedWedding(db.admin);
    await seedOne(place, { email: null, phone: nextPhone() });
    await grantSms(db.admin, place.weddingId);
    const late = await seedFallback(place);
    await db.admin`
      update wedding.messages set not_after = now() - interval '1 minute' where id = ${late}`;
    const cancelled = await seedFallback(place);
    await db.admin`
      update wedding.messages set state = 'cancelled', finished_at = now() where id = ${cancelled}`;
    await rig.sweep();
    expect(await fallOverIn(place, late)).toBe(0);
    expect(await fallOverIn(place, cancelled)).toBe(0);
    expect([...(await textsOf(late)), ...(await textsOf(cancelled))]).toEqual([]);
  });
});
