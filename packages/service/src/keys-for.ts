import type { Tx } from '@wedsync/db/client';
import { requireWedding, type ServiceContext } from './context.ts';
import type { KeyRing, WrappedKeys } from './key-ring.ts';
import type { WeddingKeys } from './wedding-keys.ts';

/** Where rows and the keys that open them come from: a transaction and the ring. */
export interface KeySource {
  tx: Tx;
  keyRing: KeyRing;
}

/**
 * The keys that open rows which were read before, outside a transaction: from memory, or else in one
 * more read.
 */
export async function keysFor(ctx: ServiceContext, wrapped: WrappedKeys): Promise<WeddingKeys> {
  const weddingId = requireWedding(ctx);
  const { keyRing } = ctx;
  const known = keyRing.remembered(weddingId, wrapped);
  return known ?? ctx.db.read(ctx.claims, (tx) => keyRing.forWedding(tx, weddingId, wrapped));
}
