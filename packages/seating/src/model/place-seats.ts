import type { SeatingGuest, SeatingTable } from '@wedsync/contracts/seating';
import type { PlannedSeat } from './check-plan.ts';
import { forEachPair, type PlanIndex } from './plan-index.ts';
import { orderSeats, type SeatShape } from './seat-order.ts';

/** What two guests on neighbouring chairs cost, per kind of what binds them. */
const neighbourCosts = { household: -20, companion: -40, must: -10 } as const;
/** For each point of weight. */
const wishCosts = { 'next-to': -30, 'not-next-to': 30, prefer: -2, avoid: 6 } as const;

/** Tables whose first and last chair are not neighbours: along a wall, or a long curve. */
const rows: readonly SeatingTable['shape'][] = ['head', 'sweetheart', 'serpentine'];
const seatShape = ({ shape }: SeatingTable): SeatShape => (rows.includes(shape) ? 'row' : 'ring');

type Costs = (a: number, b: number) => number;

function neighbours(index: PlanIndex): Costs {
  const { guests } = index.facts.plan;
  const wishes = new Map<number, number>();
  const key = (a: number, b: number) => Math.min(a, b) * guests.length + Math.max(a, b);
  for (const relationship of index.facts.relationships) {
    const { kind, weight } = relationship;
    if (kind === 'never') continue;
    const cost = kind === 'must' ? neighbourCosts.must : wishCosts[kind] * weight;
    forEachPair(index, relationship, (a, b) => {
      wishes.set(key(a, b), (wishes.get(key(a, b)) ?? 0) + cost);
    });
  }
  const kin = (one: SeatingGuest | undefined, other: SeatingGuest | undefined) => {
    if (!one || !other) return 0;
    if (one.plusOneOf === other.id || other.plusOneOf === one.id) return neighbourCosts.companion;
    return one.householdId === other.householdId ? neighbourCosts.household : 0;
  };
  return (a, b) => kin(guests[a], guests[b]) + (wishes.get(key(a, b)) ?? 0);
}

interface TableTask {
  guests: number[];
  /** Numbers of the seats, ascending. */
  seats: number[];
  shape: SeatShape;
  /** Seat of a guest before, 0 = not at this table. */
  before: (guest: number) => number;
  costs: Costs;
}

const beside = ({ seats, shape }: TableTask, at: number): number[] => {
  const next = [at - 1, at + 1];
  if (shape === 'row' || seats.length < 3) return next.filter((to) => to >= 0 && to < seats.length);
  return next.map((to) => (to + seats.length) % seats.length);
};

/** Cost of all neighbours, `row[i]` = guest on the i-th seat. */
function rowCost(task: TableTask, row: readonly (number | undefined)[]): number {
  let cost = 0;
  row.forEach((guest, at) => {
    for (const to of beside(task, at)) {
      const other = row[to];
      if (guest !== undefined && other !== undefined && at < to) cost += task.costs(guest, other);
    }
  });
  return cost;
}

/** Guests who keep their chairs stay; the others take the free chairs, exchanged while that helps. */
function fillRow(task: TableTask, keeps: (guest: number) => boolean): (number | undefined)[] {
  const row: (number | undefined)[] = task.seats.map(() => undefined);
  const others: number[] = [];
  for (const guest of task.guests) {
    const at = keeps(guest) ? task.seats.indexOf(task.before(guest)) : -1;
    if (at >= 0 && row[at] === undefined) row[at] = guest;
    else others.push(guest);
  }
  const open = row.flatMap((guest, at) => (guest === undefined ? [at] : []));
  others.forEach((guest, at) => {
    const seat = open[at];
    if (seat !== undefined) row[seat] = guest;
  });
  let cost = rowCost(task, row);
  for (let better = true; better; ) {
    better = false;
    for (const [index, a] of open.entries()) {
      for (const b of open.slice(index + 1)) {
        [row[a], row[b]] = [row[b], row[a]];
        const next = rowCost(task, row);
        if (next < cost) [cost, better] = [next, true];
        else [row[a], row[b]] = [row[b], row[a]];
      }
    }
  }
  return row;
}

/** The best order, turned round the table so that most guests keep their chairs. */
function orderRow(task: TableTask): (number | undefined)[] {
  const { guests, seats, shape, costs } = task;
  const n = guests.length;
  const square = Int32Array.from({ length: n * n }, (_, cell) => {
    const [a, b] = [guests[Math.floor(cell / n)] ?? 0, guests[cell % n] ?? 0];
    return a === b ? 0 : costs(a, b);
  });
  const { order } = orderSeats(square, n === seats.length ? shape : 'row');
  const isRing = shape === 'ring';
  const offsets = isRing ? seats.length : seats.length - n + 1;
  let best: { row: (number | undefined)[]; kept: number } | undefined;
  for (const direction of [order, [...order].reverse()]) {
    for (let offset = 0; offset < offsets; offset++) {
      const row: (number | undefined)[] = seats.map(() => undefined);
      direction.forEach((member, at) => {
        row[(at + offset) % seats.length] = guests[member];
      });
      const kept = row.filter(
        (guest, at) => guest !== undefined && task.before(guest) === seats[at],
      );
      if (!best || kept.length > best.kept) best = { row, kept: kept.length };
    }
  }
  return best?.row ?? [];
}

function seatTable(task: TableTask, holds: (guest: number) => boolean, keepsAll: boolean) {
  const { guests, seats } = task;
  const stay = (guest: number) => task.before(guest) > 0;
  if (keepsAll || guests.some(holds) || guests.length > seats.length)
    return fillRow(task, keepsAll ? stay : holds);
  const row = orderRow(task);
  if (!guests.every(stay)) return row;
  const present = seats.map((seat) => guests.find((guest) => task.before(guest) === seat));
  return rowCost(task, present) <= rowCost(task, row) ? present : row;
}

/**
 * Gives every guest a chair at the table of the plan: the order round each table at the least cost
 * of neighbours (`orderSeats`). Locked guests keep their chairs.
 *
 * @param tables table of every guest, -1 = none
 * @param keepsAll whoever stays at a table keeps the chair too; newcomers take what is free
 */
export function placeSeats(index: PlanIndex, tables: Int32Array, keepsAll: boolean): PlannedSeat[] {
  const { plan } = index.facts;
  const costs = neighbours(index);
  const planned: PlannedSeat[] = [];
  const numbers: number[][] = plan.tables.map(() => []);
  for (const { tableId, number } of plan.seats)
    numbers[index.tableAt.get(tableId) ?? -1]?.push(number);
  const seated: number[][] = plan.tables.map(() => []);
  tables.forEach((table, guest) => {
    seated[table]?.push(guest);
  });
  plan.tables.forEach((table, at) => {
    const seats = (numbers[at] ?? []).sort((a, b) => a - b);
    const guests = seated[at] ?? [];
    const before = (guest: number) =>
      index.tableOf[guest] === at ? (index.seatOf[guest]?.seatNumber ?? 0) : 0;
    const holds = (guest: number) =>
      before(guest) > 0 && (table.isLocked || index.seatOf[guest]?.isLocked === true);
    const task: TableTask = { guests, seats, shape: seatShape(table), before, costs };
    seatTable(task, holds, keepsAll).forEach((guest, seat) => {
      const [person, seatNumber] = [plan.guests[guest ?? -1], seats[seat]];
      if (person && seatNumber !== undefined)
        planned.push({ guestId: person.id, tableId: table.id, seatNumber });
    });
  });
  return planned;
}
