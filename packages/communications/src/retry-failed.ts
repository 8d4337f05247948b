import { RetryFailed } from '@wedsync/contracts/communications-control';
import { DomainError } from '@wedsync/contracts/errors';
import { deliveries, messages } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { type WriteScope, writeTx } from '@wedsync/service/transaction';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { answerOnce } from './answer-once.ts';
import { enqueueShards } from './enqueue-shards.ts';
import { lockMessage, type MessageRow } from './rows.ts';

const retriable: readonly MessageRow['state'][] = ['sending', 'paused', 'sent'];

/** A message that had ended goes on; what a person retries late is wanted late. */
async function reopen(
  ctx: ServiceContext,
  scope: WriteScope,
  current: MessageRow,
): Promise<MessageRow> {
  const { weddingId, id, notAfter } = current;
  const isOver = notAfter !== null && notAfter <= ctx.clock.now();
  if (current.state !== 'sent' && !isOver) return current;
  const [row] = await scope.tx
    .update(messages)
    .set({
      ...(current.state === 'sent' ? { state: 'sending' as const, finishedAt: null } : {}),
      ...(isOver ? { notAfter: null } : {}),
    })
    .where(and(eq(messages.weddingId, weddingId), eq(messages.id, id)))
    .returning();
  return row ?? current;
}

async function retry(
  ctx: ServiceContext,
  scope: WriteScope,
  id: MessageRow['id'],
): Promise<{ retried: number }> {
  const current = await lockMessage(scope.tx, ctx, id);
  if (!retriable.includes(current.state)) {
    throw new DomainError(
      'precondition',
      'communications.wrong-state',
      'Only a message that was sent, or is being sent, has failures to try again.',
      { state: current.state },
    );
  }
  // Reopened first: a message that is `sent` may have no open rows. Undone where nothing had failed.
  const row = await reopen(ctx, scope, current);
  const waiting = await scope.tx
    .update(deliveries)
    .set({
      state: 'ready',
      reason: null,
      code: null,
      attempts: 0,
      nextAttemptAt: sql`now()`,
      updatedAt: sql`now()`,
    })
    .where(
      and(
        eq(deliveries.weddingId, row.weddingId),
        eq(deliveries.messageId, id),
        eq(deliveries.state, 'failed'),
        isNotNull(deliveries.guestId),
      ),
    )
    .returning({ id: deliveries.id });
  if (waiting.length === 0) {
    throw new DomainError(
      'precondition',
      'communications.nothing-failed',
      'No delivery of this message has failed, so there is nothing to try again.',
    );
  }
  if (row.state === 'sending') await enqueueShards(scope, row);
  return { retried: waiting.length };
}

/**
 * Puts everything that failed back into the line, with all its attempts. What bounced is not touched:
 * such an address needs `fixAndResend`.
 * @throws DomainError `precondition` `communications.nothing-failed`, `communications.wrong-state`
 */
export async function retryFailed(
  ctx: ServiceContext,
  input: RetryFailed,
): Promise<{ retried: number }> {
  const { id, idempotencyKey } = parseInput(RetryFailed, input);
  requirePermission(ctx, 'communications.send');
  requireWedding(ctx);
  return writeTx(ctx, (scope) => {
    const work = async () => {
      const answer = await retry(ctx, scope, id);
      await scope.audit({
        action: 'communications.retry-failed',
        entity: 'message',
        entityId: id,
        after: answer,
      });
      await scope.change({ entity: 'message', entityId: id, kind: 'updated' });
      return answer;
    };
    return answerOnce(ctx, scope, {
      key: idempotencyKey,
      verb: 'retry-failed',
      input: { id },
      work,
    });
  });
}
