import { createHash } from 'node:crypto';
import type { SuppressionChannel } from '@wedsync/contracts/communications-feedback';
import type { Tx } from '@wedsync/db/client';
import { bytesParameter, jsonParameter } from '@wedsync/db/sql-values';
import { sql } from 'drizzle-orm';

/** One call of a provider: `id` is its `webhook-id`, the same when the call is repeated. */
export interface WebhookCall {
  channel: SuppressionChannel;
  provider: string;
  id: string;
}

/**
 * Carries a webhook out once: a repeated call gets the first answer. The receipt is written in the
 * transaction of the work, so that a call whose work failed may come again. Two at the same moment
 * both work, which must therefore be idempotent itself.
 */
export async function answerWebhookOnce<T extends object>(
  tx: Tx,
  { channel, provider, id }: WebhookCall,
  work: () => Promise<T>,
): Promise<T> {
  const hash = bytesParameter(createHash('sha256').update(id).digest());
  const [receipt] = await tx.execute<{ answer: T }>(sql`
    select answer from ops.webhook_receipts
    where channel = ${channel} and provider = ${provider} and receipt_hash = ${hash}`);
  if (receipt) return receipt.answer;
  const answer = await work();
  await tx.execute(sql`
    insert into ops.webhook_receipts (channel, provider, receipt_hash, answer)
    values (${channel}, ${provider}, ${hash}, ${jsonParameter(answer)})
    on conflict on constraint webhook_receipts_pk do nothing`);
  return answer;
}
