import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderCost, orderSeats } from './seat-order.ts';

/** All orders of `items`. */
function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}

function square(upper: readonly number[], n: number): Int32Array {
  const costs = new Int32Array(n * n);
  let next = 0;
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      const cost = upper[next++ % upper.length] ?? 0;
      costs[a * n + b] = cost;
      costs[b * n + a] = cost;
    }
  }
  return costs;
}

describe('the order round a table', () => {
  it('is as cheap as the best of all orders', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 21, maxLength: 21 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('ring' as const, 'row' as const),
        (upper, n, shape) => {
          const costs = square(upper, n);
          const guests = Array.from({ length: n }, (_, guest) => guest);
          const best = Math.min(
            ...permutations(guests).map((order) => orderCost(costs, order, shape)),
          );
          const { order, cost, isProven } = orderSeats(costs, shape);
          expect([...order].sort((a, b) => a - b)).toEqual(guests);
          expect([cost, isProven]).toEqual([best, true]);
          expect(orderCost(costs, order, shape)).toBe(best);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('seats everybody at a table that is too long to prove, and says so', () => {
    const costs = square([3, -2, 5, 0, -7, 1], 20);
    const { order, isProven, cost } = orderSeats(costs, 'ring');
    expect(new Set(order).size).toBe(20);
    expect(isProven).toBe(false);
    expect(cost).toBeLessThanOrEqual(
      orderCost(
        costs,
        Array.from({ length: 20 }, (_, i) => i),
        'ring',
      ),
    );
  });
});
