import { GuestId, newId, SeatId, SeatingTableId } from '@wedsync/contracts/ids';
import { expect, it } from 'vitest';
import { replayPlan, type StoredOperation } from './replay-plan.ts';

const tableId = newId(SeatingTableId);
const [one, other] = [newId(SeatId), newId(SeatId)];
const [ann, bo] = [newId(GuestId), newId(GuestId)];
const place = { xMm: 0, yMm: 0, rotation: 0, widthMm: 1_000, depthMm: 1_000 };
const table = (isLocked = false) => ({
  ...place,
  id: tableId,
  label: '1',
  shape: 'round' as const,
  seatCount: 2,
  zone: '',
  features: [],
  isLocked,
  version: 1,
});
const seat = (guestId: GuestId, seatId: SeatId, isLocked = false) => ({
  guestId,
  seatId,
  tableId,
  seatNumber: 1,
  isLocked,
  placedBy: 'manual' as const,
});

type Step = [StoredOperation['kind'], StoredOperation['forward']];
const begun: Step = [
  'layout-created',
  {
    tables: [table()],
    seats: [one, other].map((id, index) => ({ id, tableId, number: index + 1 })),
  },
];

/** What a replay says of steps at a table of two; ids left out. */
const faultsOf = (...steps: Step[]) => {
  const operations = [begun, ...steps].map(([kind, forward], index) => ({
    revision: index + 1,
    kind,
    forward,
  }));
  return replayPlan(operations).faults.map((fault) => fault.replace(/[0-9a-f-]{36}/g, '#'));
};

it('finds nothing wrong with guests who change places', () => {
  const swap = { assignments: [seat(ann, other), seat(bo, one)] };
  const faults = faultsOf(
    ['assigned', { assignments: [seat(ann, one), seat(bo, other)] }],
    ['swapped', swap],
  );
  expect(faults).toEqual([]);
});

it('finds two guests on a seat, and a seat that is gone', () => {
  expect(faultsOf(['assigned', { assignments: [seat(ann, one), seat(bo, one)] }])).toEqual([
    '2 assigned: two guests on seat #',
  ]);
  const shrunk = { seats: [{ id: one, tableId, number: 1 }] };
  expect(
    faultsOf(['assigned', { assignments: [seat(ann, other)] }], ['table-updated', shrunk]),
  ).toEqual(['3 table-updated: # sits on a seat that is gone']);
});

it('finds locks of guests and tables that were overridden', () => {
  const held = { assignments: [seat(ann, one, true)] };
  expect(faultsOf(['locked', held], ['assigned', { assignments: [seat(ann, other)] }])).toEqual([
    '3 assigned: moves #, who is locked',
  ]);
  expect(faultsOf(['locked', held], ['guests-left', { unseatedGuestIds: [ann] }])).toEqual([]);
  expect(
    faultsOf(
      ['assigned', { assignments: [seat(ann, one)] }],
      ['table-updated', { tables: [table(true)] }],
      ['unassigned', { unseatedGuestIds: [ann] }],
    ),
  ).toEqual(['4 unassigned: takes # from a locked table']);
});
