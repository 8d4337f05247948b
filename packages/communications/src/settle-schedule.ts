import type { HeldReason } from '@wedsync/contracts/communications';
import type { MessageId, WeddingId } from '@wedsync/contracts/ids';
import { messages } from '@wedsync/db/schema/communications';
import type { ServiceContext } from '@wedsync/service/context';
import type { WriteScope } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { scheduledMoment, startsUntil } from './model/schedule-times.ts';
import { moveMessage } from './move-message.ts';
import { loadWeddingDates } from './queries/wedding-dates.ts';
import { lockMessage, type MessageRow } from './rows.ts';

/** What became of a scheduled message when the worker looked at it. */
export type Settlement = 'started' | 'held' | 'moved' | 'waiting';

async function hold(
  ctx: ServiceContext,
  scope: WriteScope,
  { current, heldReason }: { current: MessageRow; heldReason: HeldReason },
): Promise<Settlement> {
  const set = { heldReason };
  const { entry } = await moveMessage(ctx, scope, { current, move: 'hold', set });
  await scope.audit(entry);
  return 'held';
}

async function moveTo(scope: WriteScope, current: MessageRow, sendAt: Date): Promise<Settlement> {
  const { weddingId, id } = current;
  await scope.tx
    .update(messages)
    .set({ sendAt })
    .where(and(eq(messages.weddingId, weddingId), eq(messages.id, id)));
  await scope.audit({
    action: 'communications.reschedule-message',
    entity: 'message',
    entityId: id,
    before: { sendAt: current.sendAt },
    after: { sendAt },
  });
  await scope.change({ entity: 'message', entityId: id, kind: 'updated' });
  return 'moved';
}

/**
 * Brings a scheduled message to where it belongs: works its moment out again from the wedding's dates
 * as they are now, and starts it if that moment has come. The message's row is locked meanwhile, so
 * that of two workers one starts it, and state and job are written together, so that a killed one
 * leaves either both or none.
 *
 * Held, until a person releases it, is a message that comes too late (the worker stood still, or a
 * date was moved so that its moment is in the past) and one whose date is gone.
 */
export async function settleSchedule(
  ctx: ServiceContext,
  scope: WriteScope,
  { weddingId, messageId }: { weddingId: WeddingId; messageId: MessageId },
): Promise<Settlement> {
  const current = await lockMessage(scope.tx, ctx, messageId);
  const { state, schedule, sendAt: planned } = current;
  if (state !== 'scheduled' || !schedule || !planned) return 'waiting';
  const now = ctx.clock.now();
  const dates = await loadWeddingDates(scope.tx, weddingId);
  const sendAt = scheduledMoment(schedule, dates);
  if (!sendAt) return hold(ctx, scope, { current, heldReason: 'no_anchor' });
  if (sendAt.getTime() !== planned.getTime()) {
    if (sendAt <= now) return hold(ctx, scope, { current, heldReason: 'too_late' });
    return moveTo(scope, current, sendAt);
  }
  if (sendAt > now) return 'waiting';
  if (now > startsUntil({ sendAt, notAfter: current.notAfter })) {
    return hold(ctx, scope, { current, heldReason: 'too_late' });
  }
  const { entry } = await moveMessage(ctx, scope, { current, move: 'start' });
  await scope.audit(entry);
  return 'started';
}
