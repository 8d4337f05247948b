import type { CheckAudience } from '@wedsync/contracts/communications';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { systemContext, userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest, seedHousehold, seedTag } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { startSmtpSink } from '@wedsync/testing/smtp-sink';
import { afterAll, describe, expect, it } from 'vitest';
import { checkAudience } from './queries/check-audience.ts';
import { findUnsubscribeLink } from './queries/find-unsubscribe-link.ts';
import { createRig, ledgerOf } from './testing/rig.ts';
import { unsubscribeAddress } from './unsubscribe-address.ts';

const db = await createTestDatabase();
const sink = await startSmtpSink();
const rig = createRig(db, { smtpUrl: sink.url });
afterAll(async () => {
  await rig.close();
  await sink.stop();
});

const place = await seedWedding(db.admin);
// These guests get more messages than a week allows.
await db.admin`insert into wedding.send_settings (wedding_id, weekly_limit) values (${place.weddingId}, null)`;
const [ceremony = '', dinner = ''] = place.eventIds;
const planner = userContext(db.app, place);
const tagId = await seedTag(db.admin, { ...place, name: 'Choir' });
const almeidas = await seedHousehold(db.admin, { ...place, name: 'The Almeidas' });
const at = { weddingId: place.weddingId };
const ana = await seedGuest(db.admin, {
  ...at,
  householdId: almeidas,
  firstName: 'Ana',
  email: 'ana@example.com',
  eventIds: [ceremony, dinner],
});
const mia = await seedGuest(db.admin, {
  ...at,
  householdId: almeidas,
  firstName: 'Mia',
  ageGroup: 'child',
  eventIds: [ceremony],
});
const zoe = await seedGuest(db.admin, {
  ...at,
  firstName: 'Zoë',
  email: 'zoe@example.com',
  eventIds: [dinner],
});
const lost = await seedGuest(db.admin, { ...at, firstName: 'Lost', eventIds: [ceremony] });
const typo = await seedGuest(db.admin, {
  ...at,
  firstName: 'Typo',
  email: 'typo@example',
  eventIds: [ceremony],
});
await db.admin`update wedding.guests set side = 'partner_a' where id = ${ana.guestId}`;
await db.admin`insert into wedding.guest_tags values (${place.weddingId}, ${zoe.guestId}, ${tagId})`;
await db.admin`
  update wedding.invitations set answer = 'yes', answered_at = now(), answered_by_kind = 'system', via = 'planner'
  where guest_id = ${ana.guestId} and event_id = ${dinner}`;

async function namesOf(audience: NonNullable<CheckAudience['audience']>) {
  const messageId = await seedMessage(db.admin, { ...place, audience, state: 'queued' });
  await rig.expand(place, messageId);
  const rows = await db.admin<{ first_name: string }[]>`
    select g.first_name from wedding.deliveries d join wedding.guests g on g.id = d.guest_id
    where d.message_id = ${messageId} order by g.first_name`;
  const check = await checkAudience(planner, { audience });
  expect(check.guests).toBe(rows.length);
  return rows.map((row) => row.first_name);
}

describe('an audience', () => {
  it.each([
    ['everybody', {}, ['Ana', 'Lost', 'Mia', 'Typo', 'Zoë']],
    ['those of one event', { eventIds: [dinner] }, ['Ana', 'Zoë']],
    ['those who never answered for an event', { eventIds: [dinner], answers: ['none'] }, ['Zoë']],
    ['those who said yes anywhere', { answers: ['yes'] }, ['Ana']],
    ['a tag', { tagIds: [tagId] }, ['Zoë']],
    ['a side', { sides: ['partner_a'] }, ['Ana']],
    ['a household', { householdIds: [almeidas] }, ['Ana', 'Mia']],
    ['nobody, where filters exclude each other', { tagIds: [tagId], sides: ['partner_a'] }, []],
  ])('means %s', async (_what, audience, names) => {
    expect(await namesOf(audience as CheckAudience['audience'] & object)).toEqual(names);
  });

  it('does not mean guests who were removed', async () => {
    const gone = await seedGuest(db.admin, { ...at, firstName: 'Gone', email: 'gone@example.com' });
    await db.admin`
      update wedding.guests set removed_at = now(), removal_id = gen_random_uuid() where id = ${gone.guestId}`;
    expect(await namesOf({})).not.toContain('Gone');
  });
});

describe('a guest who gets nothing', () => {
  it('is a row that says why, and the check before sending says the same', async () => {
    const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
    await rig.expand(place, messageId);
    const rows = await db.admin`
      select guest_id, reason, state from wedding.deliveries where message_id = ${messageId}`;
    const reasonOf = new Map(rows.map((row) => [row.guest_id, row.reason]));
    expect(reasonOf.get(mia.guestId)).toBe('reached_through_household');
    expect(reasonOf.get(lost.guestId)).toBe('no_address');
    expect(reasonOf.get(typo.guestId)).toBe('invalid_address');
    expect(reasonOf.get(ana.guestId)).toBeNull();
    const check = await checkAudience(planner, {});
    expect(check).toMatchObject({ guests: 5, households: 4, emails: 2 });
    expect(new Map(check.skips.map(({ reason, count }) => [reason, count]))).toEqual(
      new Map([
        ['reached_through_household', 1],
        ['no_address', 1],
        ['invalid_address', 1],
      ]),
    );
    expect(check.unreached.map(({ name }) => name)).toEqual(['Lost Almeida', 'Typo Almeida']);
    expect(await ledgerOf(db, messageId)).toMatchObject({ audience: 5, ready: 2, skipped: 3 });
  });

  it('is skipped where the guest was removed after the audience was frozen', async () => {
    const away = await seedWedding(db.admin);
    const { guestId } = await seedGuest(db.admin, { ...away, email: 'away@example.com' });
    const messageId = await seedMessage(db.admin, { ...away, state: 'queued' });
    await rig.expand(away, messageId);
    await db.admin`
      update wedding.guests set removed_at = now(), removal_id = gen_random_uuid() where id = ${guestId}`;
    await rig.send(away, messageId);
    expect(await ledgerOf(db, messageId)).toMatchObject({ skipped: 1, sent: 0 });
    await db.admin`delete from wedding.guests where id = ${guestId}`;
    expect(await ledgerOf(db, messageId)).toMatchObject({ audience: 1, skipped: 1 });
  });
});

describe('opting out', () => {
  const tokenIn = (raw: string) => /\/u\/([A-Za-z0-9_-]{22})/.exec(raw)?.[1] ?? '';

  it('stops a message under way and every later one, also after the guest was erased and imported again', async () => {
    const wedding = await seedWedding(db.admin);
    const { guestId } = await seedGuest(db.admin, { ...wedding, email: 'Stop.Me@example.com' });
    const first = await seedMessage(db.admin, { ...wedding, state: 'queued' });
    await rig.expand(wedding, first);
    await rig.send(wedding, first);
    const token = tokenIn(sink.accepted.at(-1)?.raw ?? '');
    const link = await findUnsubscribeLink(db.app, token);
    expect(link).toMatchObject({
      weddingId: wedding.weddingId,
      guestId,
      suppressed: false,
      coupleNames: 'Ana & Tom',
    });

    const underWay = await seedMessage(db.admin, { ...wedding, state: 'queued' });
    await rig.expand(wedding, underWay);
    if (!link) throw new Error('no link');
    const ctx = systemContext(db.app, wedding);
    await unsubscribeAddress(ctx, link);
    await unsubscribeAddress(ctx, link);
    await rig.send(wedding, underWay);
    expect(await ledgerOf(db, underWay)).toMatchObject({ sent: 0, skipped: 1 });
    expect(await findUnsubscribeLink(db.app, token)).toMatchObject({ suppressed: true });

    await db.admin`delete from wedding.guests where id = ${guestId}`;
    await seedGuest(db.admin, { ...wedding, email: ' stop.me@EXAMPLE.com' });
    const later = await seedMessage(db.admin, { ...wedding, state: 'queued' });
    await rig.expand(wedding, later);
    const [row] = await db.admin`select reason from wedding.deliveries where message_id = ${later}`;
    expect(row?.reason).toBe('suppressed');
    expect(await findUnsubscribeLink(db.app, token)).toMatchObject({ suppressed: true });
    const audits = await db.admin`
      select from wedding.audit_log where wedding_id = ${wedding.weddingId} and action = 'communications.unsubscribe-address'`;
    expect(audits).toHaveLength(1);
  });

  it('that is committed while rows are ready is honoured by the claim itself', async () => {
    const wedding = await seedWedding(db.admin);
    await seedGuest(db.admin, { ...wedding, email: 'late@example.com' });
    const messageId = await seedMessage(db.admin, { ...wedding, state: 'queued' });
    await rig.expand(wedding, messageId);
    await db.admin`
      insert into wedding.suppressions (wedding_id, channel, address_hash, reason)
      select wedding_id, channel, address_hash, 'complained' from wedding.deliveries where message_id = ${messageId}`;
    const before = sink.arrived.length;
    await rig.send(wedding, messageId);
    expect(sink.arrived).toHaveLength(before);
    expect(await ledgerOf(db, messageId)).toMatchObject({ skipped: 1 });
  });

  it('in one wedding leaves the other weddings alone', async () => {
    const [one, two] = [await seedWedding(db.admin), await seedWedding(db.admin)];
    for (const wedding of [one, two])
      await seedGuest(db.admin, { ...wedding, email: 'both@example.com' });
    const messageId = await seedMessage(db.admin, { ...one, state: 'queued' });
    await rig.expand(one, messageId);
    await rig.send(one, messageId);
    const link = await findUnsubscribeLink(db.app, tokenIn(sink.accepted.at(-1)?.raw ?? ''));
    if (!link) throw new Error('no link');
    await unsubscribeAddress(systemContext(db.app, one), link);
    const check = await checkAudience(userContext(db.app, two), {});
    expect(check).toMatchObject({ emails: 1 });
    expect(await checkAudience(userContext(db.app, one), {})).toMatchObject({
      emails: 0,
    });
  });

  it.each(['', 'x', '../../etc/passwd', 'A'.repeat(22), '%00'.repeat(8)])(
    'by an unknown token %j finds nothing',
    async (token) => {
      expect(await findUnsubscribeLink(db.app, token)).toBeNull();
    },
  );

  it('leaves no address in plain text in the list', async () => {
    const rows = await db.admin`select s::text as line from wedding.suppressions s`;
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map((row) => row.line).join()).not.toContain('@');
  });
});
