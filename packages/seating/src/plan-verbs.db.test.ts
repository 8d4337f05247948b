import type { EventId } from '@wedsync/contracts/ids';
import type { SeatingPlan } from '@wedsync/contracts/seating';
import { toDomainError } from '@wedsync/db/pg-errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { removeGuests, restoreGuests, uninviteGuests } from '@wedsync/guests';
import type { ServiceContext } from '@wedsync/service/context';
import { userContext } from '@wedsync/testing/contexts';
import { seedPlan } from '@wedsync/testing/factories/seating';
import { seedOrgMember, seedWedding, seedWeddingMember } from '@wedsync/testing/factories/weddings';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import {
  addFixtures,
  addTables,
  assignSeats,
  createLayout,
  getPlan,
  listChanges,
  listHistory,
  lockSeats,
  moveThings,
  redo,
  removeFixtures,
  removeTables,
  swapSeats,
  unassignSeats,
  undo,
  updateFixture,
  updateLayout,
  updateTable,
} from './index.ts';

const db = await createTestDatabase();

const failure = async (call: Promise<unknown>) => {
  const [result] = await Promise.allSettled([call]);
  if (result.status === 'fulfilled') throw new Error('it did not fail');
  return toDomainError(result.reason);
};
const must = <T>(value: T | undefined | null): T => {
  if (value === undefined || value === null) throw new Error('the test expected a value');
  return value;
};

/** A dinner with tables "1" to "3" of eight seats and twelve guests; colleagues on request. */
async function dinner(fields: { tables?: number; guests?: number; seatCount?: number } = {}) {
  const seeded = await seedWedding(db.admin);
  const { orgId, weddingId, ownerId } = seeded;
  const eventId = must(seeded.eventIds[1]);
  const plan = await seedPlan(db.admin, { weddingId, eventId, ...fields });
  const where = { orgId, weddingId };
  const ctx = userContext(db.app, { userId: ownerId, ...where });
  const colleague = async () =>
    userContext(db.app, {
      userId: await seedOrgMember(db.admin, { orgId, role: 'planner' }),
      ...where,
    });
  const viewer = async () =>
    userContext(db.app, {
      userId: await seedWeddingMember(db.admin, { ...where, role: 'viewer' }),
      access: { weddingRole: 'viewer' },
      ...where,
    });
  return { ...seeded, ...plan, eventId, ctx, colleague, viewer };
}

const planOf = async (ctx: ServiceContext, eventId: EventId) =>
  must(await getPlan(ctx, { eventId }));

/** Who sits where, as "table/seat" by guest. */
const seatsOf = ({ assignments, tables }: SeatingPlan) => {
  const labels = new Map(tables.map(({ id, label }) => [id, label]));
  return new Map(assignments.map((a) => [a.guestId, `${labels.get(a.tableId)}/${a.seatNumber}`]));
};
const seating = async (ctx: ServiceContext, eventId: EventId) =>
  seatsOf(await planOf(ctx, eventId));

const auditOf = async (weddingId: string, action: string) =>
  db.admin`select entity_id, after from wedding.audit_log
    where wedding_id = ${weddingId} and action = ${action} order by at`;

const outline = [
  { xMm: 0, yMm: 0 },
  { xMm: 12_000, yMm: 0 },
  { xMm: 12_000, yMm: 9_000 },
];
const round = {
  shape: 'round' as const,
  seatCount: 8,
  xMm: 2_000,
  yMm: 2_000,
  widthMm: 1_800,
  depthMm: 1_800,
};
const bar = { kind: 'bar' as const, xMm: 500, yMm: 500, widthMm: 3_000, depthMm: 800 };

describe('a floor plan', () => {
  it('is made once per event, with what stands in the room', async () => {
    const { orgId, weddingId, ownerId, eventIds } = await seedWedding(db.admin);
    const ctx = userContext(db.app, { userId: ownerId, orgId, weddingId });
    const eventId = must(eventIds[0]);
    expect(await getPlan(ctx, { eventId })).toBeNull();
    const input = {
      eventId,
      outline,
      capacity: 90,
      tables: [{ label: 'Lisbon', ...round }],
      fixtures: [bar],
    };
    const plan = await createLayout(ctx, input);
    expect(plan.layout).toMatchObject({ eventId, capacity: 90, revision: 1, outline });
    expect(plan.tables).toMatchObject([
      { label: 'Lisbon', seatCount: 8, features: [], isLocked: false },
    ]);
    expect(plan.seats.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(plan.fixtures).toMatchObject([{ kind: 'bar' }]);
    expect(await getPlan(ctx, { eventId })).toEqual(plan);
    expect(await failure(createLayout(ctx, input))).toMatchObject({
      kind: 'conflict',
      code: 'seating.layout-exists',
    });
    expect(await auditOf(weddingId, 'seating.create-layout')).toMatchObject([
      { entity_id: eventId, after: { revision: 1, tableCount: 1 } },
    ]);
  });

  it('lists who is invited and comes, and who declined only while seated', async () => {
    const { ctx, weddingId, eventId, guestIds, tables } = await dinner();
    const [one, other] = [must(guestIds[0]), must(guestIds[1])];
    await assignSeats(ctx, {
      eventId,
      placements: [{ guestId: one, tableId: must(tables[0]).id }],
    });
    await db.admin`
      update wedding.invitations set answer = 'no', answered_at = now(), answered_by_kind = 'user', via = 'planner'
      where wedding_id = ${weddingId} and guest_id in (${one}, ${other})`;
    const plan = await planOf(ctx, eventId);
    expect(plan.guests).toHaveLength(11);
    expect(plan.guests.find(({ id }) => id === one)).toMatchObject({ answer: 'no' });
    expect(plan.guests.some(({ id }) => id === other)).toBe(false);
  });

  it('takes a new room, once per version', async () => {
    const { ctx, layoutId, eventId } = await dinner();
    const change = await updateLayout(ctx, {
      layoutId,
      version: 1,
      capacity: 120,
      notes: 'Pillar in the middle',
    });
    expect(change).toMatchObject({
      kind: 'layout-updated',
      layout: { capacity: 120, version: 2, revision: 1 },
    });
    expect(
      await failure(updateLayout(ctx, { layoutId, version: 1, capacity: null })),
    ).toMatchObject({
      kind: 'conflict',
      code: 'service.stale-version',
      details: { current: { capacity: 120 } },
    });
    await updateLayout(ctx, { layoutId, version: 2, capacity: null });
    expect((await planOf(ctx, eventId)).layout).toMatchObject({
      capacity: null,
      notes: 'Pillar in the middle',
    });
  });

  it('keeps its version while guests are seated', async () => {
    const { ctx, layoutId, eventId, guestIds, tables } = await dinner();
    await assignSeats(ctx, {
      eventId,
      placements: [{ guestId: must(guestIds[0]), tableId: must(tables[0]).id }],
    });
    expect(await updateLayout(ctx, { layoutId, version: 1, notes: 'x' })).toMatchObject({
      revision: 2,
    });
  });
});

describe('tables and fixtures', () => {
  it('are added, and a label is used once whatever its case', async () => {
    const { ctx, layoutId, weddingId } = await dinner({ tables: 1 });
    const change = await addTables(ctx, {
      layoutId,
      tables: [
        { ...round, label: 'Rome' },
        { ...round, label: '7' },
      ],
    });
    expect(change).toMatchObject({
      kind: 'tables-added',
      revision: 1,
      summary: 'Tables Rome and 7 added',
    });
    expect(change.seats).toHaveLength(16);
    expect(
      await failure(addTables(ctx, { layoutId, tables: [{ ...round, label: 'ROME' }] })),
    ).toMatchObject({
      code: 'seating.label-taken',
    });
    expect(await auditOf(weddingId, 'seating.add-tables')).toHaveLength(1);
  });

  it('lose the seats with the highest numbers, and their guests in the same change', async () => {
    const { ctx, eventId, guestIds, tables } = await dinner();
    const table = must(tables[0]);
    const placements = guestIds.slice(0, 8).map((guestId) => ({ guestId, tableId: table.id }));
    await assignSeats(ctx, { eventId, placements });
    const change = await updateTable(ctx, { tableId: table.id, version: 1, set: { seatCount: 5 } });
    expect(change.unseatedGuestIds?.toSorted()).toEqual(guestIds.slice(5, 8).toSorted());
    expect(change.seats?.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(change.summary).toBe('Table 1: 8 to 5 seats; 3 unseated');
    const operations =
      await db.admin`select kind from wedding.seating_operations where event_id = ${eventId}`;
    expect(operations).toHaveLength(2);
    expect(
      await failure(updateTable(ctx, { tableId: table.id, version: 1, set: { label: 'x' } })),
    ).toMatchObject({
      code: 'service.stale-version',
      details: { current: { seatCount: 5, version: 2 } },
    });
    const grown = await updateTable(ctx, { tableId: table.id, version: 2, set: { seatCount: 7 } });
    expect(grown.seats?.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect((await seating(ctx, eventId)).size).toBe(5);
  });

  it('are removed with their guests going to the unseated, unless something is locked', async () => {
    const { ctx, layoutId, eventId, guestIds, tables } = await dinner();
    const [one, two] = [must(tables[0]), must(tables[1])];
    const [ann, bo] = [must(guestIds[0]), must(guestIds[1])];
    await assignSeats(ctx, {
      eventId,
      placements: [
        { guestId: ann, tableId: one.id },
        { guestId: bo, tableId: two.id },
      ],
    });
    await lockSeats(ctx, { eventId, guestIds: [bo], isLocked: true });
    expect(
      await failure(removeTables(ctx, { layoutId, tableIds: [one.id, two.id] })),
    ).toMatchObject({
      code: 'seating.guest-locked',
      details: { guestIds: [bo] },
    });
    expect((await planOf(ctx, eventId)).tables).toHaveLength(3);
    const change = await removeTables(ctx, { layoutId, tableIds: [one.id] });
    expect(change).toMatchObject({
      removedTableIds: [one.id],
      unseatedGuestIds: [ann],
      kind: 'tables-removed',
    });
    await updateTable(ctx, { tableId: two.id, version: 1, set: { isLocked: true } });
    expect(await failure(removeTables(ctx, { layoutId, tableIds: [two.id] }))).toMatchObject({
      code: 'seating.table-locked',
    });
    expect(await failure(removeTables(ctx, { layoutId, tableIds: [one.id] }))).toMatchObject({
      kind: 'not-found',
    });
  });

  it('move together, and the last hand wins', async () => {
    const { ctx, layoutId, eventId, tables } = await dinner();
    const [fixture] = must((await addFixtures(ctx, { layoutId, fixtures: [bar] })).fixtures);
    const place = { xMm: 100, yMm: 200, rotation: 45 };
    const change = await moveThings(ctx, {
      layoutId,
      tables: [{ tableId: must(tables[0]).id, ...place }],
      fixtures: [{ fixtureId: must(fixture).id, ...place }],
    });
    expect(change).toMatchObject({
      tables: [place],
      fixtures: [place],
      summary: 'Table 1 and a fixture moved',
    });
    const edited = await updateFixture(ctx, {
      fixtureId: must(fixture).id,
      version: 2,
      set: { label: 'Gin' },
    });
    expect(edited.fixtures).toMatchObject([{ label: 'Gin', kind: 'bar', xMm: 100 }]);
    expect(
      await failure(
        updateFixture(ctx, { fixtureId: must(fixture).id, version: 2, set: { label: 'Rum' } }),
      ),
    ).toMatchObject({ code: 'service.stale-version' });
    await removeFixtures(ctx, { layoutId, fixtureIds: [must(fixture).id] });
    expect((await planOf(ctx, eventId)).fixtures).toEqual([]);
  });
});

describe('guests', () => {
  it('take the lowest free seat of a table, or the one that was asked for', async () => {
    const { ctx, eventId, guestIds, tables, weddingId } = await dinner();
    const tableId = must(tables[0]).id;
    const [a, b, c] = guestIds.map((id) => id);
    await assignSeats(ctx, { eventId, placements: [{ guestId: must(a), tableId, seatNumber: 2 }] });
    const change = await assignSeats(ctx, {
      eventId,
      placements: [
        { guestId: must(b), tableId },
        { guestId: must(c), tableId },
      ],
    });
    expect(change).toMatchObject({ kind: 'assigned', revision: 2, canUndo: true });
    const places = await seating(ctx, eventId);
    expect([a, b, c].map((id) => places.get(must(id)))).toEqual(['1/2', '1/1', '1/3']);
    expect(await auditOf(weddingId, 'seating.assign')).toMatchObject([
      { after: { revision: 1 } },
      { after: { revision: 2, guestCount: 2 } },
    ]);
  });

  it('are all placed or none, and each obstacle is named', async () => {
    const { ctx, eventId, guestIds, tables, colleague } = await dinner({
      seatCount: 2,
      tables: 4,
      guests: 12,
    });
    const [one, two, three, four] = tables.map(({ id }) => id);
    const at = (index: number) => must(guestIds[index]);
    await assignSeats(ctx, {
      eventId,
      placements: [
        { guestId: at(0), tableId: must(one), seatNumber: 1 },
        { guestId: at(1), tableId: must(two), seatNumber: 1 },
        { guestId: at(2), tableId: must(three), seatNumber: 1 },
      ],
    });
    await lockSeats(ctx, { eventId, guestIds: [at(1)], isLocked: true });
    await updateTable(ctx, { tableId: must(three), version: 1, set: { isLocked: true } });
    const stranger = await dinner({ guests: 1 });
    const before = await planOf(ctx, eventId);
    const error = await failure(
      assignSeats(await colleague(), {
        eventId,
        placements: [
          { guestId: at(3), tableId: must(one), seatNumber: 1 },
          { guestId: at(4), tableId: must(one), seatNumber: 9 },
          { guestId: at(1), tableId: must(one) },
          { guestId: at(2), tableId: must(one) },
          { guestId: at(5), tableId: must(three) },
          { guestId: must(stranger.guestIds[0]), tableId: must(one) },
          { guestId: at(6), tableId: must(stranger.tables[0]).id },
          { guestId: at(7), tableId: must(four) },
          { guestId: at(7), tableId: must(four) },
          { guestId: at(8), tableId: must(two) },
          { guestId: at(9), tableId: must(two) },
        ],
      }),
    );
    expect(error).toMatchObject({ kind: 'conflict', code: 'seating.placements-refused' });
    const conflicts = error.details.conflicts as {
      guestId: string;
      reason: string;
      message: string;
    }[];
    expect(conflicts.map(({ reason }) => reason)).toEqual([
      'seat-taken',
      'no-such-seat',
      'guest-locked',
      'table-locked',
      'table-locked',
      'guest-not-invited',
      'no-such-table',
      'named-twice',
      'named-twice',
      'table-full',
    ]);
    expect(conflicts.at(-1)?.guestId).toBe(at(9));
    expect(conflicts.at(-1)?.message).toBe('Table 2 is full. There is room at table 1, 2, 4.');
    expect(await planOf(ctx, eventId)).toEqual(before);
  });

  it('change places, but not past a lock', async () => {
    const { ctx, eventId, guestIds, tables } = await dinner();
    const [ann, bo, cy] = [must(guestIds[0]), must(guestIds[1]), must(guestIds[2])];
    const [one, two] = [must(tables[0]).id, must(tables[1]).id];
    await assignSeats(ctx, {
      eventId,
      placements: [
        { guestId: ann, tableId: one },
        { guestId: bo, tableId: two, seatNumber: 5 },
      ],
    });
    const change = await swapSeats(ctx, { eventId, guestIds: [ann, bo] });
    expect(change.kind).toBe('swapped');
    expect([...(await seating(ctx, eventId)).entries()].toSorted()).toEqual(
      [
        [ann, '2/5'],
        [bo, '1/1'],
      ].toSorted(),
    );
    expect(await failure(swapSeats(ctx, { eventId, guestIds: [ann, cy] }))).toMatchObject({
      code: 'seating.not-seated',
    });
    expect(await failure(swapSeats(ctx, { eventId, guestIds: [ann, ann] }))).toMatchObject({
      kind: 'invalid',
    });
    await lockSeats(ctx, { eventId, guestIds: [bo], isLocked: true });
    expect(await failure(swapSeats(ctx, { eventId, guestIds: [ann, bo] }))).toMatchObject({
      details: {
        conflicts: expect.arrayContaining([
          expect.objectContaining({ guestId: bo, reason: 'guest-locked' }),
        ]),
      },
    });
  });

  it('go back to the unseated, unless they are locked', async () => {
    const { ctx, eventId, guestIds, tables } = await dinner();
    const [ann, bo] = [must(guestIds[0]), must(guestIds[1])];
    const tableId = must(tables[0]).id;
    await assignSeats(ctx, {
      eventId,
      placements: [
        { guestId: ann, tableId },
        { guestId: bo, tableId },
      ],
    });
    await lockSeats(ctx, { eventId, guestIds: [ann], isLocked: true });
    expect(await failure(unassignSeats(ctx, { eventId, guestIds: [ann, bo] }))).toMatchObject({
      details: { conflicts: [{ guestId: ann, reason: 'guest-locked' }] },
    });
    expect(await unassignSeats(ctx, { eventId, guestIds: [bo] })).toMatchObject({
      unseatedGuestIds: [bo],
    });
    const again = await unassignSeats(ctx, { eventId, guestIds: [bo] });
    expect(again).toMatchObject({ revision: 3, summary: 'Nothing to change', canUndo: true });
    await lockSeats(ctx, { eventId, guestIds: [ann], isLocked: false });
    await unassignSeats(ctx, { eventId, guestIds: [ann] });
    expect((await seating(ctx, eventId)).size).toBe(0);
    expect(
      await failure(lockSeats(ctx, { eventId, guestIds: [ann], isLocked: true })),
    ).toMatchObject({
      kind: 'precondition',
      code: 'seating.not-seated',
    });
  });

  it('are not placed over a plan that has moved on, where a revision was stated', async () => {
    const { ctx, eventId, guestIds, tables } = await dinner();
    const place = (index: number, revision: number) =>
      assignSeats(ctx, {
        eventId,
        revision,
        placements: [{ guestId: must(guestIds[index]), tableId: must(tables[0]).id }],
      });
    await place(0, 0);
    expect(await failure(place(1, 0))).toMatchObject({
      code: 'seating.stale-plan',
      details: { revision: 1 },
    });
    expect(await place(1, 1)).toMatchObject({ revision: 2 });
  });
});

describe('whoever leaves', () => {
  it.each(['removed', 'uninvited', 'erased'] as const)(
    'the list as %s loses the seat, and the history says so',
    async (how) => {
      const { ctx, eventId, guestIds, tables, weddingId } = await dinner();
      const [ann, bo] = [must(guestIds[0]), must(guestIds[1])];
      const tableId = must(tables[0]).id;
      await assignSeats(ctx, {
        eventId,
        placements: [
          { guestId: ann, tableId },
          { guestId: bo, tableId },
        ],
      });
      await lockSeats(ctx, { eventId, guestIds: [ann], isLocked: true });
      if (how === 'uninvited')
        await uninviteGuests(ctx, { eventId, guestIds: [ann], evenAnswered: true });
      else if (how === 'erased')
        await ctx.db.writeOne(ctx.claims, sql`select wedding.erase_guest(${ann})`);
      else {
        const { removalId } = await removeGuests(ctx, { guestIds: [ann] });
        await restoreGuests(ctx, { removalId });
      }
      expect([...(await seating(ctx, eventId)).keys()]).toEqual([bo]);
      const changes = must(await listChanges(ctx, { eventId, sinceRevision: 2 }));
      expect(changes).toMatchObject([
        { revision: 3, kind: 'guests-left', unseatedGuestIds: [ann] },
      ]);
      const feed = await db.admin`
      select entity_id from wedding.changes where wedding_id = ${weddingId} and entity = 'seating'`;
      expect(feed).toHaveLength(3);
    },
  );

  it('as a whole event or wedding takes the plan along', async () => {
    for (const table of ['events', 'weddings'] as const) {
      const { ctx, eventId, guestIds, tables, weddingId } = await dinner();
      const placements = guestIds.map((guestId, index) => ({
        guestId,
        tableId: must(tables[index % 3]).id,
      }));
      await assignSeats(ctx, { eventId, placements });
      await db.admin`delete from wedding.${db.admin(table)}
        where id = ${table === 'events' ? eventId : weddingId}`;
      const [left] = await db.admin`
        select count(*)::int as n from wedding.seating_assignments where wedding_id = ${weddingId}`;
      expect(left).toEqual({ n: 0 });
    }
  });

  it('and is being seated at the same moment ends without a seat', async () => {
    const { ctx, eventId, guestIds, tables } = await dinner({ guests: 16, tables: 3 });
    const tableId = must(tables[0]).id;
    await Promise.all(
      guestIds
        .slice(0, 6)
        .flatMap((guestId) => [
          assignSeats(ctx, { eventId, placements: [{ guestId, tableId }] }).catch(() => null),
          removeGuests(ctx, { guestIds: [guestId] }),
        ]),
    );
    const [left] = await db.admin`
      select count(*)::int as n from wedding.seating_assignments a
      join wedding.guests g on g.id = a.guest_id where a.event_id = ${eventId} and g.removed_at is not null`;
    expect(left).toEqual({ n: 0 });
  });
});

describe('undo and redo', () => {
  it('step back and forth through one person’s changes', async () => {
    const { ctx, eventId, guestIds, tables, layoutId } = await dinner();
    const [ann, bo] = [must(guestIds[0]), must(guestIds[1])];
    const [one, two] = [must(tables[0]).id, must(tables[1]).id];
    const states: SeatingPlan[] = [];
    const remember = async () => states.push(await planOf(ctx, eventId));
    await remember();
    await assignSeats(ctx, {
      eventId,
      placements: [
        { guestId: ann, tableId: one },
        { guestId: bo, tableId: two },
      ],
    });
    await remember();
    await lockSeats(ctx, { eventId, guestIds: [bo], isLocked: true });
    await remember();
    await updateTable(ctx, { tableId: one, version: 1, set: { seatCount: 4, label: 'Rome' } });
    await remember();
    await removeTables(ctx, { layoutId, tableIds: [one] });
    await remember();
    const bare = ({ layout, tables, canUndo, canRedo, ...plan }: SeatingPlan) => ({
      ...plan,
      tables: tables.map(({ version, ...table }) => table),
    });
    for (let at = 3; at >= 0; at--) {
      const change = await undo(ctx, { eventId });
      expect(change).toMatchObject({ kind: 'undone', canUndo: at > 0, canRedo: true });
      expect(bare(await planOf(ctx, eventId))).toEqual(bare(must(states[at])));
    }
    expect(await failure(undo(ctx, { eventId }))).toMatchObject({
      code: 'seating.nothing-to-undo',
    });
    for (let at = 1; at <= 4; at++) {
      const change = await redo(ctx, { eventId });
      expect(change).toMatchObject({ kind: 'redone', canUndo: true, canRedo: at < 4 });
      expect(bare(await planOf(ctx, eventId))).toEqual(bare(must(states[at])));
    }
    expect(await failure(redo(ctx, { eventId }))).toMatchObject({
      code: 'seating.nothing-to-redo',
    });
    await undo(ctx, { eventId });
    expect(bare(await planOf(ctx, eventId))).toEqual(bare(must(states[3])));
  });

  it('leave alone what others built upon, and what is not one’s own', async () => {
    const { ctx, eventId, guestIds, tables, colleague } = await dinner();
    const other = await colleague();
    const [ann, bo, cy] = [must(guestIds[0]), must(guestIds[1]), must(guestIds[2])];
    const [one, two] = [must(tables[0]).id, must(tables[1]).id];
    await assignSeats(ctx, { eventId, placements: [{ guestId: ann, tableId: one }] });
    await assignSeats(ctx, { eventId, placements: [{ guestId: bo, tableId: one }] });
    expect(await failure(undo(other, { eventId }))).toMatchObject({
      code: 'seating.nothing-to-undo',
    });
    await assignSeats(other, {
      eventId,
      placements: [
        { guestId: bo, tableId: two },
        { guestId: cy, tableId: two },
      ],
    });
    // Bo was moved on by the other: Ann's seat is the newest change that is still as it was left.
    expect(await undo(ctx, { eventId })).toMatchObject({ unseatedGuestIds: [ann], canUndo: false });
    expect(await undo(other, { eventId })).toMatchObject({ unseatedGuestIds: [cy] });
    expect((await seating(ctx, eventId)).get(bo)).toBe('1/2');
    expect(await undo(ctx, { eventId })).toMatchObject({ unseatedGuestIds: [bo] });
  });

  it('do not bring somebody back to a locked table, or who is not invited any more', async () => {
    const { ctx, eventId, guestIds, tables, colleague } = await dinner();
    const ann = must(guestIds[0]);
    const tableId = must(tables[0]).id;
    await assignSeats(ctx, { eventId, placements: [{ guestId: ann, tableId }] });
    await unassignSeats(ctx, { eventId, guestIds: [ann] });
    const other = await colleague();
    await updateTable(other, { tableId, version: 1, set: { isLocked: true } });
    expect(await failure(undo(ctx, { eventId }))).toMatchObject({
      code: 'seating.undo-blocked',
      details: { tableLabels: ['1'] },
    });
    await undo(other, { eventId });
    await uninviteGuests(other, { eventId, guestIds: [ann], evenAnswered: true });
    expect(await failure(undo(ctx, { eventId }))).toMatchObject({ details: { guestIds: [ann] } });
  });

  it('cannot redo after something new was done', async () => {
    const { ctx, eventId, guestIds, tables } = await dinner();
    const tableId = must(tables[0]).id;
    const seat = (index: number) =>
      assignSeats(ctx, { eventId, placements: [{ guestId: must(guestIds[index]), tableId }] });
    await seat(0);
    await undo(ctx, { eventId });
    await seat(1);
    expect((await planOf(ctx, eventId)).canRedo).toBe(false);
    expect(await failure(redo(ctx, { eventId }))).toMatchObject({
      code: 'seating.nothing-to-redo',
    });
  });
});

describe('what others see', () => {
  it('is every change since the revision they have, as the plan is afterwards', async () => {
    const { ctx, eventId, guestIds, tables, colleague } = await dinner();
    const other = await colleague();
    const tableId = must(tables[0]).id;
    const made = [
      await assignSeats(ctx, {
        eventId,
        placements: guestIds.slice(0, 3).map((guestId) => ({ guestId, tableId })),
      }),
      await updateTable(ctx, { tableId, version: 1, set: { seatCount: 2 } }),
      await undo(ctx, { eventId }),
    ];
    const seen = must(await listChanges(other, { eventId, sinceRevision: 0 }));
    const asSeen = ({ canUndo, canRedo, ...change }: (typeof made)[number]) => change;
    expect(seen.map(asSeen)).toEqual(made.map(asSeen));
    expect(seen.every(({ canUndo }) => !canUndo)).toBe(true);
    expect(await listChanges(other, { eventId, sinceRevision: 3 })).toEqual([]);
    expect(await listChanges(other, { eventId, sinceRevision: 4 })).toBeNull();
  });

  it('is a reason to read again after more than 200 changes', async () => {
    const { ctx, eventId, weddingId } = await dinner();
    await db.admin`
      insert into wedding.seating_operations (wedding_id, event_id, revision, kind, forward, actor_kind)
      select ${weddingId}, ${eventId}, n, 'rules-changed', '{}', 'system' from generate_series(1, 250) n`;
    await db.admin`update wedding.seating_layouts set revision = 250 where event_id = ${eventId}`;
    expect(await listChanges(ctx, { eventId, sinceRevision: 49 })).toBeNull();
    expect(await listChanges(ctx, { eventId, sinceRevision: 50 })).toHaveLength(200);
  });

  it('is a history in words, newest first and page by page', async () => {
    const { ctx, eventId, guestIds, tables } = await dinner();
    const [ann, bo] = [must(guestIds[0]), must(guestIds[1])];
    await db.admin`update wedding.guests set first_name = 'Ann', last_name = 'Lee' where id = ${ann}`;
    await db.admin`update wedding.guests set first_name = 'Bo', last_name = 'Chen' where id = ${bo}`;
    const tableId = must(tables[1]).id;
    await assignSeats(ctx, { eventId, placements: [{ guestId: ann, tableId }] });
    await assignSeats(ctx, {
      eventId,
      placements: guestIds.slice(1, 6).map((guestId) => ({ guestId, tableId })),
    });
    await swapSeats(ctx, { eventId, guestIds: [ann, bo] });
    await undo(ctx, { eventId });
    const first = await listHistory(ctx, { eventId, limit: 2 });
    const second = await listHistory(ctx, { eventId, limit: 2, cursor: must(first.nextCursor) });
    const lines = [...first.items, ...second.items];
    expect(lines.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^Undone: (Ann Lee and Bo Chen|Bo Chen and Ann Lee) changed places$/),
      expect.stringMatching(/^(Ann Lee and Bo Chen|Bo Chen and Ann Lee) changed places$/),
      '5 guests to table 2',
      'Ann Lee to table 2',
    ]);
    expect(lines.map(({ isUndone }) => isUndone)).toEqual([false, true, false, false]);
    expect(second.nextCursor).toBeNull();
    expect(await failure(listHistory(ctx, { eventId, cursor: 'x' }))).toMatchObject({
      kind: 'invalid',
    });
  });
});

it('who may only look changes nothing, and trying is written down once', async () => {
  const { eventId, layoutId, guestIds, tables, viewer, weddingId } = await dinner();
  const ctx = await viewer();
  const [guestId, tableId] = [must(guestIds[0]), must(tables[0]).id];
  const tries = [
    () => assignSeats(ctx, { eventId, placements: [{ guestId, tableId }] }),
    () => swapSeats(ctx, { eventId, guestIds: [guestId, must(guestIds[1])] }),
    () => unassignSeats(ctx, { eventId, guestIds: [guestId] }),
    () => lockSeats(ctx, { eventId, guestIds: [guestId], isLocked: true }),
    () => undo(ctx, { eventId }),
    () => redo(ctx, { eventId }),
    () => createLayout(ctx, { eventId, outline }),
    () => updateLayout(ctx, { layoutId, version: 1, notes: 'x' }),
    () => addTables(ctx, { layoutId, tables: [{ ...round, label: 'x' }] }),
    () => updateTable(ctx, { tableId, version: 1, set: { label: 'x' } }),
    () => moveThings(ctx, { layoutId, tables: [{ tableId, xMm: 1, yMm: 1 }], fixtures: [] }),
    () => removeTables(ctx, { layoutId, tableIds: [tableId] }),
    () => addFixtures(ctx, { layoutId, fixtures: [bar] }),
  ];
  for (const attempt of tries)
    expect(await failure(attempt())).toMatchObject({ kind: 'forbidden' });
  expect(await getPlan(ctx, { eventId })).toMatchObject({ layout: { revision: 0 } });
  const refused = await db.admin`
    select after from wedding.audit_log where wedding_id = ${weddingId} and action = 'seating.refused'`;
  expect(refused).toMatchObject([{ after: { action: 'seating.update' } }]);
});

it('nobody changes or sees the plan of another wedding', async () => {
  const { ctx } = await dinner();
  const theirs = await dinner();
  const { eventId, layoutId } = theirs;
  const [guestId, tableId] = [must(theirs.guestIds[0]), must(theirs.tables[0]).id];
  expect(await getPlan(ctx, { eventId })).toBeNull();
  expect(await listChanges(ctx, { eventId, sinceRevision: 0 })).toBeNull();
  for (const attempt of [
    () => assignSeats(ctx, { eventId, placements: [{ guestId, tableId }] }),
    () => lockSeats(ctx, { eventId, guestIds: [guestId], isLocked: true }),
    () => updateTable(ctx, { tableId, version: 1, set: { label: 'x' } }),
    () => removeTables(ctx, { layoutId, tableIds: [tableId] }),
    () => createLayout(ctx, { eventId, outline }),
    () => undo(ctx, { eventId }),
  ])
    expect(await failure(attempt())).toMatchObject({ kind: 'not-found' });
  expect(await planOf(theirs.ctx, eventId)).toMatchObject({
    layout: { revision: 0 },
    assignments: [],
  });
});
