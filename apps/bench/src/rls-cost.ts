import type { TestDatabase } from '@wedsync/db/testing/database';
import { sql } from 'drizzle-orm';
import { seedGuests } from './seed.ts';

const rounds = 61;
const guests = 10_000;

type Plan = { 'QUERY PLAN': [{ 'Execution Time': number }] };

/**
 * What row-level security adds to a scan of one large wedding: the same EXPLAIN ANALYZE under
 * claims as the application, and as superuser, in turn.
 * @returns per cent of extra execution time: the fastest of all rounds against the fastest, because
 * what a neighbour on the machine adds is never negative
 */
export async function measureRlsCost(
  db: TestDatabase,
): Promise<{ value: number; unit: string; yardstick: string }> {
  const { weddingId } = await seedGuests(db.admin, guests);
  const scan = (id: string) =>
    `explain (analyze, timing off, format json) select count(*), max(sort_name), sum(version)
     from wedding.guests where wedding_id = '${id}' and removed_at is null`;
  const timeOf = ([row]: readonly Plan[]) => row?.['QUERY PLAN'][0]['Execution Time'] ?? Number.NaN;
  const secured: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const rows = await db.app.read({ actorKind: 'user', weddingId }, (tx) =>
      tx.execute<Plan>(sql.raw(scan(weddingId))),
    );
    secured.push(timeOf(rows));
    bare.push(timeOf(await db.admin.unsafe<Plan[]>(scan(weddingId))));
  }
  return {
    value: (Math.min(...secured) / Math.min(...bare) - 1) * 100,
    unit: '%',
    yardstick: `the same scan as superuser, ${Math.min(...bare).toFixed(2)} ms`,
  };
}
