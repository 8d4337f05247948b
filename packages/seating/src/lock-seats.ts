import { LockSeats, type PlanChange, type SeatAssignment } from '@wedsync/contracts/seating';
import { uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { sql } from 'drizzle-orm';
import { notSeated } from './assign-seats.ts';
import { changePlan, lockLayout, unchanged, writePlan } from './write-plan.ts';

/**
 * Locks guests to their seats, or unlocks them. A locked guest is moved by nobody and nothing.
 * @throws DomainError `not-found`, `precondition` `seating.not-seated` where one of them has no seat
 */
export async function lockSeats(ctx: ServiceContext, input: LockSeats): Promise<PlanChange> {
  const { eventId, guestIds, isLocked } = parseInput(LockSeats, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const { revision } = await lockLayout(scope.tx, weddingId, sql`l.event_id = ${eventId}`);
    const seated = await scope.tx.execute<SeatAssignment & Record<string, unknown>>(sql`
      select guest_id as "guestId", seat_id as "seatId", is_locked as "isLocked", placed_by as "placedBy"
      from wedding.seating_assignments
      where wedding_id = ${weddingId} and event_id = ${eventId}
        and guest_id = any(${uuidArray(guestIds)})
      order by guest_id`);
    if (seated.length < new Set(guestIds).size) throw notSeated();
    const changing = seated.filter((seat) => seat.isLocked !== isLocked);
    const kind = isLocked ? 'locked' : 'unlocked';
    if (changing.length === 0) return unchanged(ctx, scope.tx, { eventId, revision, kind });
    return writePlan(ctx, scope, {
      eventId,
      kind,
      action: 'seating.lock',
      parts: {
        guestIds: changing.slice(0, 3).map(({ guestId }) => guestId),
        guestCount: changing.length,
      },
      patch: { assignments: changing.map((seat) => ({ ...seat, isLocked })) },
    });
  });
}
