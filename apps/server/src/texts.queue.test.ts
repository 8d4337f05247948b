import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { describeOnBothBackends } from '@wedsync/queue/testing/both-backends';
import { until } from '@wedsync/queue/testing/rig';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { sealGuests } from '@wedsync/testing/factories/sealed-guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { createAccount, openAuthDatabase } from '@wedsync/weddings/accounts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { plannerPassword } from './testing/mailing.ts';

const guests = 120;
const db = await createTestDatabase();

/** Numbers of a country where it is day now: Jamaica, Japan or France. */
function daylightPhones(count: number, series: number): string[] {
  const hour = new Date().getUTCHours();
  const serial = (n: number) => String(series * 1_000 + n).padStart(4, '0');
  const prefix = hour >= 14 || hour < 1 ? '+1876234' : hour < 11 ? '+81901234' : '+3361234';
  return Array.from({ length: count }, (_, n) => prefix + serial(n));
}

/** A draft by text to guests who all agreed, in a wedding of `email`'s company. */
async function seedTexts(email: string, phones: readonly string[]) {
  const accounts = openAuthDatabase({ url: db.url('auth'), max: 1 });
  const userId = await createAccount(accounts, { email, name: 'Ines', password: plannerPassword });
  await accounts.end();
  const { orgId, weddingId } = await seedWedding(db.admin);
  await db.admin`
    insert into wedding.org_members (org_id, user_id, role) values (${orgId}, ${userId}, 'owner')`;
  const people = phones.map((phone) => ({ id: newUuid(), home: newUuid(), phone, email: null }));
  await db.admin`
    insert into wedding.households (wedding_id, id, name)
    select ${weddingId}, p.home, 'Household' from jsonb_to_recordset(${db.admin.json(people)}) as p (home uuid)`;
  await db.admin`
    insert into wedding.guests (wedding_id, id, household_id, first_name)
    select ${weddingId}, p.id, p.home, 'Ana' from jsonb_to_recordset(${db.admin.json(people)}) as p (id uuid, home uuid)`;
  await sealGuests(db.admin, { weddingId }, people);
  await db.admin`
    insert into wedding.consents
      (wedding_id, id, guest_id, channel, purpose, status, how, recorded_by_kind, at)
    select wedding_id, gen_random_uuid(), id, 'sms', 'relationship', 'granted', 'form', 'guest_link',
      now() - interval '1 day'
    from wedding.guests where wedding_id = ${weddingId}`;
  const body = 'See you on Saturday, {{ first_name }}!';
  return { weddingId, id: await seedMessage(db.admin, { weddingId, channel: 'sms', body }) };
}

describeOnBothBackends('a mailing by text', db, (backend) => {
  let stack: Stack;
  let series = 0;
  beforeAll(async () => {
    await db.admin`
      insert into ops.send_rates (scope, per_second) values ('provider:sms', 60)
      on conflict do nothing`;
    stack = await startStack(db, { REDIS_URL: backend.place().redisUrl });
    series = backend.name === 'redis' ? 1 : 2;
  });
  afterAll(() => stack?.stop());

  const texts = () =>
    stack.sms.store.list({ limit: 200 }).items.filter(({ direction }) => direction === 'to_guest');
  const ledger = async (messageId: string) => {
    const rows = await db.admin<{ state: string; n: number }[]>`
      select state, count(*)::int as n from wedding.deliveries where message_id = ${messageId}
      group by state order by state`;
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  };

  it('reaches everybody once although the worker is killed, and every delivery is confirmed', async () => {
    const phones = daylightPhones(guests, series);
    const email = `texts-${backend.name}@planner.example`;
    const { weddingId, id } = await seedTexts(email, phones);
    const planner = new Browser(stack.webUrl);
    await planner.signIn(email, plannerPassword);
    const sent = await planner.mutate('communications.sendMessage', { weddingId, id, version: 1 });
    expect(sent.status).toBe(200);

    await until('forty texts', () => texts().length >= 40, 60_000);
    await stack.killWorker();
    expect(texts().length).toBeLessThan(guests);
    await backend.wipe();
    await stack.startWorker();
    await until('all to be delivered', async () => (await ledger(id)).delivered === guests, 90_000);

    expect(await ledger(id)).toEqual({ delivered: guests });
    const times = new Map<string, number>();
    for (const { to } of texts()) times.set(to, (times.get(to) ?? 0) + 1);
    expect([...times.keys()].sort()).toEqual([...phones].sort());
    expect([...times.values()].filter((count) => count !== 1)).toEqual([]);

    // A guest answers: the wish holds at once, and is confirmed.
    const [phone = ''] = phones;
    await stack.sms.receive({ from: phone, to: '+12025550100', text: 'No more texts please' });
    const isStopped = async () => {
      const rows = await db.admin`
        select from wedding.suppressions where wedding_id = ${weddingId} and channel = 'sms'`;
      return rows.length === 1;
    };
    await until('the wish to be heeded', isStopped, 5_000);
    await until(
      'the answer',
      () => texts().some(({ to, text }) => to === phone && text.includes('no more texts')),
      20_000,
    );
    await stack.sms.receive({ from: phone, to: '+12025550100', text: 'Where do we park?' });
    const inbox = async () => {
      const answer = await planner.query('communications.listInboundTexts', { weddingId });
      return JSON.stringify(answer);
    };
    await until('the question', async () => (await inbox()).includes('Where do we park?'), 10_000);
    expect(stack.logged()).not.toContain(phone);
  }, 240_000);
});
