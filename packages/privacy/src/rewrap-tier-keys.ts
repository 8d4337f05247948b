import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import { unwrapKey, wrapKey, wrappingKeyId } from '@wedsync/platform/encryption/wrapped-key';
import { type KeyRing, type KeyRow, keyContext } from '@wedsync/service/key-ring';
import { sql } from 'drizzle-orm';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/**
 * Puts the keys of the tiers under the present master key: the step between starting with a new
 * MASTER_KEY and forgetting MASTER_KEY_PREVIOUS. A handful of rows, whatever the size of the
 * installation; again changes nothing.
 * @returns keys that were wrapped anew
 * @throws DomainError `precondition` `service.master-key` where the former master key is missing
 */
export async function rewrapTierKeys(tx: Tx, ring: KeyRing): Promise<number> {
  const rows = await tx.execute<KeyRow>(sql`
    select id, tier, purpose, wedding_id, wrapped, state from ops.encryption_keys
    where wedding_id is null and state <> 'destroyed'`);
  const stale = rows.filter(({ wrapped }) => wrappingKeyId(wrapped) !== ring.master.id);
  if (stale.length === 0) return 0;
  const changes = stale.map((row) => {
    const key = unwrapKey(ring.masterFor(row.wrapped), row.wrapped, keyContext(row));
    return {
      id: row.id,
      old: hex(row.wrapped),
      new: hex(wrapKey(ring.master, key, keyContext(row))),
    };
  });
  const [row] = await tx.execute<{ changed: number }>(
    sql`select ops.rewrap_upper_keys(${jsonParameter(changes)}) as changed`,
  );
  return row?.changed ?? 0;
}
