import { setTimeout as sleep } from 'node:timers/promises';
import { GuestId, HouseholdId, newUuid, type WeddingId } from '@wedsync/contracts/ids';
import type { TenantDb } from '@wedsync/db/client';
import { bytesParameter, jsonParameter } from '@wedsync/db/sql-values';
import { newKey, wrapKey } from '@wedsync/platform/encryption/wrapped-key';
import type { Logger } from '@wedsync/platform/log';
import { type KeyRing, keyContext } from '@wedsync/service/key-ring';
import type { SealingKeys } from '@wedsync/service/wedding-keys';
import { sql } from 'drizzle-orm';

type Kind = 'guest' | 'household';
const kinds: readonly Kind[] = ['guest', 'household'];

const batchMax = 1_000;
/** Long enough for whoever has read a row and not yet the key that opens it. */
const graceMsDefault = 30_000;
/** A fifth of one core at most; a million keys take about three minutes. */
const restFactorDefault = 4;
const firstId = '00000000-0000-0000-0000-000000000000';

/** What a rotation needs of its process. */
export interface RotationGround {
  db: TenantDb;
  keyRing: KeyRing;
  log: Logger;
  signal: AbortSignal;
  graceMs?: number;
  /** Rest after each batch, in times of what it took: a mailing that runs has the machine. */
  restFactor?: number;
}

const claimsOf = (weddingId: WeddingId) => ({ actorKind: 'system', weddingId }) as const;

/** Makes a new data key the active one, unless a rotation that was begun is still to be finished. */
async function begin({ db, keyRing }: RotationGround, weddingId: WeddingId): Promise<void> {
  await db.write(claimsOf(weddingId), async (tx) => {
    const tier = await keyRing.dataTier(tx);
    const row = { id: newUuid(), tier: 'data', purpose: 'wrap', wedding_id: weddingId } as const;
    const wrapped = wrapKey(tier, newKey(), keyContext(row));
    await tx.execute(sql`
      select ops.replace_data_key(${weddingId}, ${row.id}, ${bytesParameter(wrapped)})`);
  });
}

const rewrapped = (keys: SealingKeys, kind: Kind, row: { id: string; wrapped: Uint8Array }) =>
  kind === 'guest'
    ? keys.rewrapGuest(GuestId.parse(row.id), row.wrapped)
    : keys.rewrapHousehold(HouseholdId.parse(row.id), row.wrapped);

interface Batch {
  count: number;
  last: string;
}

/** One batch in a transaction of its own: what is killed in the middle has not happened. */
async function rewrapBatch(
  { db, keyRing }: RotationGround,
  weddingId: WeddingId,
  { kind, after }: { kind: Kind; after: string },
): Promise<Batch> {
  return db.write(claimsOf(weddingId), async (tx) => {
    const keys = await keyRing.forSealing(tx, weddingId);
    const taken = await tx.execute<{ id: string; wrapped: Uint8Array }>(sql`
      select * from wedding.take_keys_to_rewrap(
        ${weddingId}, ${kind}, ${keys.activeKeyId}, ${after}, ${batchMax})`);
    if (taken.length === 0) return { count: 0, last: after };
    const rows = taken.map((row) => ({
      id: row.id,
      wrapped: `\\x${rewrapped(keys, kind, row).toString('hex')}`,
    }));
    await tx.execute(sql`
      select wedding.rewrap_keys(${weddingId}, ${kind}, ${keys.activeKeyId}, ${jsonParameter(rows)})`);
    return { count: taken.length, last: taken.at(-1)?.id ?? after };
  });
}

/** From the first key to the last; rows that somebody held locked are left for another pass. */
async function rewrapAll(ground: RotationGround, weddingId: WeddingId): Promise<number> {
  let total = 0;
  for (const kind of kinds) {
    let after = firstId;
    for (;;) {
      ground.signal.throwIfAborted();
      const startedAt = performance.now();
      const { count, last } = await rewrapBatch(ground, weddingId, { kind, after });
      const restMs = (performance.now() - startedAt) * (ground.restFactor ?? restFactorDefault);
      total += count;
      after = last;
      if (count === 0) break;
      await sleep(restMs, undefined, { signal: ground.signal });
    }
  }
  return total;
}

/** Destroys retired keys that wrap nothing any more; answers how many rows still need one. */
async function destroyRetired({ db }: RotationGround, weddingId: WeddingId): Promise<number> {
  return db.write(claimsOf(weddingId), async (tx) => {
    const rows = await tx.execute<{ left: number }>(sql`
      select ops.destroy_data_key(${weddingId}, k.id) as left from ops.encryption_keys k
      where k.wedding_id = ${weddingId} and k.state = 'retiring'`);
    return rows.reduce((sum, { left }) => sum + left, 0);
  });
}

/**
 * Gives a wedding a new data key: wraps every guest's and household's key anew, a thousand at a
 * time, and destroys the old key after the last one. No cipher is touched, so sending, importing and
 * editing go on meanwhile. Killed at any moment, it goes on where it was when it runs again.
 */
export async function rotateDataKey(ground: RotationGround, weddingId: WeddingId): Promise<number> {
  const startedAt = performance.now();
  await begin(ground, weddingId);
  let total = await rewrapAll(ground, weddingId);
  await sleep(ground.graceMs ?? graceMsDefault, undefined, { signal: ground.signal });
  while ((await destroyRetired(ground, weddingId)) > 0) total += await rewrapAll(ground, weddingId);
  ground.log.info(
    {
      event: 'privacy.keys_rotated',
      weddingId,
      rewrapped: total,
      ms: performance.now() - startedAt,
    },
    'a data key was replaced',
  );
  return total;
}
