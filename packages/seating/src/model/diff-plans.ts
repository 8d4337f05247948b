import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatingGuest, SeatingPlan } from '@wedsync/contracts/seating';
import type { SeatingMove } from '@wedsync/contracts/seating-runs';
import type { PlannedSeat } from './check-plan.ts';

/** As a planner calls somebody; a companion without a name is named after the host. */
export function guestName(guest: SeatingGuest | undefined, host?: SeatingGuest): string {
  const name = guest && `${guest.firstName} ${guest.lastName}`.trim();
  if (name) return name;
  return host ? `Guest of ${guestName(host)}` : 'A guest';
}

/** Names of all guests of a plan. */
export function guestNames({ guests }: Pick<SeatingPlan, 'guests'>): ReadonlyMap<GuestId, string> {
  const byId = new Map(guests.map((guest) => [guest.id, guest]));
  return new Map(
    guests.map((guest) => [
      guest.id,
      guestName(guest, guest.plusOneOf ? byId.get(guest.plusOneOf) : undefined),
    ]),
  );
}

type Place = NonNullable<SeatingMove['from']>;

/**
 * Who sits elsewhere in one plan than in the other, by name. Guests who are not invited to the event
 * any more are left out.
 *
 * @param before,after places of everybody who has one
 */
export function diffPlans(
  plan: Pick<SeatingPlan, 'guests' | 'tables'>,
  before: readonly PlannedSeat[],
  after: readonly PlannedSeat[],
): SeatingMove[] {
  const labels = new Map(plan.tables.map(({ id, label }) => [id, label]));
  const placeOf = ({
    tableId,
    seatNumber,
  }: {
    tableId: SeatingTableId;
    seatNumber: number;
  }): Place => ({
    tableId,
    tableLabel: labels.get(tableId) ?? '',
    seatNumber,
  });
  const [old, now] = [before, after].map(
    (seats) => new Map(seats.map((seat) => [seat.guestId, seat])),
  );
  const names = guestNames(plan);
  const moves = plan.guests.flatMap(({ id }): SeatingMove[] => {
    const [from, to] = [old?.get(id), now?.get(id)];
    if (from?.tableId === to?.tableId && from?.seatNumber === to?.seatNumber) return [];
    const name = names.get(id) ?? '';
    return [{ guestId: id, name, from: from ? placeOf(from) : null, to: to ? placeOf(to) : null }];
  });
  return moves.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
