import type { GuestId, WeddingId } from '@wedsync/contracts/ids';
import { TtlCache } from '@wedsync/platform/ttl-cache';
import type { SubjectKey } from './subject-key.ts';

interface Entry<B extends Uint8Array = Uint8Array> {
  /** What the key was unwrapped for. */
  weddingId: WeddingId;
  wrapped: B;
  key: SubjectKey;
}

/**
 * Keys of guests that were unwrapped lately, because the same list is read again and again and
 * unwrapping costs as much as opening two values. A key is found only with the very bytes that are
 * stored for it now: where those were erased or wrapped anew, what is remembered is of no use.
 */
export class SubjectKeyCache {
  readonly #entries: TtlCache<Entry<Buffer>>;

  /** @param sizeMax keys held at most, under 1 kB each */
  constructor(limits: { sizeMax: number; ttlMs: number }) {
    this.#entries = new TtlCache(limits);
  }

  /** @param wrapped the stored bytes, e.g. `wedding.guest_keys.wrapped` */
  find(guestId: GuestId, weddingId: WeddingId, wrapped: Uint8Array): SubjectKey | undefined {
    const entry = this.#entries.get(guestId, performance.now());
    if (entry?.weddingId !== weddingId) return undefined;
    return entry.wrapped.equals(wrapped) ? entry.key : undefined;
  }

  remember(guestId: GuestId, entry: Entry): void {
    // A copy: what the driver hands out is a view of everything that it read.
    const wrapped = Buffer.from(entry.wrapped);
    this.#entries.set(guestId, { ...entry, wrapped }, performance.now());
  }
}
