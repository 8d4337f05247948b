import type { Tx } from '@wedsync/db/client';
import { asSql } from '@wedsync/db/testing/as-sql';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import type { ServiceContext } from '@wedsync/service/context';
import { userContext } from '@wedsync/testing/contexts';
import { seedGuests, seedTag } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { type SQLWrapper, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { getGuest } from './get-guest.ts';
import { listGuests } from './list-guests.ts';
import { summarizeGuests } from './summarize-guests.ts';

const db = await createTestDatabase();
const place = await seedWedding(db.admin);
const ctx = userContext(db.app, place);
const guestCount = 183;
const guestIds = await seedGuests(db.admin, { ...place, count: guestCount });

beforeAll(async () => {
  await seedTag(db.admin, { weddingId: place.weddingId, name: 'Choir' });
  // Other tenants, so that reading more than one's own would be noticed.
  for (let index = 0; index < 6; index++) {
    const other = await seedWedding(db.admin);
    await seedGuests(db.admin, { ...other, count: 2_000 });
    await seedTag(db.admin, { weddingId: other.weddingId, name: 'Choir' });
  }
  await db.admin`
    insert into wedding.guest_tags (wedding_id, guest_id, tag_id)
    select g.wedding_id, g.id, t.id from wedding.guests g join wedding.tags t using (wedding_id)`;
  await db.admin`analyze wedding.guests, wedding.households, wedding.invitations, wedding.guest_tags`;
});

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Recheck Cond'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}
type Explained = {
  'QUERY PLAN': { Plan: PlanNode; 'Execution Time': number; 'Planning Time': number }[];
};
const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/**
 * Explains each statement of a query before it runs: as the application's login, under the claims.
 * Statements are those of the query itself, so that a test cannot drift away from them.
 */
async function explain(query: (who: ServiceContext) => Promise<unknown>) {
  const explained: Explained['QUERY PLAN'] = [];
  const explainIn = async (tx: Tx, statement: SQLWrapper) => {
    const [row] = await tx.execute<Explained>(
      sql`explain (analyze, buffers, format json) ${statement}`,
    );
    explained.push(...(row?.['QUERY PLAN'] ?? []));
  };
  await query({
    ...ctx,
    db: {
      ...ctx.db,
      readOne: async (claims, statement) => {
        await ctx.db.read(claims, (tx) => explainIn(tx, asSql(statement)));
        return ctx.db.readOne(claims, statement);
      },
      read: (claims, fn) =>
        ctx.db.read(claims, (tx) => {
          const execute = async (statement: SQLWrapper) => {
            await explainIn(tx, statement);
            return tx.execute(statement);
          };
          return fn(
            new Proxy(tx, {
              get: (target, key) => (key === 'execute' ? execute : Reflect.get(target, key)),
            }),
          );
        }),
    },
  });
  return explained;
}

describe('the plans of hot reads, as the application under row-level security', () => {
  it.each([
    ['the list', (who: ServiceContext) => listGuests(who, { limit: 500 })],
    [
      'a filtered list',
      (who: ServiceContext) =>
        listGuests(who, {
          limit: 500,
          eventId: place.eventIds[0],
          answer: 'outstanding',
          diet: 'any',
        }),
    ],
    ['one guest', (who: ServiceContext) => getGuest(who, { guestId: guestIds[0] ?? '' } as never)],
    ['the summary', (who: ServiceContext) => summarizeGuests(who)],
  ])('reach %s through indexes that start with the wedding', async (title, query) => {
    const explained = await explain(query);
    expect(explained.length).toBeGreaterThan(0);
    for (const { Plan, 'Execution Time': runMs, 'Planning Time': planMs } of explained) {
      process.stdout.write(`${title}: planned in ${planMs} ms, ran in ${runMs} ms\n`);
      for (const node of nodesOf(Plan)) {
        const relation = node['Relation Name'];
        if (relation === undefined) continue;
        const condition = node['Index Cond'] ?? node['Recheck Cond'] ?? '';
        // Events are few; the planner may read them whole.
        if (relation !== 'events') expect(`${relation}: ${condition}`).toContain('wedding_id = ');
        expect(node['Actual Rows']).toBeLessThanOrEqual(guestCount * 2);
        expect(node['Rows Removed by Filter'] ?? 0).toBeLessThanOrEqual(guestCount * 2);
      }
    }
  });

  it('read one guest in one statement', async () => {
    expect(
      await explain((who) => getGuest(who, { guestId: guestIds[0] ?? '' } as never)),
    ).toHaveLength(1);
  });
});

it('the search reads its wedding’s part of the trigram index', async () => {
  const big = await seedWedding(db.admin);
  await seedGuests(db.admin, { weddingId: big.weddingId, count: 5_000 });
  await db.admin`vacuum (analyze) wedding.guests`;
  // What a function does inside is in no plan; PostgreSQL counts its scans per transaction.
  const [scans] = await db.app.read(userContext(db.app, big).claims, async (tx) => {
    await tx.execute(sql`select from wedding.search_guests('papadopulos', 20, null)`);
    return tx.execute<{ indexed: number; sequential: number }>(sql`
      select
        pg_stat_get_xact_numscans('wedding.guests_wedding_id_search_document_ix'::regclass)::int as indexed,
        pg_stat_get_xact_numscans('wedding.guests'::regclass)::int as sequential`);
  });
  expect(scans?.indexed).toBeGreaterThan(0);
  expect(scans?.sequential).toBe(0);
});
