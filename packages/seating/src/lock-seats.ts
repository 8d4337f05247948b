import { LockSeats, type PlanChange } from '@wedsync/contracts/seating';
import { uuidArray } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { settleUndone } from './place-guests.ts';
import { changeAtOnce, ownChange } from './write-plan.ts';

/**
 * Locks guests to their seats, or unlocks them. A locked guest is moved by nobody and nothing.
 * @throws DomainError `not-found`, `precondition` `seating.not-seated` where one of them has no seat
 */
export async function lockSeats(ctx: ServiceContext, input: LockSeats): Promise<PlanChange> {
  const { eventId, guestIds, isLocked } = parseInput(LockSeats, input);
  const outcome = await changeAtOnce(ctx, {
    eventId,
    action: 'seating.lock',
    outcome: sql`wedding.lock_seating_guests(${eventId}, ${uuidArray(guestIds)}, ${isLocked})`,
  });
  if (outcome.status === 'done') return ownChange(outcome);
  const kind = isLocked ? 'locked' : 'unlocked';
  return readTx(ctx, (tx) => settleUndone(ctx, tx, { eventId, kind, outcome }));
}
