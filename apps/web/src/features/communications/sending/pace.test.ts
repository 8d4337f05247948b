import { describe, expect, it } from 'vitest';
import { perSecondOf, type Reading, withReading } from './pace.ts';

const readings = (...pairs: [number, number][]): Reading[] =>
  pairs.reduce<Reading[]>((list, [atMs, settled]) => withReading(list, { atMs, settled }), []);

describe('the pace of a mailing', () => {
  it('is not told from readings that are too close', () => {
    expect(perSecondOf(readings([0, 0], [1_000, 40]))).toBeNull();
  });

  it('counts the last seconds only', () => {
    const slowThenFast = readings([0, 0], [20_000, 10], [22_000, 110], [24_000, 210]);
    expect(perSecondOf(slowThenFast)).toBe(50);
  });

  it('starts over when a retry puts deliveries back', () => {
    expect(readings([0, 900], [2_000, 1_000], [3_000, 950])).toEqual([
      { atMs: 3_000, settled: 950 },
    ]);
  });
});
