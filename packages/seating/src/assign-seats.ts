import { DomainError } from '@wedsync/contracts/errors';
import { AssignSeats, type PlanChange, SwapSeats, UnassignSeats } from '@wedsync/contracts/seating';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { placeAtOnce } from './place-guests.ts';

/**
 * Seats guests: at a table's lowest free seat, or on the seat that was asked for. Guests who sit
 * elsewhere are moved. All of it or nothing.
 * @throws DomainError `not-found`, `conflict` `seating.stale-plan`, `conflict`
 * `seating.placements-refused` with `details.conflicts: PlacementConflict[]`
 */
export async function assignSeats(ctx: ServiceContext, input: AssignSeats): Promise<PlanChange> {
  const { eventId, placements, revision } = parseInput(AssignSeats, input);
  return placeAtOnce(ctx, {
    eventId,
    placements,
    revision,
    by: 'manual',
    kind: 'assigned',
    action: 'seating.assign',
  });
}

/**
 * Two guests exchange their seats.
 * @throws DomainError `not-found`, `precondition` `seating.not-seated`, `conflict`
 * `seating.placements-refused` where a lock is in the way
 */
export async function swapSeats(ctx: ServiceContext, input: SwapSeats): Promise<PlanChange> {
  const { eventId, guestIds } = parseInput(SwapSeats, input);
  const [one, other] = guestIds;
  if (one === other) {
    throw new DomainError(
      'invalid',
      'seating.same-guest',
      'Two different guests are needed to change places. Choose the second one.',
    );
  }
  return placeAtOnce(ctx, {
    eventId,
    placements: [
      { guestId: one, seatOf: other },
      { guestId: other, seatOf: one },
    ],
    by: 'manual',
    kind: 'swapped',
    action: 'seating.swap',
  });
}

/**
 * Guests go back to the unseated; who has no seat is passed over.
 * @throws DomainError `not-found`, `conflict` `seating.placements-refused` where a lock is in the way
 */
export async function unassignSeats(
  ctx: ServiceContext,
  input: UnassignSeats,
): Promise<PlanChange> {
  const { eventId, guestIds } = parseInput(UnassignSeats, input);
  return placeAtOnce(ctx, {
    eventId,
    placements: [],
    unseat: guestIds,
    by: 'manual',
    kind: 'unassigned',
    action: 'seating.unassign',
  });
}
