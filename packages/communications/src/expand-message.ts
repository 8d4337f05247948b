import type { expandMessageJob } from '@wedsync/contracts/communications-jobs';
import type { JobPayload } from '@wedsync/contracts/job';
import { messages } from '@wedsync/db/schema/communications';
import type { ServiceContext } from '@wedsync/service/context';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq, sql } from 'drizzle-orm';
import type { ShardRef } from './claim-batch.ts';
import { enqueueShards } from './enqueue-shards.ts';
import { finishMessage } from './finish-message.ts';
import { lockMessage } from './rows.ts';

/** Deliveries per job: small enough to spread over workers, large enough to be few. */
const shardSize = 2_500;

/** Until the job of a shard starts whose sender has ended before it could send. */
const singleAfterMs = 10_000;

/**
 * Freezes the audience of a queued message into the ledger and starts its shards. Paused, cancelled
 * or expanded before: nothing happens, so it may run any number of times.
 * @returns shards that the caller should send at once: those of a message to single guests, for which
 * another turn in the queue would take longer than all the rest
 */
export async function expandMessage(
  ctx: ServiceContext,
  { weddingId, messageId }: Pick<JobPayload<typeof expandMessageJob>, 'weddingId' | 'messageId'>,
): Promise<ShardRef[]> {
  return writeTx(ctx, async (scope) => {
    const current = await lockMessage(scope.tx, ctx, messageId);
    if (current.state !== 'queued') return [];
    await scope.tx.execute(
      sql`select wedding.expand_message(${weddingId}, ${messageId}, ${shardSize})`,
    );
    const [row] = await scope.tx
      .update(messages)
      .set({ state: 'sending' })
      .where(and(eq(messages.weddingId, weddingId), eq(messages.id, messageId)))
      .returning();
    if (!row) return [];
    const isSingle = row.lane === 'single';
    const runAt = isSingle ? new Date(ctx.clock.now().getTime() + singleAfterMs) : undefined;
    const [shards] = await Promise.all([
      enqueueShards(scope, row, { runAt }),
      scope.audit({
        action: 'communications.expand-message',
        entity: 'message',
        entityId: messageId,
        after: { audienceCount: row.audienceCount },
      }),
    ]);
    if (shards.length === 0) await finishMessage(scope, row);
    await scope.change({ entity: 'message', entityId: messageId, kind: 'updated' });
    return isSingle ? shards.map((shard) => ({ weddingId, messageId, ...shard })) : [];
  });
}
