import type { MessageId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ledgerOf, type Place } from './testing/rig.ts';
import { createSmsRig, grantSms, noon, ourNumber, textsTo } from './testing/sms-rig.ts';

const db = await createTestDatabase();
const rig = await createSmsRig(db);
afterAll(() => rig.close());
beforeEach(() => {
  rig.setClock(noon);
  rig.simulator.rules = {};
});

let numbers = 0;
const portuguese = () => `+3519120${String(++numbers).padStart(5, '0')}`;

/** A wedding whose guests have these numbers and agree to be texted. */
async function seedNumbers(phones: readonly (string | null)[], orgId?: string): Promise<Place> {
  const place = await seedWedding(db.admin, orgId ? { orgId } : {});
  for (const phone of phones) await seedGuest(db.admin, { weddingId: place.weddingId, phone });
  await grantSms(db.admin, place.weddingId);
  return place;
}

async function sendTexts(place: Place, body = 'See you on Saturday!'): Promise<MessageId> {
  const messageId = await seedMessage(db.admin, {
    weddingId: place.weddingId,
    channel: 'sms',
    state: 'queued',
    body,
  });
  await rig.expand(place, messageId);
  await rig.send(place, messageId);
  return messageId;
}

const dueIn = async (messageId: string) => {
  const [row] = await db.admin<{ minutes: number }[]>`
    select round(extract(epoch from min(next_attempt_at) - now()) / 60)::int as minutes
    from wedding.deliveries where message_id = ${messageId} and state = 'ready'`;
  return row?.minutes;
};

describe('a message by text', () => {
  it('reaches who agreed, says how to stop on the first one, and is noted by the ledger', async () => {
    const [phone, silent] = [portuguese(), portuguese()];
    const place = await seedNumbers([phone]);
    await seedGuest(db.admin, { weddingId: place.weddingId, phone: silent });
    await seedGuest(db.admin, { weddingId: place.weddingId });
    const messageId = await sendTexts(place, 'Hi {{ first_name }}: {{ rsvp_link }}');
    expect(await ledgerOf(db, messageId)).toMatchObject({ audience: 3, sent: 1, skipped: 2 });
    expect(textsTo(rig.simulator, silent)).toEqual([]);
    expect(textsTo(rig.simulator, phone)).toEqual([
      expect.stringMatching(/^Hi Ana: https:\/\/example\.com\/r\/\S{22}\nReply STOP to end/),
    ]);
    await sendTexts(place, 'Second');
    expect(textsTo(rig.simulator, phone)[1]).toBe('Second');
    const [row] = await db.admin`
      select provider_ref from wedding.deliveries where message_id = ${messageId} and state = 'sent'`;
    expect(row?.provider_ref).toMatch(/./);
  });

  it('leaves from the number of the planner company that has one', async () => {
    const phone = portuguese();
    const place = await seedNumbers([phone]);
    await db.admin`
      insert into wedding.sms_numbers (org_id, number) values (${place.orgId}, '+12025550177')`;
    await sendTexts(place);
    const [text] = rig.simulator.store.list({ search: phone }).items;
    expect(text?.from).toBe('+12025550177');
  });

  it('waits for the morning of its reader, and is too late once it makes no sense', async () => {
    // 22:30 in Lisbon, 17:30 in Jamaica.
    rig.setClock(new Date('2026-06-10T21:30:00Z'));
    const [here, there] = [portuguese(), '+18762345678'];
    const place = await seedNumbers([here, there]);
    const messageId = await sendTexts(place);
    expect(textsTo(rig.simulator, there)).toHaveLength(1);
    expect(textsTo(rig.simulator, here)).toEqual([]);
    // Portugal also has the Azores, where it is 8:00 an hour later: 9:00 in Lisbon is 8:00 UTC.
    expect(await dueIn(messageId)).toBe(10.5 * 60);
    await db.admin`
      update wedding.messages set not_after = now() - interval '1 second' where id = ${messageId}`;
    await rig.send(place, messageId);
    const [row] = await db.admin`
      select reason from wedding.deliveries where message_id = ${messageId} and state = 'skipped'`;
    expect(row?.reason).toBe('too_late');
  });

  it('is refused for good, tried again or left, as the provider says', async () => {
    const [good, bad, busy] = [portuguese(), portuguese(), portuguese()];
    rig.simulator.rules = {
      submit: ({ to }) => {
        if (to === bad) return { status: 422, code: 'unknown_number' };
        if (to === busy) return { status: 409, code: 'in_progress' };
        return 'accept';
      },
    };
    const place = await seedNumbers([good, bad, busy]);
    const messageId = await sendTexts(place);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 1, failed: 1, ready: 1 });
    const [row] = await db.admin`
      select code from wedding.deliveries where message_id = ${messageId} and state = 'failed'`;
    expect(row?.code).toBe('unknown_number');
  });

  it('whose answer was lost is handed in again, and the provider sends it once', async () => {
    const phones = Array.from({ length: 10 }, portuguese);
    const lost = new Set<string>();
    rig.simulator.rules = {
      dropAnswer({ to }) {
        if (lost.size >= 2 || lost.has(to)) return false;
        return Boolean(lost.add(to));
      },
    };
    const place = await seedNumbers(phones);
    const messageId = await sendTexts(place);
    await db.admin`
      update wedding.deliveries set next_attempt_at = now() where message_id = ${messageId}`;
    await rig.send(place, messageId);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 10, in_doubt: 0 });
    for (const phone of phones) expect(textsTo(rig.simulator, phone)).toHaveLength(1);
    expect(lost.size).toBe(2);
  });
});

describe('a provider that knows no keys', () => {
  it('is not asked again after a lost answer: the text is in doubt until a report settles it', async () => {
    const careful = await createSmsRig(db, { isIdempotent: false });
    const phone = portuguese();
    careful.simulator.rules = { dropAnswer: () => true };
    const place = await seedNumbers([phone]);
    const messageId = await seedMessage(db.admin, {
      ...{ weddingId: place.weddingId, channel: 'sms', state: 'queued', body: 'Hello' },
    });
    await careful.expand(place, messageId);
    await careful.send(place, messageId);
    await careful.sweep();
    await careful.send(place, messageId);
    expect(textsTo(careful.simulator, phone)).toHaveLength(1);
    expect(await ledgerOf(db, messageId)).toMatchObject({ in_doubt: 1 });
    const [request] = careful.simulator.requests;
    await careful.report({ kind: 'status', reference: request?.reference, status: 'delivered' });
    expect(await ledgerOf(db, messageId)).toMatchObject({ in_doubt: 0, delivered: 1 });
    expect(careful.simulator.requests).toHaveLength(1);
    await careful.close();
  });
});

describe('STOP', () => {
  it('holds for every guest with the number in every wedding that texts from ours, at once', async () => {
    const phone = portuguese();
    const first = await seedNumbers([phone, phone]);
    const second = await seedNumbers([phone], first.orgId);
    const third = await seedNumbers([phone], first.orgId);
    await sendTexts(first);
    await sendTexts(second);
    const before = textsTo(rig.simulator, phone).length;

    await rig.write('please stop texting me', phone);

    for (const place of [first, second, third]) {
      const messageId = await sendTexts(place);
      expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 0, ready: 0 });
    }
    expect(textsTo(rig.simulator, phone)).toHaveLength(before);
    const withdrawn = await db.admin`
      select wedding_id from wedding.consent_states
      where wedding_id in (${first.weddingId}, ${second.weddingId}) and channel = 'sms'
        and purpose = 'relationship' and status = 'withdrawn' and how = 'sms'`;
    expect(withdrawn).toHaveLength(3);
  });

  it('is confirmed once, however often it is written or reported', async () => {
    const phone = portuguese();
    const place = await seedNumbers([phone]);
    await sendTexts(place);
    await rig.write('STOP', phone);
    await rig.write('Stop!!', phone);
    await rig.answer();
    await rig.answer();
    const texts = textsTo(rig.simulator, phone);
    expect(texts.slice(1)).toEqual([
      expect.stringMatching(/^You will get no more texts about .*Reply START/),
    ]);
  });

  it('is heard while a batch is under way', async () => {
    const phones = Array.from({ length: 80 }, portuguese);
    const place = await seedNumbers(phones);
    const messageId = await seedMessage(db.admin, {
      weddingId: place.weddingId,
      channel: 'sms',
      state: 'queued',
      body: 'Hello',
    });
    await rig.expand(place, messageId);
    // One at a time and slowly: the last one waits for some seconds in the claimed batch.
    await db.admin`insert into ops.send_rates (scope, per_second) values ('provider:sms', 30)`;
    const sending = rig.send(place, messageId);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const waiting = await db.admin<{ left: number }[]>`
      select count(*)::int as left from wedding.deliveries
      where message_id = ${messageId} and state in ('ready', 'claimed')`;
    expect(waiting[0]?.left).toBeGreaterThan(20);
    const untexted = phones.filter((phone) => textsTo(rig.simulator, phone).length === 0);
    for (const phone of untexted.slice(-5)) await rig.write('STOP', phone);
    const wroteAt = Date.now();
    await sending;
    await db.admin`delete from ops.send_rates where scope = 'provider:sms'`;
    const stopped = new Set(untexted.slice(-5));
    const late = rig.simulator.store
      .list({ limit: 200 })
      .items.filter(({ to, at }) => stopped.has(to) && Date.parse(at) > wroteAt + 1_000);
    expect(late).toEqual([]);
    const ledger = await ledgerOf(db, messageId);
    expect((ledger.sent ?? 0) + (ledger.skipped ?? 0)).toBe(80);
    expect(ledger.skipped).toBeGreaterThanOrEqual(4);
  }, 30_000);

  it('ends with START, which lifts nothing that somebody else has put there', async () => {
    const [phone, blocked] = [portuguese(), portuguese()];
    const place = await seedNumbers([phone]);
    const { weddingId } = place;
    const { guestId } = await seedGuest(db.admin, { weddingId, phone: blocked });
    await grantSms(db.admin, weddingId);
    await sendTexts(place);
    await db.admin`
      insert into wedding.suppressions (wedding_id, channel, address_hash, reason)
      select wedding_id, 'sms', phone_hash, 'manual' from wedding.guests where id = ${guestId}`;
    await rig.write('STOP', phone);
    await rig.write('START', phone);
    await rig.write('START', blocked);
    const [counts] = await db.admin`
      select count(*) filter (where reason = 'unsubscribed')::int as own,
        count(*) filter (where reason = 'manual')::int as manual
      from wedding.suppressions where wedding_id = ${weddingId} and channel = 'sms'`;
    expect(counts).toMatchObject({ own: 0, manual: 1 });
    await rig.answer();
    expect(textsTo(rig.simulator, phone).at(-1)).toMatch(/^You will get texts about .* again/);
  });
});

describe('other texts', () => {
  it('HELP is answered with the couple and a contact, once in ten minutes', async () => {
    const phone = portuguese();
    const place = await seedNumbers([phone]);
    await db.admin`
      update wedding.organizations set reply_to_email = 'hello@fairlight.example'
      where id = ${place.orgId}`;
    await sendTexts(place);
    await rig.write('Help', phone);
    await rig.write('HELP', phone);
    await rig.answer();
    const answers = textsTo(rig.simulator, phone).slice(1);
    expect(answers).toEqual([expect.stringContaining('Questions: hello@fairlight.example')]);
  });

  it('from a stranger are dropped, and his STOP is kept', async () => {
    const stranger = portuguese();
    await rig.write('STOP', stranger);
    const place = await seedNumbers([stranger]);
    await db.admin`
      update wedding.consents set at = at - interval '1 day' where wedding_id = ${place.weddingId}`;
    const messageId = await sendTexts(place);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 0, skipped: 1 });
    expect(textsTo(rig.simulator, stranger)).toEqual([]);
  });

  it('are stored sealed: neither number nor words stand in the database', async () => {
    const phone = portuguese();
    const place = await seedNumbers([phone]);
    await sendTexts(place);
    await rig.write('Canary sings, can I bring my dog?', phone);
    const rows = await db.admin`
      select t::text as row from wedding.inbound_texts t where wedding_id = ${place.weddingId}
      union all select t::text from wedding.sms_threads t where wedding_id = ${place.weddingId}
      union all select t::text from ops.sms_opt_outs t
      union all select t::text from ops.outbox t
      union all select t::text from wedding.audit_log t where wedding_id = ${place.weddingId}`;
    const text = JSON.stringify(rows);
    expect(rows.length).toBeGreaterThan(2);
    for (const secret of ['Canary', phone, phone.slice(4), ourNumber]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});
