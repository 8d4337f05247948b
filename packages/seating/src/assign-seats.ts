import { DomainError } from '@wedsync/contracts/errors';
import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import { AssignSeats, type PlanChange, SwapSeats, UnassignSeats } from '@wedsync/contracts/seating';
import { uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { sql } from 'drizzle-orm';
import { placeGuests } from './place-guests.ts';
import { changePlan, lockLayout } from './write-plan.ts';

/**
 * Seats guests: at a table's lowest free seat, or on the seat that was asked for. Guests who sit
 * elsewhere are moved. All of it or nothing.
 * @throws DomainError `not-found`, `conflict` `seating.stale-plan`, `conflict`
 * `seating.placements-refused` with `details.conflicts: PlacementConflict[]`
 */
export async function assignSeats(ctx: ServiceContext, input: AssignSeats): Promise<PlanChange> {
  const { eventId, placements, revision } = parseInput(AssignSeats, input);
  return changePlan(ctx, (scope) =>
    placeGuests(ctx, scope, {
      eventId,
      placements,
      revision,
      by: 'manual',
      kind: 'assigned',
      action: 'seating.assign',
    }),
  );
}

/**
 * Two guests exchange their seats.
 * @throws DomainError `not-found`, `precondition` `seating.not-seated`, `conflict`
 * `seating.placements-refused` where a lock is in the way
 */
export async function swapSeats(ctx: ServiceContext, input: SwapSeats): Promise<PlanChange> {
  const { eventId, guestIds } = parseInput(SwapSeats, input);
  const weddingId = requireWedding(ctx);
  if (guestIds[0] === guestIds[1]) {
    throw new DomainError(
      'invalid',
      'seating.same-guest',
      'Two different guests are needed to change places. Choose the second one.',
    );
  }
  return changePlan(ctx, async (scope) => {
    await lockLayout(scope.tx, weddingId, sql`l.event_id = ${eventId}`);
    const seats = await scope.tx.execute<{
      guestId: GuestId;
      tableId: SeatingTableId;
      seatNumber: number;
    }>(sql`
      select a.guest_id as "guestId", s.table_id as "tableId", s.number as "seatNumber"
      from wedding.seating_assignments a
      join wedding.seating_seats s on s.wedding_id = ${weddingId} and s.id = a.seat_id
      where a.wedding_id = ${weddingId} and a.event_id = ${eventId}
        and a.guest_id = any(${uuidArray(guestIds)})`);
    const [one, other] = seats;
    if (!one || !other) throw notSeated();
    return placeGuests(ctx, scope, {
      eventId,
      placements: [
        { ...other, guestId: one.guestId },
        { ...one, guestId: other.guestId },
      ],
      by: 'manual',
      kind: 'swapped',
      action: 'seating.swap',
    });
  });
}

/** @returns the error for a wish about the seats of guests who have none */
export const notSeated = (): DomainError =>
  new DomainError(
    'precondition',
    'seating.not-seated',
    'Not all of these guests have a seat. Give them one first.',
  );

/**
 * Guests go back to the unseated; who has no seat is passed over.
 * @throws DomainError `not-found`, `conflict` `seating.placements-refused` where a lock is in the way
 */
export async function unassignSeats(
  ctx: ServiceContext,
  input: UnassignSeats,
): Promise<PlanChange> {
  const { eventId, guestIds } = parseInput(UnassignSeats, input);
  return changePlan(ctx, (scope) =>
    placeGuests(ctx, scope, {
      eventId,
      placements: [],
      unseat: guestIds,
      by: 'manual',
      kind: 'unassigned',
      action: 'seating.unassign',
    }),
  );
}
