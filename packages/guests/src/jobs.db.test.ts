import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import type { JobContext } from '@wedsync/queue/handler';
import { type ServiceContext, systemClock } from '@wedsync/service/context';
import { systemContext, userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { expect, it } from 'vitest';
import {
  applyImport,
  getGuest,
  getGuestHistory,
  previewImport,
  removeGuests,
  restoreGuests,
  undoImport,
} from './index.ts';
import { guestsJobs } from './jobs.ts';

const db = await createTestDatabase();

const context = (): JobContext<ServiceContext> => ({
  id: newUuid(),
  attempt: 1,
  lastAttempt: false,
  service: () => systemContext(db.worker),
  db: db.worker,
  serviceDb: db.service,
  log: systemContext(db.worker).log,
  clock: systemClock,
  signal: new AbortController().signal,
  complete: async () => undefined,
});
const runRetention = () => guestsJobs[0].run(context(), { v: 1 });

const open = async () => {
  const place = await seedWedding(db.admin);
  return { ...place, ctx: userContext(db.app, { ...place, userId: place.ownerId }) };
};
/** Lets a removal have happened that long ago. */
const age = async (removalId: string, days: number) => {
  for (const table of ['guests', 'households']) {
    await db.admin`
      update wedding.${db.admin(table)} set removed_at = now() - make_interval(days => ${days})
      where removal_id = ${removalId}`;
  }
};
/** Everything in which somebody's name or address could be left, as text. */
async function traces(weddingId: string): Promise<string> {
  const texts: string[] = [];
  const tables = await db.admin<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'wedding' and column_name = 'wedding_id'`;
  for (const { name } of tables) {
    const [row] = await db.admin`
      select string_agg(t::text, ' ') as text from wedding.${db.admin(name)} t
      where t.wedding_id = ${weddingId}`;
    texts.push(row?.text ?? '');
  }
  return texts.join('\n');
}

it('a removed guest is erased after thirty days, wherever a trace was left', async () => {
  const { ctx, weddingId, eventIds } = await open();
  const gone = { weddingId, firstName: 'Vanessa', lastName: 'Vanish', eventIds };
  const { guestId, householdId } = await seedGuest(db.admin, { ...gone, email: 'van@ish.example' });
  await db.admin`update wedding.households set name = 'Vanish family' where id = ${householdId}`;
  const messageId = await seedMessage(db.admin, { weddingId });
  await db.admin`
    insert into wedding.deliveries
      (wedding_id, message_id, id, guest_id, household_id, channel, address_cipher, address_hash, state, sent_at)
    values (${weddingId}, ${messageId}, ${newUuid()}, ${guestId}, ${householdId}, 'email',
      convert_to('van@ish.example', 'UTF8'), sha256('x'), 'sent', now())`;
  const { removalId } = await removeGuests(ctx, { guestIds: [guestId] });
  await age(removalId, 29);
  await runRetention();
  expect(await traces(weddingId)).toContain('Vanessa');

  await age(removalId, 31);
  await runRetention();
  const left = await traces(weddingId);
  expect(['Vanessa', 'Vanish', 'van@ish'].filter((trace) => left.includes(trace))).toEqual([]);
  const ledger = await db.admin`
    select state, guest_id from wedding.deliveries where message_id = ${messageId}`;
  expect(ledger).toEqual([{ state: 'sent', guest_id: null }]);
  const audit = await db.admin`
    select action, before from wedding.audit_log where entity_id = ${guestId}`;
  expect(audit).toEqual([{ action: 'guests.remove', before: null }]);
  await expect(restoreGuests(ctx, { removalId })).rejects.toMatchObject({ kind: 'not-found' });
});

it('a household stays while somebody lives there, and a host while a companion does', async () => {
  const { ctx, weddingId } = await open();
  const { guestId, householdId } = await seedGuest(db.admin, { weddingId, firstName: 'Old' });
  const home = { weddingId, householdId };
  const host = await seedGuest(db.admin, { ...home, firstName: 'Host' });
  const { removalId } = await removeGuests(ctx, { guestIds: [guestId, host.guestId] });
  const plus = await seedGuest(db.admin, { ...home, firstName: 'Plus', plusOneOf: host.guestId });
  await age(removalId, 400);
  // As if the household had been hidden with its first guests.
  await db.admin`
    update wedding.households set removed_at = now() - interval '400 days', removal_id = ${removalId}
    where id = ${householdId}`;
  await runRetention();
  const guests = await db.admin`
    select id from wedding.guests where household_id = ${householdId} order by id`;
  expect(guests.map(({ id }) => id)).toEqual([host.guestId, plus.guestId].toSorted());
});

it('what an import replaced goes after thirty days, and with it the way back', async () => {
  const { ctx, weddingId } = await open();
  const file = (email: string) => ({
    fileName: 'guests.csv',
    content: Buffer.from(`First name,Last name,E-mail\nAna,Almeida,${email}\n`).toString('base64'),
  });
  const importOne = async (email: string) => {
    const { digest } = await previewImport(ctx, file(email));
    return applyImport(ctx, { ...file(email), digest });
  };
  await importOne('first@example.com');
  const { importId } = await importOne('second@example.com');
  if (!importId) throw new Error('the second file changed nothing');
  await db.admin`
    update wedding.guest_imports set applied_at = now() - interval '31 days'
    where wedding_id = ${weddingId}`;
  await runRetention();
  const changes = await db.admin`
    select before, after from wedding.guest_import_changes where wedding_id = ${weddingId}`;
  expect(changes.length).toBeGreaterThan(2);
  expect(JSON.stringify(changes)).not.toMatch(/first@|second@|Almeida/);
  const [guest] = await db.admin`select id from wedding.guests where wedding_id = ${weddingId}`;
  const history = await getGuestHistory(ctx, { guestId: guest?.id });
  expect(history.items.map(({ action }) => action)).toContain('guests.apply-import');
  await expect(undoImport(ctx, { importId })).rejects.toMatchObject({
    kind: 'precondition',
    code: 'guests.import-expired',
  });
  expect(await getGuest(ctx, { guestId: guest?.id })).toMatchObject({
    email: 'second@example.com',
  });
});
