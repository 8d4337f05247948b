import { TtlCache } from '@wedsync/platform/ttl-cache';

/** How long a session or a membership may be believed without asking the database again. */
export const revocationDelayMs = 1_000;
const entriesMax = 20_000;

/**
 * Wraps a look-up so that the same key is asked at most once a second, however many requests need
 * it; requests at the same moment share one query. A failed look-up is not remembered.
 */
export function cachedLookup<T>(load: (key: string) => Promise<T>) {
  const cache = new TtlCache<Promise<T>>({ sizeMax: entriesMax, ttlMs: revocationDelayMs });
  return {
    get(key: string): Promise<T> {
      const nowMs = performance.now();
      const known = cache.get(key, nowMs);
      if (known) return known;
      const loading = load(key);
      cache.set(key, loading, nowMs);
      loading.catch(() => cache.delete(key));
      return loading;
    },
    forget: (key: string) => cache.delete(key),
  };
}
