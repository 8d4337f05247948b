import { testPasswords } from '@wedsync/db/testing/test-cluster';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { testMasterKey } from '@wedsync/testing/key-ring';
import { expect, it } from 'vitest';
import type { DatabaseAccess } from './database-access.ts';
import { seedDemoData } from './demo-data.ts';

const db = await createTestDatabase();

it('the demo wedding has a furnished room in which some sit well and the others wait', async () => {
  const access = {
    url: db.adminUrl,
    adminUrl: db.adminUrl,
    passwords: testPasswords,
    masterKey: testMasterKey,
  } as DatabaseAccess;
  expect(await seedDemoData(access)).toMatchObject({ created: true });
  const [plan] = await db.admin`
    select l.wedding_id, l.event_id, l.revision::int,
      (select count(*)::int from wedding.seating_tables t where t.event_id = l.event_id) as tables,
      (select count(*)::int from wedding.seating_seats s where s.event_id = l.event_id) as seats,
      (select count(*)::int from wedding.invitations i where i.event_id = l.event_id) as invited,
      (select count(*)::int from wedding.seating_assignments a where a.event_id = l.event_id) as seated,
      (select count(*)::int from wedding.seating_assignments a where a.event_id = l.event_id and is_locked) as locked
    from wedding.seating_layouts l`;
  expect(plan).toMatchObject({ tables: 21, seats: 190, invited: 183, locked: 8 });
  expect(plan?.seated).toBeGreaterThan(80);
  expect(plan?.seated).toBeLessThan(140);
  const [wishes] = await db.admin`select count(*)::int as n from wedding.seating_relationships`;
  expect(wishes).toEqual({ n: 6 });
  const split = await db.admin`
    select g.household_id from wedding.seating_assignments a
    join wedding.guests g on g.wedding_id = a.wedding_id and g.id = a.guest_id
    join wedding.seating_seats s on s.wedding_id = a.wedding_id and s.id = a.seat_id
    group by g.household_id having count(distinct s.table_id) > 1`;
  expect(split).toEqual([]);
  const broken = await db.admin`
    select kind from wedding.validate_seating_constraints_batch(${plan?.event_id}, null, ${plan?.wedding_id})
    where severity = 'rule'`;
  // One thing is wrong, so that the warnings have something to show.
  expect(broken).toEqual([{ kind: 'never-together' }]);
  expect(await seedDemoData(access)).toMatchObject({ created: false });
}, 60_000);
