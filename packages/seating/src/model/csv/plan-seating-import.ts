import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatAssignment, SeatingPlan } from '@wedsync/contracts/seating';
import type { SeatingMove } from '@wedsync/contracts/seating-runs';
import {
  fullName,
  matchSeatingRows,
  type RowProblem,
  type SeatingWish,
} from './match-seating-rows.ts';
import type { SeatingRow } from './read-seating-csv.ts';

export interface SeatingImportPlan {
  moves: SeatingMove[];
  problems: RowProblem[];
}

type Place = { tableId: SeatingTableId; seatNumber: number };
const keyOf = ({ tableId, seatNumber }: Place) => `${tableId} ${seatNumber}`;

interface Hall {
  plan: SeatingPlan;
  present: ReadonlyMap<GuestId, SeatAssignment>;
  labels: ReadonlyMap<SeatingTableId, string>;
  names: ReadonlyMap<GuestId, string>;
  lockedTables: ReadonlySet<SeatingTableId>;
}

function hallOf(plan: SeatingPlan): Hall {
  return {
    plan,
    present: new Map(plan.assignments.map((seat) => [seat.guestId, seat])),
    labels: new Map(plan.tables.map(({ id, label }) => [id, label])),
    names: new Map(plan.guests.map((guest) => [guest.id, fullName(guest) || 'A companion'])),
    lockedTables: new Set(plan.tables.filter(({ isLocked }) => isLocked).map(({ id }) => id)),
  };
}

/** True where the plan fulfils the wish already. */
function isFulfilled({ present }: Hall, { guestId, tableId, seatNumber }: SeatingWish): boolean {
  const now = present.get(guestId);
  if (!now || tableId === null) return !now && tableId === null;
  return now.tableId === tableId && (seatNumber === null || now.seatNumber === seatNumber);
}

/** A lock that forbids the move, in words. */
function lockInTheWay(hall: Hall, { guestId, tableId }: SeatingWish): string | undefined {
  const now = hall.present.get(guestId);
  const name = hall.names.get(guestId) ?? '';
  if (now?.isLocked)
    return `${name} is locked at table ${hall.labels.get(now.tableId)}. Unlock the guest first.`;
  const locked = [now?.tableId, tableId].find((id) => id && hall.lockedTables.has(id));
  return locked ? `Table ${hall.labels.get(locked)} is locked. Unlock it first.` : undefined;
}

type Attempt = { places: Map<GuestId, Place> } | { refused: SeatingWish; message: string };

/** Gives everybody who moves a seat: who names one first, then the lowest free ones. */
function tryPlaces(hall: Hall, moving: readonly SeatingWish[]): Attempt {
  const { plan, labels, names } = hall;
  const movers = new Set(moving.map(({ guestId }) => guestId));
  const taken = new Map<string, GuestId>();
  for (const seat of plan.assignments) {
    if (!movers.has(seat.guestId)) taken.set(keyOf(seat), seat.guestId);
  }
  const places = new Map<GuestId, Place>();
  const inOrder = moving.toSorted(
    (one, other) => Number(one.seatNumber === null) - Number(other.seatNumber === null),
  );
  for (const wish of inOrder) {
    const { guestId, tableId, seatNumber } = wish;
    if (tableId === null) continue;
    const label = labels.get(tableId);
    const numbers = plan.seats
      .filter((seat) => seat.tableId === tableId)
      .map(({ number }) => number);
    const free = numbers
      .sort((a, b) => a - b)
      .find((number) => !taken.has(keyOf({ tableId, seatNumber: number })));
    const wanted = seatNumber ?? free;
    if (wanted === undefined) return { refused: wish, message: `Table ${label} is full.` };
    const place = { tableId, seatNumber: wanted };
    const holder = taken.get(keyOf(place));
    if (holder) {
      const who = names.get(holder) ?? 'somebody else';
      return { refused: wish, message: `Seat ${wanted} of table ${label} is ${who}’s.` };
    }
    taken.set(keyOf(place), guestId);
    places.set(guestId, place);
  }
  return { places };
}

/** A row that cannot be fulfilled leaves its guest where they are, which may stand in others' way. */
function placeAll(hall: Hall, wishes: readonly SeatingWish[], problems: RowProblem[]) {
  let moving = [...wishes];
  for (;;) {
    const attempt = tryPlaces(hall, moving);
    if ('places' in attempt) return { moving, places: attempt.places };
    const { refused, message } = attempt;
    problems.push({ line: refused.line, message });
    moving = moving.filter((wish) => wish !== refused);
  }
}

/**
 * What importing the rows would do: who moves where, and which rows cannot be fulfilled and why.
 * Guests whom the file does not name stay; a guest without a table in the file loses the seat.
 */
export function planSeatingImport(
  plan: SeatingPlan,
  rows: readonly SeatingRow[],
): SeatingImportPlan {
  const hall = hallOf(plan);
  const { wishes, problems } = matchSeatingRows(plan, rows);
  const allowed = wishes.filter((wish) => {
    if (isFulfilled(hall, wish)) return false;
    const message = lockInTheWay(hall, wish);
    if (message) problems.push({ line: wish.line, message });
    return !message;
  });
  const { moving, places } = placeAll(hall, allowed, problems);
  const atTable = (place: Place | undefined) =>
    place
      ? {
          tableId: place.tableId,
          tableLabel: hall.labels.get(place.tableId) ?? '',
          seatNumber: place.seatNumber,
        }
      : null;
  const moves = moving.map(({ guestId }) => ({
    guestId,
    name: hall.names.get(guestId) ?? '',
    from: atTable(hall.present.get(guestId)),
    to: atTable(places.get(guestId)),
  }));
  return { moves, problems: problems.toSorted((one, other) => one.line - other.line) };
}
