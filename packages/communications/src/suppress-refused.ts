import type { Tx } from '@wedsync/db/client';
import { uuidArray } from '@wedsync/db/sql-values';
import { sql } from 'drizzle-orm';
import type { ShardRef } from './claim-batch.ts';
import { classOfCode, isEnhanced } from './model/inbound/status-codes.ts';
import type { DeliveryResult } from './write-results.ts';

/**
 * A refusal that says for good that the address does not exist. A bare 550 is not enough: servers
 * refuse what they take for spam with the same three digits.
 */
export const isDeadAddress = ({ state, reason, code = '' }: DeliveryResult): boolean =>
  state === 'failed' && reason === 'rejected' && isEnhanced(code) && classOfCode(code) === 'hard';

/** Stops addresses that the mail server refused while it was spoken to, as a bounce would. */
export async function suppressRefused(
  tx: Tx,
  { weddingId, messageId }: Pick<ShardRef, 'weddingId' | 'messageId'>,
  results: readonly DeliveryResult[],
): Promise<void> {
  const dead = results.filter(isDeadAddress).map(({ id }) => id);
  if (dead.length === 0) return;
  await tx.execute(sql`
    insert into wedding.suppressions (wedding_id, channel, address_hash, reason)
    select distinct d.wedding_id, d.channel, d.address_hash, 'bounced'
    from wedding.deliveries d
    where d.wedding_id = ${weddingId} and d.message_id = ${messageId}
      and d.id = any (${uuidArray(dead)}) and d.state = 'failed' and d.channel in ('email', 'sms')
      and d.address_hash is not null
    order by 1, 2, 3
    on conflict on constraint suppressions_pk do nothing`);
}
