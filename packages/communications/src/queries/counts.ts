import type { DeliveryCounts } from '@wedsync/contracts/communications';
import type { Tx } from '@wedsync/db/client';
import { uuidArray } from '@wedsync/db/sql-values';
import { sql } from 'drizzle-orm';
import type { MessageRow } from '../rows.ts';

/** The ledger of one message by state; null while its audience is not frozen. */
export async function countsOf(
  tx: Tx,
  { weddingId, id, audienceCount }: Pick<MessageRow, 'weddingId' | 'id' | 'audienceCount'>,
): Promise<DeliveryCounts | null> {
  if (audienceCount === null) return null;
  const [row] = await tx.execute<Record<keyof DeliveryCounts, number>>(sql`
    select audience, ready, claimed, in_doubt as "inDoubt", sent, delivered, bounced, complained,
      failed, skipped, cancelled
    from wedding.count_deliveries(${weddingId}, ${uuidArray([id])}) where not is_fallback`);
  return row ? { ...row } : null;
}
