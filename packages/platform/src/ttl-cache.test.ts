import { describe, expect, it } from 'vitest';
import { TtlCache } from './ttl-cache.ts';

describe('a cache entry', () => {
  it('lives for its time and not a millisecond longer', () => {
    const cache = new TtlCache<string>({ sizeMax: 10, ttlMs: 1_000 });
    cache.set('a', 'value', 5_000);
    expect(cache.get('a', 5_999)).toBe('value');
    expect(cache.get('a', 6_000)).toBeUndefined();
  });

  it('makes way for newer ones when the cache is full', () => {
    const cache = new TtlCache<number>({ sizeMax: 3, ttlMs: 1_000 });
    for (const key of ['a', 'b', 'c', 'a', 'd']) cache.set(key, key.charCodeAt(0), 0);
    expect(cache.size).toBe(3);
    // `a` was set again after `b`, which is therefore the oldest.
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key, 0))).toEqual([97, undefined, 99, 100]);
  });
});
