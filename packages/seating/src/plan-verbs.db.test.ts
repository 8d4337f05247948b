import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { removeGuests, restoreGuests, uninviteGuests } from '@wedsync/guests';
import { userContext } from '@wedsync/testing/contexts';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import {
  addFixtures,
  addTables,
  assignSeats,
  createLayout,
  getPlan,
  listChanges,
  lockSeats,
  moveThings,
  removeFixtures,
  removeTables,
  swapSeats,
  unassignSeats,
  updateFixture,
  updateLayout,
  updateTable,
} from './index.ts';
import { failure, must, planOf, seating, seedDinner } from './testing/dinner.ts';

const db = await createTestDatabase();

const dinner = (fields?: Parameters<typeof seedDinner>[1]) => seedDinner(db, fields);

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
