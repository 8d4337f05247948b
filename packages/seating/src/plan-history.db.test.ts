import type { SeatingPlan } from '@wedsync/contracts/seating';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { uninviteGuests } from '@wedsync/guests';
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
  removeTables,
  swapSeats,
  unassignSeats,
  undo,
  updateLayout,
  updateTable,
} from './index.ts';
import { failure, must, planOf, seating, seedDinner } from './testing/dinner.ts';

const db = await createTestDatabase();

const dinner = (fields?: Parameters<typeof seedDinner>[1]) => seedDinner(db, fields);

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
