import { sendShardJob, sendSingleJob } from '@wedsync/contracts/communications-jobs';
import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import type { MessageId, WeddingId } from '@wedsync/contracts/ids';
import type { WriteScope } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { ShardRef } from './claim-batch.ts';
import type { MessageRow } from './rows.ts';

type Lane = Pick<MessageRow, 'lane'>;
export type DueShard = { channel: MessageChannel; shard: number };

/** The job of a shard in the lane of its message, once per `occasion`. */
export function enqueueShardJob(
  { enqueue }: Pick<WriteScope, 'enqueue'>,
  { lane }: Lane,
  { ref, occasion, runAt }: { ref: ShardRef; occasion: string | number; runAt?: Date | undefined },
) {
  const job = lane === 'single' ? sendSingleJob : sendShardJob;
  const dedupeKey = `${job.name}/${ref.messageId}/${ref.channel}/${ref.shard}/${occasion}`;
  return enqueue(job, { v: 1, ...ref }, { dedupeKey, ...(runAt ? { runAt } : {}) });
}

/** Shards with something due and nobody at work, where `isIdle`; else all with something due. */
export async function dueShards(
  tx: WriteScope['tx'],
  { weddingId, messageId, isIdle }: { weddingId: WeddingId; messageId: MessageId; isIdle: boolean },
): Promise<DueShard[]> {
  const rows = await tx.execute<DueShard>(sql`
    select c.channel, c.shard from wedding.delivery_counts c
    where c.wedding_id = ${weddingId} and c.message_id = ${messageId}
    group by c.channel, c.shard
    having sum(c.n) filter (where c.state = 'ready') > 0
      and (not ${isIdle} or coalesce(sum(c.n) filter (where c.state = 'claimed'), 0) = 0)
      and exists (
        select from wedding.deliveries d
        where d.wedding_id = ${weddingId} and d.message_id = ${messageId} and d.shard = c.shard
          and d.channel = c.channel and d.state = 'ready' and d.next_attempt_at <= now())
    order by c.channel, c.shard`);
  return [...rows];
}

/**
 * Starts one job per shard that has something due. The message's version is part of the key: a
 * resumed message gets new jobs although those of before the pause may not have ended yet.
 * @param runAt where the caller sends at once and the jobs are for when it ends in between
 * @returns the shards that are due
 */
export async function enqueueShards(
  scope: Pick<WriteScope, 'tx' | 'enqueue'>,
  message: Pick<MessageRow, 'weddingId' | 'id' | 'version' | 'lane'>,
  { runAt }: { runAt?: Date | undefined } = {},
): Promise<DueShard[]> {
  const { weddingId, id: messageId, version, lane } = message;
  const shards = await dueShards(scope.tx, { weddingId, messageId, isIdle: false });
  const jobs = shards.map((shard) => {
    const ref = { weddingId, messageId, ...shard };
    return enqueueShardJob(scope, { lane }, { ref, occasion: version, runAt });
  });
  await Promise.all(jobs);
  return shards;
}
