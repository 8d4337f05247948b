import { newUuid, type WeddingId } from '@wedsync/contracts/ids';
import type { ServiceDb, Tx } from '@wedsync/db/client';
import { bytesParameter, jsonParameter } from '@wedsync/db/sql-values';
import {
  newKey,
  unwrapKey,
  type WrappingKey,
  wrapKey,
} from '@wedsync/platform/encryption/wrapped-key';
import { type KeyRing, type KeyRow, keyContext } from '@wedsync/service/key-ring';
import { sql } from 'drizzle-orm';

export interface TierRotationGround {
  /** Logged in as wedsync_worker. */
  db: ServiceDb;
  keyRing: KeyRing;
  /** Told after every batch. */
  progress?(done: number, total: number): void;
}

const batchMax = 1_000;
const tierOf = (id: string) => ({ id, tier: 'data', purpose: 'wrap', wedding_id: null }) as const;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

type TierRow = { id: string; wrapped: Uint8Array; state: KeyRow['state']; wraps: string };
type TakenRow = Pick<KeyRow, 'id' | 'tier' | 'purpose' | 'wrapped'> & { wedding_id: WeddingId };

const inDatabase = <T>({ db }: TierRotationGround, work: (tx: Tx) => Promise<T>) =>
  db.run('maintenance.run', work);

/** Makes the new key, unless a replacement that was begun is still to be finished. */
function begin(ground: TierRotationGround): Promise<TierRow[]> {
  const { keyRing } = ground;
  return inDatabase(ground, async (tx) => {
    await keyRing.dataTier(tx);
    const id = newUuid();
    const wrapped = wrapKey(keyRing.master, newKey(), keyContext(tierOf(id)));
    await tx.execute(sql`select ops.replace_tier_key(${id}, ${bytesParameter(wrapped)})`);
    return [...(await tx.execute<TierRow>(sql`select * from ops.list_tier_keys()`))];
  });
}

function opened({ keyRing }: TierRotationGround, { id, wrapped }: TierRow): WrappingKey {
  return { id, key: unwrapKey(keyRing.masterFor(wrapped), wrapped, keyContext(tierOf(id))) };
}

/** One batch in a transaction of its own; answers how many keys it wrapped anew. */
function rewrapBatch(
  ground: TierRotationGround,
  { from, to }: { from: WrappingKey; to: WrappingKey },
): Promise<number> {
  return inDatabase(ground, async (tx) => {
    const taken = await tx.execute<TakenRow>(
      sql`select * from ops.take_wedding_keys(${from.id}, ${batchMax})`,
    );
    if (taken.length === 0) return 0;
    const changes = taken.map((row) => {
      const key = unwrapKey(from.key, row.wrapped, keyContext(row));
      return { id: row.id, old: hex(row.wrapped), new: hex(wrapKey(to, key, keyContext(row))) };
    });
    await tx.execute(sql`select ops.rewrap_upper_keys(${jsonParameter(changes)})`);
    return taken.length;
  });
}

/**
 * Gives the data tier a new key: wraps the keys of all weddings anew, a thousand at a time, and
 * destroys the old one after the last. Keys of guests and ciphers are not touched, so everything else
 * goes on. Killed at any moment, it goes on where it was when it runs again.
 * @returns keys of weddings that were wrapped anew
 * @throws DomainError `precondition` `service.master-key`
 */
export async function rotateTierKey(ground: TierRotationGround): Promise<number> {
  const tiers = await begin(ground);
  const active = tiers.find(({ state }) => state === 'active');
  const retired = tiers.filter(({ state }) => state === 'retiring');
  if (!active) return 0;
  const to = opened(ground, active);
  const total = retired.reduce((sum, { wraps }) => sum + Number(wraps), 0);
  let done = 0;
  for (const row of retired) {
    const from = opened(ground, row);
    do {
      for (;;) {
        const count = await rewrapBatch(ground, { from, to });
        if (count === 0) break;
        done += count;
        ground.progress?.(done, Math.max(total, done));
      }
    } while ((await destroy(ground, row.id)) > 0);
  }
  return done;
}

/** How many keys of weddings still need it; at none it is gone. */
function destroy(ground: TierRotationGround, id: string): Promise<number> {
  return inDatabase(ground, async (tx) => {
    const [row] = await tx.execute<{ left: number }>(
      sql`select ops.destroy_tier_key(${id}) as left`,
    );
    return row?.left ?? 0;
  });
}
