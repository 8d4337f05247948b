import type { GuestId } from '@wedsync/contracts/ids';
import { guestName } from '../guests/words.ts';
import type { Placement } from './plan-guesses.ts';
import type { PlanIndex, TableView } from './plan-model.ts';
import type { SeatTarget } from './plan-store.ts';

/** What putting guests somewhere comes down to. */
export type PlacePlan =
  | { kind: 'seat'; placements: Placement[] }
  | { kind: 'swap'; guestIds: [GuestId, GuestId] }
  /** It cannot be: why, and what to do. */
  | { kind: 'refused'; title: string; detail: string }
  | { kind: 'nothing' };

const refused = (title: string, detail: string): PlacePlan => ({ kind: 'refused', title, detail });

/** Whether `view` takes `guestIds`, and why not. Guests who sit there already need no new seat. */
function refusalOf(
  view: TableView,
  guestIds: readonly GuestId[],
  index: PlanIndex,
): PlacePlan | null {
  const label = view.table.label;
  if (view.table.isLocked) {
    return refused(`Table ${label} is locked`, 'Unlock the table to change who sits at it.');
  }
  const locked = guestIds.find((id) => index.assignments.get(id)?.isLocked);
  if (locked) {
    const guest = index.guests.get(locked);
    return refused(
      `${guest ? guestName(guest) : 'The guest'} is locked`,
      'Unlock the seat first, then move the guest.',
    );
  }
  return null;
}

/** Seat numbers that are free for `guestIds`, in the order in which they are taken from `from` on. */
function freeNumbers(view: TableView, guestIds: ReadonlySet<GuestId>, from: number): number[] {
  const free = view.seats
    .filter(({ assignment }) => !assignment || guestIds.has(assignment.guestId))
    .map(({ seat }) => seat.number);
  return [...free.filter((number) => number >= from), ...free.filter((number) => number < from)];
}

/**
 * Works out what happens when `guestIds` are put on a table or seat:
 * on a table they take the lowest free seats (the server chooses, so that two planners do not
 * collide), on a free seat the first takes it and the others sit down beside, clockwise; one guest
 * on a taken seat changes places with whoever sits there.
 */
export function planPlacing(
  index: PlanIndex,
  guestIds: readonly GuestId[],
  target: SeatTarget,
): PlacePlan {
  const view = index.tables.get(target.tableId);
  const [first] = guestIds;
  if (!view || !first) return { kind: 'nothing' };
  const refusal = refusalOf(view, guestIds, index);
  if (refusal) return refusal;
  const chosen = new Set(guestIds);
  const seat = view.seats.find((one) => one.seat.number === target.seatNumber);
  const sitting = seat?.assignment;
  if (sitting && guestIds.length === 1) {
    if (sitting.guestId === first) return { kind: 'nothing' };
    if (sitting.isLocked) {
      return refused(
        `${seat.guest ? guestName(seat.guest) : 'Whoever sits there'} is locked`,
        'Choose another seat, or unlock this one.',
      );
    }
    return { kind: 'swap', guestIds: [first, sitting.guestId] };
  }
  const here = guestIds.filter((id) => index.assignments.get(id)?.tableId === target.tableId);
  if (target.seatNumber === undefined && here.length === guestIds.length)
    return { kind: 'nothing' };
  const free = freeNumbers(view, chosen, target.seatNumber ?? 1);
  if (free.length < guestIds.length) {
    const count = free.length;
    return refused(
      `Table ${view.table.label} has ${count === 0 ? 'no free seat' : count === 1 ? 'one free seat' : `${count} free seats`}`,
      guestIds.length === 1
        ? 'Choose another table, or put the guest on a taken seat to change places.'
        : `${guestIds.length} guests were to sit there. Nobody was moved.`,
    );
  }
  const placements = guestIds.map((guestId, at): Placement => {
    if (target.seatNumber === undefined) return { guestId, tableId: target.tableId };
    return { guestId, tableId: target.tableId, seatNumber: free[at] };
  });
  return { kind: 'seat', placements };
}
