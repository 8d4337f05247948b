import type {
  SuppressionChannel,
  SuppressionReason,
} from '@wedsync/contracts/communications-feedback';
import type { UserId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { bytesParameter } from '@wedsync/db/sql-values';
import { sql } from 'drizzle-orm';

export interface StoppedAddress {
  weddingId: WeddingId;
  channel: SuppressionChannel;
  addressHash: Uint8Array;
  reason: SuppressionReason;
  note?: string;
  createdBy?: UserId;
}

/**
 * Puts an address on the list. A reason that weighs more replaces one that weighs less: a guest's
 * wish is not forgotten because the address had bounced before.
 * @returns whether the list changed
 */
export async function suppressAddress(tx: Tx, stopped: StoppedAddress): Promise<boolean> {
  const { weddingId, channel, addressHash, reason, note = null, createdBy = null } = stopped;
  const changed = await tx.execute(sql`
    insert into wedding.suppressions as s (wedding_id, channel, address_hash, reason, note, created_by)
    values (${weddingId}, ${channel}, ${bytesParameter(addressHash)}, ${reason}, ${note}, ${createdBy}::uuid)
    on conflict on constraint suppressions_pk do update set
      reason = excluded.reason, note = excluded.note, created_by = excluded.created_by, created_at = now()
      where wedding.suppression_rank(excluded.reason) > wedding.suppression_rank(s.reason)
    returning 1`);
  return changed.length > 0;
}
