import type { MessageState } from '@wedsync/contracts/communications';
import { expandMessageJob, expandSingleJob } from '@wedsync/contracts/communications-jobs';
import { deliveries, messages } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import type { AuditEntry, WriteScope } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { enqueueShards } from './enqueue-shards.ts';
import { type MessageMove, nextState } from './model/message-states.ts';
import type { MessageRow } from './rows.ts';

/** Columns that a move sets besides the state. */
type MoveFields = Partial<Pick<MessageRow, 'schedule' | 'sendAt' | 'notAfter' | 'heldReason'>>;

/** What a move brings with it, once the message stands in its new state. */
async function followUp(ctx: ServiceContext, scope: WriteScope, row: MessageRow): Promise<void> {
  const { weddingId, id: messageId, state, lane } = row;
  if (state === 'queued') {
    const job = lane === 'single' ? expandSingleJob : expandMessageJob;
    await scope.enqueue(
      job,
      { v: 1, weddingId, messageId },
      { dedupeKey: `${job.name}/${messageId}` },
    );
  }
  if (state === 'sending') await enqueueShards(scope, row);
  if (state === 'cancelled') {
    await scope.tx
      .update(deliveries)
      .set({ state: 'cancelled', updatedAt: ctx.clock.now() })
      .where(
        and(
          eq(deliveries.weddingId, weddingId),
          eq(deliveries.messageId, messageId),
          eq(deliveries.state, 'ready'),
        ),
      );
  }
}

const momentsOf = (state: MessageState, now: Date) => ({
  ...(state === 'queued' ? { queuedAt: now } : {}),
  ...(state === 'cancelled' ? { finishedAt: now } : {}),
});

/**
 * Takes a locked message where a move leads, with the jobs and the change feed that go with it.
 * @returns the message as it stands then, and the line that the verb owes the history
 * @throws DomainError `precondition` `communications.wrong-state`
 */
export async function moveMessage(
  ctx: ServiceContext,
  scope: WriteScope,
  { current, move, set = {} }: { current: MessageRow; move: MessageMove; set?: MoveFields },
): Promise<{ row: MessageRow; entry: AuditEntry }> {
  const state = nextState(move, current.state, current.expandedAt !== null);
  const [row] = await scope.tx
    .update(messages)
    .set({ state, heldReason: null, ...momentsOf(state, ctx.clock.now()), ...set })
    .where(and(eq(messages.weddingId, requireWedding(ctx)), eq(messages.id, current.id)))
    .returning();
  if (!row) throw notFound('message');
  await Promise.all([
    followUp(ctx, scope, row),
    scope.change({ entity: 'message', entityId: row.id, kind: 'updated' }),
  ]);
  const entry = {
    action: `communications.${move}-message`,
    entity: 'message',
    entityId: row.id,
    before: { state: current.state },
    after: { state, ...set },
  };
  return { row, entry };
}
