import type { GuestId, HouseholdId, SeatId, SeatingTableId } from '@wedsync/contracts/ids';
import type {
  PlanChange,
  Seat,
  SeatAssignment,
  SeatingFixture,
  SeatingGuest,
  SeatingPlan,
  SeatingTable,
} from '@wedsync/contracts/seating';

/** A seat with whoever sits on it. */
export interface SeatView {
  seat: Seat;
  guest: SeatingGuest | null;
  assignment: SeatAssignment | null;
}

/** A table with its seats by number; the same object as before while nothing of it changed. */
export interface TableView {
  table: SeatingTable;
  seats: readonly SeatView[];
  seatedCount: number;
}

/** The plan, prepared for looking things up. */
export interface PlanIndex {
  tables: ReadonlyMap<SeatingTableId, TableView>;
  /** By label, "2" before "10". */
  tableList: readonly TableView[];
  fixtures: ReadonlyMap<string, SeatingFixture>;
  guests: ReadonlyMap<GuestId, SeatingGuest>;
  assignments: ReadonlyMap<GuestId, SeatAssignment>;
  households: ReadonlyMap<HouseholdId, readonly SeatingGuest[]>;
  /** Invited, not declined, without a seat; households stay together, by their name. */
  unseated: readonly SeatingGuest[];
  seatCount: number;
}

const byLabel = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

const isSame = (one: TableView, other: TableView) =>
  one.table === other.table &&
  one.seats.length === other.seats.length &&
  one.seats.every((seat, index) => {
    const twin = other.seats[index];
    return (
      twin !== undefined &&
      seat.seat.id === twin.seat.id &&
      seat.guest === twin.guest &&
      seat.assignment === twin.assignment
    );
  });

function viewsOf(
  plan: SeatingPlan,
  guests: ReadonlyMap<GuestId, SeatingGuest>,
  before?: PlanIndex,
): TableView[] {
  const seatsOf = groupBy(plan.seats, ({ tableId }) => tableId);
  const assignmentAt = new Map<SeatId, SeatAssignment>(
    plan.assignments.map((assignment) => [assignment.seatId, assignment]),
  );
  return plan.tables.map((table) => {
    const seats = (seatsOf.get(table.id) ?? [])
      .sort((one, other) => one.number - other.number)
      .map((seat): SeatView => {
        const assignment = assignmentAt.get(seat.id) ?? null;
        return { seat, assignment, guest: (assignment && guests.get(assignment.guestId)) ?? null };
      });
    const seatedCount = seats.filter(({ assignment }) => assignment !== null).length;
    const view: TableView = { table, seats, seatedCount };
    const known = before?.tables.get(table.id);
    return known && isSame(known, view) ? known : view;
  });
}

/**
 * Prepares a plan for looking things up, in one pass over it.
 * @param before the index of the plan before: tables in which nothing changed stay the same objects
 */
export function indexPlan(plan: SeatingPlan, before?: PlanIndex): PlanIndex {
  const guests = new Map(plan.guests.map((guest) => [guest.id, guest]));
  const assignments = new Map(
    plan.assignments.map((assignment) => [assignment.guestId, assignment]),
  );
  const views = viewsOf(plan, guests, before);
  return {
    tables: new Map(views.map((view) => [view.table.id, view])),
    tableList: [...views].sort((one, other) => byLabel.compare(one.table.label, other.table.label)),
    fixtures: new Map(plan.fixtures.map((fixture) => [fixture.id, fixture])),
    guests,
    assignments,
    households: groupBy(plan.guests, ({ householdId }) => householdId),
    unseated: plan.guests
      .filter(({ id, answer }) => answer !== 'no' && !assignments.has(id))
      .sort(
        (one, other) =>
          byLabel.compare(one.householdName, other.householdName) ||
          one.householdId.localeCompare(other.householdId),
      ),
    seatCount: plan.seats.length,
  };
}

function replaced<T, K>(
  rows: readonly T[],
  keyOf: (row: T) => K,
  change: { rows?: readonly T[] | undefined; gone?: readonly K[] | undefined },
): T[] {
  if (!change.rows?.length && !change.gone?.length) return [...rows];
  const gone = new Set(change.gone);
  const fresh = new Map((change.rows ?? []).map((row) => [keyOf(row), row]));
  const kept = rows
    .filter((row) => !gone.has(keyOf(row)))
    .map((row) => {
      const next = fresh.get(keyOf(row));
      fresh.delete(keyOf(row));
      return next ?? row;
    });
  return [...kept, ...fresh.values()];
}

/**
 * The plan after one change. `change.revision` must be the plan's own plus one; the plan itself is
 * left as it was, and everything that the change does not name keeps its identity.
 */
export function mergeChange(plan: SeatingPlan, change: PlanChange): SeatingPlan {
  const removed = new Set(change.removedTableIds);
  const reseated = new Set((change.seats ?? []).map(({ tableId }) => tableId));
  const seats = [
    ...plan.seats.filter(({ tableId }) => !removed.has(tableId) && !reseated.has(tableId)),
    ...(change.seats ?? []),
  ];
  const assignments = replaced(plan.assignments, ({ guestId }) => guestId, {
    rows: change.assignments,
    gone: change.unseatedGuestIds,
  }).filter(({ tableId }) => !removed.has(tableId));
  return {
    ...plan,
    layout: { ...(change.layout ?? plan.layout), revision: change.revision },
    tables: replaced(plan.tables, ({ id }) => id, {
      rows: change.tables,
      gone: change.removedTableIds,
    }),
    fixtures: replaced(plan.fixtures, ({ id }) => id, {
      rows: change.fixtures,
      gone: change.removedFixtureIds,
    }),
    seats,
    assignments,
    canUndo: change.canUndo,
    canRedo: change.canRedo,
  };
}
