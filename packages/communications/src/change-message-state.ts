import { MessageAtVersion, type MessageSummary } from '@wedsync/contracts/communications';
import { expandMessageJob } from '@wedsync/contracts/communications-jobs';
import { deliveries, messages } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { type WriteScope, writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { enqueueShards } from './enqueue-shards.ts';
import { type MessageMove, nextState } from './model/message-states.ts';
import { checkWording } from './model/wording.ts';
import { countsOf } from './queries/counts.ts';
import { lockMessage, type MessageRow, toMessage, toSummary } from './rows.ts';

/** What a move brings with it, once the message stands in its new state. */
async function followUp(ctx: ServiceContext, scope: WriteScope, row: MessageRow): Promise<void> {
  const weddingId = requireWedding(ctx);
  if (row.state === 'queued') {
    const dedupeKey = `communications.expand-message/${row.id}`;
    await scope.enqueue(expandMessageJob, { v: 1, weddingId, messageId: row.id }, { dedupeKey });
  }
  if (row.state === 'sending') await enqueueShards(scope, row);
  if (row.state === 'cancelled') {
    await scope.tx
      .update(deliveries)
      .set({ state: 'cancelled', updatedAt: ctx.clock.now() })
      .where(
        and(
          eq(deliveries.weddingId, weddingId),
          eq(deliveries.messageId, row.id),
          eq(deliveries.state, 'ready'),
        ),
      );
  }
}

async function moveMessage(
  ctx: ServiceContext,
  move: MessageMove,
  input: MessageAtVersion,
): Promise<MessageSummary> {
  const { id, version } = parseInput(MessageAtVersion, input);
  requirePermission(ctx, 'communications.send');
  return writeTx(ctx, async (scope) => {
    const current = await lockMessage(scope.tx, ctx, id);
    const state = nextState(move, current.state, current.expandedAt !== null);
    // Only a draft can have changed under the sender's eyes; later versions are counted by progress.
    if (move === 'send') {
      if (current.version !== version) throw staleVersion(toMessage(current, null, []), 'message');
      checkWording(current);
    }
    const now = ctx.clock.now();
    const [row] = await scope.tx
      .update(messages)
      .set({
        state,
        ...(move === 'send' ? { queuedAt: now } : {}),
        ...(move === 'cancel' ? { finishedAt: now } : {}),
      })
      .where(and(eq(messages.weddingId, requireWedding(ctx)), eq(messages.id, id)))
      .returning();
    if (!row) throw notFound('message');
    await followUp(ctx, scope, row);
    await scope.audit({
      action: `communications.${move}-message`,
      entity: 'message',
      entityId: id,
      before: { state: current.state },
      after: { state },
    });
    await scope.change({ entity: 'message', entityId: id, kind: 'updated' });
    return toSummary(row, await countsOf(scope.tx, row));
  });
}

/**
 * Sends a draft: its audience is frozen and the e-mails leave in the background.
 * @throws DomainError `precondition` `communications.wrong-state` when it was sent before
 * @throws DomainError `conflict` `service.stale-version` when somebody changed the draft meanwhile
 */
export const sendMessage = (ctx: ServiceContext, input: MessageAtVersion) =>
  moveMessage(ctx, 'send', input);

/** Stops after the e-mails that are under way; the rest waits for `resumeMessage`. */
export const pauseMessage = (ctx: ServiceContext, input: MessageAtVersion) =>
  moveMessage(ctx, 'pause', input);

/** Goes on where `pauseMessage` stopped. */
export const resumeMessage = (ctx: ServiceContext, input: MessageAtVersion) =>
  moveMessage(ctx, 'resume', input);

/** Stops for good: what has not left never will. */
export const cancelMessage = (ctx: ServiceContext, input: MessageAtVersion) =>
  moveMessage(ctx, 'cancel', input);
