import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatingPlan } from '@wedsync/contracts/seating';
import type { SeatingMove } from '@wedsync/contracts/seating-runs';
import type { PlannedSeat } from './check-plan.ts';
import { diffPlans, guestNames } from './diff-plans.ts';

/** A seat as a version keeps it: the label finds the table again where it was made anew. */
export interface SavedSeat {
  guestId: GuestId;
  tableId: SeatingTableId;
  tableLabel: string;
  seatNumber: number;
}

export interface FittedVersion {
  /** Everybody's place afterwards. */
  seats: PlannedSeat[];
  moves: SeatingMove[];
  /** What of the version cannot be brought back, and why. */
  dropped: (SeatingMove & { reason: string })[];
  /** Guests who are seated now and lose their seat. */
  unseat: GuestId[];
}

const keyOf = ({ tableId, seatNumber }: { tableId: SeatingTableId; seatNumber: number }) =>
  `${tableId} ${seatNumber}`;

/** Where each saved seat is in the plan as it is now, or why it is not. */
function locate(plan: SeatingPlan, saved: readonly SavedSeat[]) {
  const byId = new Map(plan.tables.map((table) => [table.id, table]));
  const byLabel = new Map(plan.tables.map((table) => [table.label.toLowerCase(), table]));
  const seats = new Set(plan.seats.map(({ tableId, number }) => `${tableId} ${number}`));
  const invited = new Set(plan.guests.map(({ id }) => id));
  return saved.map((seat) => {
    const table = byId.get(seat.tableId) ?? byLabel.get(seat.tableLabel.toLowerCase());
    const place = table && { tableId: table.id, seatNumber: seat.seatNumber };
    let reason: string | undefined;
    if (!invited.has(seat.guestId)) reason = 'This guest is not invited any more.';
    else if (!place) reason = `Table ${seat.tableLabel} was removed since.`;
    else if (!seats.has(keyOf(place))) reason = `Table ${table.label} has fewer seats now.`;
    return { seat, table, place, reason };
  });
}

/**
 * What bringing a saved plan back would do to the plan as it is. Locked guests and locked tables stay
 * as they are, and whoever was to sit where they sit is named as dropped.
 */
export function fitVersion(plan: SeatingPlan, saved: readonly SavedSeat[]): FittedVersion {
  const lockedTables = new Set(plan.tables.flatMap(({ id, isLocked }) => (isLocked ? [id] : [])));
  const held = plan.assignments.filter((a) => a.isLocked || lockedTables.has(a.tableId));
  const heldGuests = new Set(held.map(({ guestId }) => guestId));
  const now = new Map(plan.assignments.map((seat) => [seat.guestId, seat]));
  const taken = new Set(held.map(keyOf));
  const seats: PlannedSeat[] = held.map(({ guestId, tableId, seatNumber }) => ({
    guestId,
    tableId,
    seatNumber,
  }));
  const dropped: FittedVersion['dropped'] = [];
  const names = guestNames(plan);
  for (const { seat, table, place, reason } of locate(plan, saved)) {
    const { guestId, seatNumber } = seat;
    const present = now.get(guestId);
    const isThere = place && present && keyOf(present) === keyOf(place);
    if (heldGuests.has(guestId) && isThere) continue;
    let why = reason;
    if (heldGuests.has(guestId)) why = 'The guest or the table is locked.';
    else if (!why && place && lockedTables.has(place.tableId)) why = 'The table is locked.';
    else if (!why && place && taken.has(keyOf(place))) why = 'Somebody who is locked sits there.';
    if (why || !place) {
      const to = {
        tableId: table?.id ?? seat.tableId,
        tableLabel: table?.label ?? seat.tableLabel,
        seatNumber,
      };
      const from = present && {
        tableId: present.tableId,
        tableLabel: plan.tables.find(({ id }) => id === present.tableId)?.label ?? '',
        seatNumber: present.seatNumber,
      };
      const name = names.get(guestId) ?? 'A guest';
      dropped.push({ guestId, name, from: from ?? null, to, reason: why ?? '' });
      continue;
    }
    taken.add(keyOf(place));
    seats.push({ guestId, ...place });
  }
  const seated = new Set(seats.map(({ guestId }) => guestId));
  return {
    seats,
    moves: diffPlans(plan, plan.assignments, seats),
    dropped,
    unseat: plan.assignments.flatMap(({ guestId }) => (seated.has(guestId) ? [] : [guestId])),
  };
}
