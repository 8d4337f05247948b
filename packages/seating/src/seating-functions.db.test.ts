import { type GuestId, newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import type { JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { systemContext, userContext } from '@wedsync/testing/contexts';
import { seedPlan } from '@wedsync/testing/factories/seating';
import { seedUser, seedWedding, seedWeddingMember } from '@wedsync/testing/factories/weddings';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import {
  assignSeats,
  createRelationship,
  getSummary,
  listMobileTables,
  searchGuests,
  updateTable,
} from './index.ts';
import { seatingJobs } from './jobs.ts';

// The functions and views of the database by their names, as the application's roles see them.
const db = await createTestDatabase();
const must = <T>(value: T | undefined | null): T => {
  if (value === undefined || value === null) throw new Error('the test expected a value');
  return value;
};

async function dinner(fields: { tables?: number; guests?: number; seatCount?: number } = {}) {
  const seeded = await seedWedding(db.admin);
  const { orgId, weddingId, ownerId } = seeded;
  const eventId = must(seeded.eventIds[1]);
  const plan = await seedPlan(db.admin, { weddingId, eventId, ...fields });
  const ctx = userContext(db.app, { userId: ownerId, orgId, weddingId });
  const ask = async <R extends Record<string, unknown>>(statement: ReturnType<typeof sql>) => [
    ...(await ctx.db.read(ctx.claims, (tx) => tx.execute<R>(statement))),
  ];
  return { ...seeded, ...plan, eventId, ctx, ask };
}
const guest = (id: GuestId | undefined) => ({ kind: 'guest' as const, id: must(id) });

it('get_available_tables_optimized answers unlocked tables with room, the tightest fit first', async () => {
  const { ctx, ask, eventId, guestIds, tables } = await dinner({ seatCount: 4, tables: 3 });
  const [one, two, three] = tables.map(({ id }) => id);
  await assignSeats(ctx, {
    eventId,
    placements: guestIds.slice(0, 2).map((guestId) => ({ guestId, tableId: must(two) })),
  });
  await updateTable(ctx, { tableId: must(three), version: 1, set: { isLocked: true } });
  await updateTable(ctx, { tableId: must(one), version: 1, set: { features: ['quiet'] } });
  const found = (seats: number, features = '{}') =>
    ask<{ label: string; free_count: number }>(sql`
      select label, free_count from wedding.get_available_tables_optimized(${eventId}, ${seats}, ${features}::text[])`);
  expect(await found(1)).toEqual([
    { label: '2', free_count: 2 },
    { label: '1', free_count: 4 },
  ]);
  expect(await found(3)).toEqual([{ label: '1', free_count: 4 }]);
  expect(await found(1, '{quiet}')).toEqual([{ label: '1', free_count: 4 }]);
});

describe('validate_seating_constraints_batch', () => {
  const broken = (
    ask: Awaited<ReturnType<typeof dinner>>['ask'],
    eventId: string,
    placements?: object[],
  ) =>
    ask<{ kind: string; severity: string }>(sql`
      select kind, severity from wedding.validate_seating_constraints_batch(${eventId},
        ${placements ? JSON.stringify(placements) : null}::jsonb) order by kind`);

  it('names broken rules and unmet wishes of the plan as it is, and as it would be', async () => {
    const { ctx, ask, eventId, guestIds, tables, weddingId } = await dinner();
    const [a, b, c, d] = guestIds;
    const [one, two] = tables.map(({ id }) => id);
    const seat = (guestId: GuestId | undefined, tableId: typeof one, seatNumber?: number) => ({
      guestId: must(guestId),
      tableId: must(tableId),
      ...(seatNumber ? { seatNumber } : {}),
    });
    await assignSeats(ctx, {
      eventId,
      placements: [seat(a, one, 1), seat(b, one, 8), seat(c, one, 4), seat(d, two)],
    });
    await createRelationship(ctx, { kind: 'never', one: guest(a), other: guest(c) });
    await createRelationship(ctx, { kind: 'must', one: guest(a), other: guest(d) });
    await createRelationship(ctx, { kind: 'next-to', one: guest(a), other: guest(b) });
    await createRelationship(ctx, { kind: 'avoid', one: guest(b), other: guest(c) });
    await db.admin`update wedding.guests set accessibility = '{wheelchair}' where wedding_id = ${weddingId} and id = ${must(d)}`;
    expect(await broken(ask, eventId)).toEqual([
      { kind: 'avoid-together', severity: 'wish' },
      { kind: 'must-apart', severity: 'rule' },
      { kind: 'needs-step-free', severity: 'rule' },
      { kind: 'never-together', severity: 'rule' },
    ]);
    const proposal = [
      { guestId: c, tableId: two },
      { guestId: d, tableId: one },
    ];
    expect(await broken(ask, eventId, proposal)).toEqual([
      { kind: 'needs-step-free', severity: 'rule' },
    ]);
    const stranger = await dinner();
    expect(await broken(stranger.ask, eventId)).toEqual([]);
  });

  it('expands tags and households to their people', async () => {
    const { ctx, ask, eventId, guestIds, tables, weddingId } = await dinner();
    const [row] =
      await db.admin`select household_id from wedding.guests where wedding_id = ${weddingId} and id = ${must(guestIds[0])}`;
    const family = { kind: 'household' as const, id: must(row).household_id };
    await createRelationship(ctx, { kind: 'must', one: family, other: family });
    await assignSeats(ctx, {
      eventId,
      placements: [
        { guestId: must(guestIds[0]), tableId: must(tables[0]).id },
        { guestId: must(guestIds[1]), tableId: must(tables[1]).id },
      ],
    });
    expect(await broken(ask, eventId)).toEqual([{ kind: 'must-apart', severity: 'rule' }]);
  });
});

it('calculate_layout_optimization_score rises with seats given and falls with broken rules', async () => {
  const { ctx, ask, eventId, guestIds, tables } = await dinner({ guests: 4 });
  const score = async () => {
    const [row] = await ask<{ score: string | null }>(sql`
      select wedding.calculate_layout_optimization_score(${eventId}) as score`);
    return Number(row?.score);
  };
  expect(await score()).toBe(0);
  const tableId = must(tables[0]).id;
  await assignSeats(ctx, {
    eventId,
    placements: guestIds.slice(0, 2).map((guestId) => ({ guestId, tableId })),
  });
  expect(await score()).toBe(50);
  await assignSeats(ctx, {
    eventId,
    placements: guestIds.map((guestId) => ({ guestId, tableId })),
  });
  expect(await score()).toBe(100);
  await createRelationship(ctx, {
    kind: 'never',
    one: guest(guestIds[0]),
    other: guest(guestIds[1]),
  });
  expect(await score()).toBe(90);
});

it('get_mobile_layout_summary tells 50 tables in less than 20 kB, get_mobile_table_assignments who sits there', async () => {
  const { ctx, eventId, guestIds, tables, weddingId } = await dinner({ tables: 50, guests: 30 });
  const tableId = must(tables[9]).id;
  await db.admin`update wedding.guests set first_name = 'Ann', last_name = 'Lee', diets = '[{"code":"vegan","severity":"preference"}]'
    where wedding_id = ${weddingId} and id = ${must(guestIds[0])}`;
  await assignSeats(ctx, {
    eventId,
    placements: guestIds.slice(0, 3).map((guestId) => ({ guestId, tableId })),
  });
  const summary = await getSummary(ctx, { eventId });
  expect(summary).toMatchObject({ revision: 1, seatCount: 400, seatedCount: 3, unseatedCount: 27 });
  expect(summary.tables.map(({ label }) => label).slice(0, 11)).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    '10',
    '11',
  ]);
  expect(JSON.stringify(summary).length).toBeLessThan(20_000);
  const pages = [await listMobileTables(ctx, { eventId, limit: 20 })];
  while (must(pages.at(-1)).nextCursor)
    pages.push(
      await listMobileTables(ctx, {
        eventId,
        limit: 20,
        cursor: must(must(pages.at(-1)).nextCursor),
      }),
    );
  const all = pages.flatMap(({ items }) => items);
  expect(pages).toHaveLength(3);
  expect(all.map(({ label }) => label)).toEqual(summary.tables.map(({ label }) => label));
  expect(all[9]?.seated).toHaveLength(3);
  expect(all[9]?.seated[0]).toMatchObject({ name: 'Ann Lee', seatNumber: 1, diets: ['vegan'] });
});

it('v_seating_frontend_dashboard shows the reader’s own wedding only', async () => {
  const mine = await dinner({ guests: 5 });
  const theirs = await dinner();
  const rows = await mine.ask(
    sql`select event_id, table_count, unseated_count from wedding.v_seating_frontend_dashboard`,
  );
  expect(rows).toEqual([{ event_id: mine.eventId, table_count: 3, unseated_count: 5 }]);
  expect(theirs.eventId).not.toBe(mine.eventId);
});

it('refresh_seating_materialized_views writes down when, and collect_seating_performance_metrics says how old they are', async () => {
  const { ctx, eventId, guestIds, tables, weddingId } = await dinner({ guests: 4 });
  await assignSeats(ctx, {
    eventId,
    placements: [{ guestId: must(guestIds[0]), tableId: must(tables[0]).id }],
  });
  const job: JobContext<ServiceContext> = {
    id: newUuid(),
    attempt: 1,
    lastAttempt: false,
    service: () => systemContext(db.worker),
    db: db.worker,
    serviceDb: db.service,
    log: ctx.log,
    clock: ctx.clock,
    signal: ctx.signal,
    complete: async () => undefined,
  };
  await seatingJobs[0].run(job, { v: 1 });
  const views = await db.admin`select view_name from ops.seating_view_refreshes order by 1`;
  expect(views.map(({ view_name }) => view_name)).toEqual([
    'mv_seating_layout_summary',
    'mv_table_occupancy_stats',
  ]);
  const [summary] = await db.admin`
    select seated_count, unseated_count, score from wedding.mv_seating_layout_summary where wedding_id = ${weddingId}`;
  expect(summary).toMatchObject({ seated_count: 1, unseated_count: 3, score: '25.0' });
  const [busiest] = await db.admin`
    select seated_count, occupancy from wedding.mv_table_occupancy_stats
    where wedding_id = ${weddingId} order by occupancy desc limit 1`;
  expect(busiest).toMatchObject({ seated_count: 1, occupancy: '0.125' });

  const { userId } = await seedUser(db.admin, { isOperator: true });
  const metrics = (actorKind: 'operator' | 'user') =>
    db.app.read({ actorKind, userId }, (tx) =>
      tx.execute<{ figures: Record<string, unknown> }>(sql`
        select wedding.collect_seating_performance_metrics() as figures`),
    );
  const [row] = await metrics('operator');
  expect(must(row).figures).toMatchObject({
    changes: { lastHour: expect.any(Number) },
    views: [
      { name: 'mv_seating_layout_summary', staleSeconds: expect.any(Number) },
      { name: 'mv_table_occupancy_stats' },
    ],
  });
  await expect(metrics('user')).rejects.toThrow();
  await expect(
    ctx.db.read(ctx.claims, (tx) =>
      tx.execute(sql`select * from wedding.mv_seating_layout_summary`),
    ),
  ).rejects.toThrow();
});

it('seating_log_security_event writes a refused try once a minute per person', async () => {
  const { orgId, weddingId } = await dinner();
  const userId = await seedWeddingMember(db.admin, { orgId, weddingId, role: 'viewer' });
  const viewer = userContext(db.app, {
    userId,
    orgId,
    weddingId,
    access: { weddingRole: 'viewer' },
  });
  const log = async (action: string) => {
    const [row] = await viewer.db.writeOne<{ logged: boolean }>(
      viewer.claims,
      sql`select wedding.seating_log_security_event(${weddingId}, ${action}, 'request') as logged`,
    );
    return row?.logged;
  };
  expect([
    await log('seating.update'),
    await log('seating.update'),
    await log('seating.optimize'),
  ]).toEqual([true, false, true]);
});

describe('search_guests_for_assignment', () => {
  it('finds invited guests, the unseated first, and says where the others sit', async () => {
    const { ctx, eventId, guestIds, tables, weddingId } = await dinner({ guests: 6 });
    await db.admin`update wedding.guests set first_name = 'Zoë', last_name = 'Brünnhuber' where wedding_id = ${weddingId} and id in ${db.admin(guestIds.slice(0, 3))}`;
    await assignSeats(ctx, {
      eventId,
      placements: [{ guestId: must(guestIds[0]), tableId: must(tables[1]).id }],
    });
    await db.admin`delete from wedding.invitations where wedding_id = ${weddingId} and guest_id = ${must(guestIds[2])}`;
    const hits = await searchGuests(ctx, { eventId, text: 'brunnhuber zoe' });
    expect(
      hits.map(({ guestId, tableLabel, seatNumber }) => [guestId, tableLabel, seatNumber]),
    ).toEqual([
      [guestIds[1], null, null],
      [guestIds[0], '2', 1],
    ]);
    expect(await searchGuests(ctx, { eventId, text: 'br', onlyUnseated: true })).toMatchObject([
      { guestId: guestIds[1] },
    ]);
    const theirs = await dinner();
    expect(await searchGuests(theirs.ctx, { eventId, text: 'brunnhuber' })).toEqual([]);
    expect(await searchGuests(ctx, { eventId, text: '%_' })).toEqual([]);
  });

  it('finds at least 95 of 100 names of 5,000 guests with one letter wrong', async () => {
    const { ctx, eventId, weddingId, guestIds } = await dinner({ guests: 5_000 });
    const syllables = [
      'ba',
      'del',
      'kor',
      'mi',
      'nes',
      'pru',
      'sal',
      'tov',
      'wen',
      'zi',
      'fra',
      'gor',
      'hu',
      'jan',
      'li',
    ];
    const nameAt = (n: number) =>
      [0, 1, 2].map((place) => syllables[Math.floor(n / 15 ** place) % 15]).join('');
    await db.admin`
      update wedding.guests g set first_name = n.first, last_name = n.last
      from jsonb_to_recordset(${db.admin.json(guestIds.map((id, n) => ({ id, first: nameAt(n * 7 + 3), last: nameAt(n) })))})
        as n (id uuid, first text, last text)
      where g.wedding_id = ${weddingId} and g.id = n.id`;
    await db.admin`analyze wedding.guests`;
    let found = 0;
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let n = 0; n < 100; n++) {
      const at = random(3_375);
      const name = `${nameAt(at * 7 + 3)} ${nameAt(at)}`;
      const place = 1 + random(name.length - 1);
      const letter = String.fromCharCode(97 + random(26));
      const edits = [
        name.slice(0, place) + letter + name.slice(place + 1),
        name.slice(0, place) + name.slice(place + 1),
        name.slice(0, place) + letter + name.slice(place),
      ];
      const hits = await searchGuests(ctx, { eventId, text: must(edits[n % 3]) });
      if (hits.some(({ name: hit }) => hit === name)) found++;
    }
    expect(found).toBeGreaterThanOrEqual(95);
  });
});
