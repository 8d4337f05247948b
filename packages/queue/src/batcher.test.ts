import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createBatcher } from './batcher.ts';

function doubling(options: { sizeMax?: number; parallelMax?: number } = {}) {
  const batches: number[][] = [];
  let underWay = 0;
  let underWayMax = 0;
  const double = createBatcher({
    async run(items: readonly number[]) {
      batches.push([...items]);
      underWayMax = Math.max(underWayMax, ++underWay);
      await setTimeout(5);
      underWay--;
      return items.map((item) => item * 2);
    },
    sizeMax: 100,
    parallelMax: 1,
    ...options,
  });
  return { double, batches, underWayMax: () => underWayMax };
}

describe('a batcher', () => {
  it('sends calls of one turn together and answers each its own', async () => {
    const { double, batches } = doubling();
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('gathers what arrives while a batch is under way', async () => {
    const { double, batches } = doubling();
    const first = double(1);
    await setTimeout(2);
    await Promise.all([first, double(2), double(3)]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('keeps to the sizes and the parallelism it was given', async () => {
    const { double, batches, underWayMax } = doubling({ sizeMax: 2, parallelMax: 2 });
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(double))).toEqual([2, 4, 6, 8, 10, 12]);
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(underWayMax()).toBe(2);
  });

  it('fails each item of a failed batch, and works on', async () => {
    const calls = createBatcher({
      run: (items: readonly number[]) =>
        items.includes(0) ? Promise.reject(new Error('zero')) : Promise.resolve(items),
      sizeMax: 10,
      parallelMax: 1,
    });
    const results = await Promise.allSettled([calls(0), calls(1)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await calls(2)).toBe(2);
  });
});
