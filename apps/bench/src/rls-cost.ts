import type { TestDatabase } from '@wedsync/db/testing/database';
import { sql } from 'drizzle-orm';
import { seedGuests } from './seed.ts';

const rounds = 61;
const guests = 10_000;

type Plan = { 'QUERY PLAN': [{ 'Execution Time': number }] };

/** What is scanned: the guests themselves as they go to the client, or only a count of them. */
const scans = {
  rows: 'id, household_id, title, first_name, last_name, email_cipher, phone_cipher, age_group, side, diets, version',
  count: 'count(*), max(sort_name), sum(version)',
} as const;

/**
 * What row-level security adds to a scan of one large wedding: the same EXPLAIN ANALYZE (with the
 * rows turned into text, as for a client) under claims as the application, and as superuser, in turn.
 * @returns per cent of extra execution time: the fastest of all rounds against the fastest, because
 * what a neighbour on the machine adds is never negative
 */
export async function measureRlsCost(
  db: TestDatabase,
  kind: keyof typeof scans,
): Promise<{ value: number; unit: string; yardstick: string }> {
  const { weddingId } = await seedGuests(db.admin, guests);
  const scan = (id: string) =>
    `explain (analyze, timing off, serialize text, format json) select ${scans[kind]}
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
