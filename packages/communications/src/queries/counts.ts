import type { DeliveryCounts } from '@wedsync/contracts/communications';
import type { Tx } from '@wedsync/db/client';
import { sql } from 'drizzle-orm';
import type { MessageRow } from '../rows.ts';

/** The ledger of one message by state; null while its audience is not frozen. */
export async function countsOf(
  tx: Tx,
  { weddingId, id, audienceCount }: Pick<MessageRow, 'weddingId' | 'id' | 'audienceCount'>,
): Promise<DeliveryCounts | null> {
  if (audienceCount === null) return null;
  const [row] = await tx.execute<Record<keyof DeliveryCounts, number>>(sql`
    select audience, ready, claimed, sent, failed, skipped, in_doubt as "inDoubt", cancelled
    from wedding.count_deliveries(${weddingId}, ${id})`);
  return row ? { ...row } : null;
}
