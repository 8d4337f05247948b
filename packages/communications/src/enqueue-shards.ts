import { sendShardJob } from '@wedsync/contracts/communications-jobs';
import type { WriteScope } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MessageRow } from './rows.ts';

/**
 * Starts one job per shard that has something due. The message's version is part of the key: a
 * resumed message gets new jobs although those of before the pause may not have ended yet.
 * @returns how many shards are due
 */
export async function enqueueShards(
  { tx, enqueue }: Pick<WriteScope, 'tx' | 'enqueue'>,
  { weddingId, id: messageId, version }: Pick<MessageRow, 'weddingId' | 'id' | 'version'>,
): Promise<number> {
  const shards = await tx.execute<{ shard: number }>(sql`
    select distinct shard from wedding.deliveries
    where wedding_id = ${weddingId} and message_id = ${messageId}
      and state = 'ready' and next_attempt_at <= now()
    order by shard`);
  for (const { shard } of shards) {
    const dedupeKey = `communications.send-shard/${messageId}/${shard}/${version}`;
    await enqueue(sendShardJob, { v: 1, weddingId, messageId, shard }, { dedupeKey });
  }
  return shards.length;
}
