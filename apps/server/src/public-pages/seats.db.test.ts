import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedAssignment, seedLayout, seedTable } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, expect, it } from 'vitest';
import { linkTokenOf, startTestSite } from './test-site.ts';

const db = await createTestDatabase();
const site = await startTestSite(db);
afterAll(() => site.close());

it('the page of a household shows its seats on the day, by name, and nobody else’s', async () => {
  const { weddingId, eventIds } = await seedWedding(db.admin);
  const [eventId = ''] = eventIds;
  await seedLayout(db.admin, { weddingId, eventId });
  const table = await seedTable(db.admin, { weddingId, eventId, label: 'Lis<bon' });
  const mine = await seedGuest(db.admin, { weddingId, firstName: 'Ida', eventIds: [eventId] });
  const other = await seedGuest(db.admin, { weddingId, firstName: 'Olaf', eventIds: [eventId] });
  for (const [index, { guestId }] of [mine, other].entries()) {
    const seatId = table.seatIds[index] ?? '';
    await seedAssignment(db.admin, { weddingId, eventId, guestId, seatId });
  }
  const token = await linkTokenOf(db, { weddingId, householdId: mine.householdId });
  const pageOn = async (days: number) => {
    await db.admin`
      update wedding.events e set starts_on = (now() at time zone w.time_zone)::date + ${days}::int
      from wedding.weddings w where w.id = e.wedding_id and e.wedding_id = ${weddingId}`;
    return (await fetch(`${site.url}/r/${token}`)).text();
  };
  expect(await pageOn(1)).not.toContain('Your seats');
  const text = await pageOn(0);
  expect(text).toContain('Your seats');
  expect(text).toContain('Ida Almeida: Table <strong>Lis&lt;bon</strong>');
  expect(text).not.toContain('seat <strong>');
  expect(text).not.toContain('Olaf');
});
