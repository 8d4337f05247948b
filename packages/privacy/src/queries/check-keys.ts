import { isDomainError } from '@wedsync/contracts/errors';
import type { Tx } from '@wedsync/db/client';
import { wrappingKeyId } from '@wedsync/platform/encryption/wrapped-key';
import type { KeyRing } from '@wedsync/service/key-ring';
import { sql } from 'drizzle-orm';

/** Whether this process's master key fits the installation. */
export interface KeyCheck {
  /** Keys of tiers under the present master key, under the previous one, and under neither. */
  present: number;
  previous: number;
  unknown: number;
  /** Data keys on their way out, and since when the oldest of them is. */
  retiring: number;
  retiringSince: string | null;
}

/** Looks at the keys that the master key wraps; opens none of them. Needs the worker's login. */
export async function checkKeys(tx: Tx, ring: KeyRing): Promise<KeyCheck> {
  const tiers = await tx.execute<{ wrapped: Uint8Array }>(sql`
    select wrapped from ops.encryption_keys where wedding_id is null and state <> 'destroyed'`);
  const check: KeyCheck = { present: 0, previous: 0, unknown: 0, retiring: 0, retiringSince: null };
  for (const { wrapped } of tiers) {
    try {
      ring.masterFor(wrapped);
      check[wrappingKeyId(wrapped) === ring.master.id ? 'present' : 'previous']++;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      check.unknown++;
    }
  }
  const [leaving] = await tx.execute<{ count: number; since: string | null }>(sql`
    select count(*)::int as count, min(retired_at)::text as since
    from ops.list_encryption_keys(null, 'retiring', null, 500)`);
  return { ...check, retiring: leaving?.count ?? 0, retiringSince: leaving?.since ?? null };
}
