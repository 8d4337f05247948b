import type { GuestId, SeatingFixtureId, SeatingTableId } from '@wedsync/contracts/ids';
import type {
  FixtureInput,
  SeatAssignment,
  SeatingPlan,
  TableInput,
} from '@wedsync/contracts/seating';

/*
 * What a change will most likely do, shown until the server has answered. Each takes a plan and
 * gives the plan after it; a guess that no longer fits (its table is gone) leaves the plan alone.
 */

/** The plan as it will be; always computed anew over what others have done meanwhile. */
export type Guess = (plan: SeatingPlan) => SeatingPlan;

const without = (plan: SeatingPlan, guestIds: ReadonlySet<string>): SeatAssignment[] =>
  plan.assignments.filter(({ guestId }) => !guestIds.has(guestId));

/** A guest for a table, or for one seat of it. */
export interface Placement {
  guestId: GuestId;
  tableId: SeatingTableId;
  seatNumber?: number | undefined;
}

/** Guests to their seats; who names only a table gets its lowest free seat. */
export function guessPlacements(placements: readonly Placement[]): Guess {
  return (plan) => {
    const assignments = without(plan, new Set(placements.map(({ guestId }) => guestId)));
    const taken = new Set<string>(assignments.map(({ seatId }) => seatId));
    const before = new Map(plan.assignments.map((row) => [row.guestId, row]));
    // Seats that were asked for by number are not given away to those who take any.
    const ordered = [...placements].sort(
      (one, other) => Number(one.seatNumber === undefined) - Number(other.seatNumber === undefined),
    );
    for (const { guestId, tableId, seatNumber } of ordered) {
      const seat = plan.seats
        .filter((candidate) => candidate.tableId === tableId && !taken.has(candidate.id))
        .sort((one, other) => one.number - other.number)
        .find(({ number }) => seatNumber === undefined || number === seatNumber);
      const known = before.get(guestId);
      if (!seat) {
        if (known && !taken.has(known.seatId)) assignments.push(known);
        continue;
      }
      taken.add(seat.id);
      assignments.push({
        guestId,
        seatId: seat.id,
        tableId: seat.tableId,
        seatNumber: seat.number,
        isLocked: known?.isLocked ?? false,
        placedBy: 'manual',
      });
    }
    return { ...plan, assignments };
  };
}

/** Two guests change places; one of them may have none yet. */
export function guessSwap(one: GuestId, other: GuestId): Guess {
  return (plan) => {
    const seatOf = (guestId: GuestId) => plan.assignments.find((row) => row.guestId === guestId);
    const [mine, theirs] = [seatOf(one), seatOf(other)];
    const moved = (to: SeatAssignment | undefined, guestId: GuestId): SeatAssignment[] =>
      to ? [{ ...to, guestId, isLocked: false, placedBy: 'manual' }] : [];
    return {
      ...plan,
      assignments: [
        ...without(plan, new Set<string>([one, other])),
        ...moved(theirs, one),
        ...moved(mine, other),
      ],
    };
  };
}

/** Guests without a seat again. */
export function guessUnseated(guestIds: readonly GuestId[]): Guess {
  return (plan) => ({ ...plan, assignments: without(plan, new Set<string>(guestIds)) });
}

/** Guests who may be moved by nothing, or may be again. */
export function guessLocked(guestIds: readonly GuestId[], isLocked: boolean): Guess {
  const chosen = new Set(guestIds);
  return (plan) => ({
    ...plan,
    assignments: plan.assignments.map((row) =>
      chosen.has(row.guestId) ? { ...row, isLocked } : row,
    ),
  });
}

/** Where a thing stands. */
export interface Spot {
  xMm: number;
  yMm: number;
  rotation: number;
}

export interface Moves {
  tables: readonly (Spot & { tableId: SeatingTableId })[];
  fixtures: readonly (Spot & { fixtureId: SeatingFixtureId })[];
}

/** Tables and fixtures where they were put. */
export function guessMoved(moves: Moves): Guess {
  const tables = new Map(moves.tables.map(({ tableId, ...spot }) => [tableId, spot]));
  const fixtures = new Map(moves.fixtures.map(({ fixtureId, ...spot }) => [fixtureId, spot]));
  return (plan) => ({
    ...plan,
    tables: plan.tables.map((table) => {
      const spot = tables.get(table.id);
      return spot ? { ...table, ...spot } : table;
    }),
    fixtures: plan.fixtures.map((fixture) => {
      const spot = fixtures.get(fixture.id);
      return spot ? { ...fixture, ...spot } : fixture;
    }),
  });
}

/** Fields of the input that were given; `undefined` never replaces a value. */
function given<T extends object>(set: T): Partial<T> {
  const entries = Object.entries(set).filter(([, value]) => value !== undefined);
  const result: Partial<T> = {};
  Object.assign(result, Object.fromEntries(entries));
  return result;
}

/** A table with other words, features or measures; seats that go take their guests along. */
export function guessTable(tableId: SeatingTableId, set: Partial<TableInput>): Guess {
  return (plan) => {
    const { seatCount } = set;
    const isGone = (row: { tableId: string; number: number }) =>
      row.tableId === tableId && seatCount !== undefined && row.number > seatCount;
    return {
      ...plan,
      tables: plan.tables.map((table) =>
        table.id === tableId ? Object.assign({ ...table }, given(set)) : table,
      ),
      seats: plan.seats.filter((seat) => !isGone(seat)),
      assignments: plan.assignments.filter((row) => !isGone({ ...row, number: row.seatNumber })),
    };
  };
}

export function guessFixture(fixtureId: SeatingFixtureId, set: Partial<FixtureInput>): Guess {
  return (plan) => ({
    ...plan,
    fixtures: plan.fixtures.map((fixture) =>
      fixture.id === fixtureId ? Object.assign({ ...fixture }, given(set)) : fixture,
    ),
  });
}

/** Tables and fixtures that are taken out of the room; guests of the tables lose their seats. */
export function guessRemoved(ids: {
  tableIds?: readonly SeatingTableId[];
  fixtureIds?: readonly SeatingFixtureId[];
}): Guess {
  const tables = new Set(ids.tableIds);
  const fixtures = new Set(ids.fixtureIds);
  return (plan) => ({
    ...plan,
    tables: plan.tables.filter(({ id }) => !tables.has(id)),
    seats: plan.seats.filter(({ tableId }) => !tables.has(tableId)),
    assignments: plan.assignments.filter(({ tableId }) => !tables.has(tableId)),
    fixtures: plan.fixtures.filter(({ id }) => !fixtures.has(id)),
  });
}
