import { describe, expect, it } from 'vitest';
import { anneal } from './anneal.ts';
import { generateWedding } from './generators.ts';
import { evaluate, isLegal } from './problem.ts';
import { reflow } from './reflow.ts';

describe('seating again after a late answer', () => {
  const before = generateWedding(200, 8, 7);
  const plan = anneal(before, { seed: 1, iterations: 400_000 }).assignment;

  it('leaves a good plan alone when nothing changed', () => {
    const { moved } = reflow(before, plan, { perGuest: 20, seed: 1, iterations: 50_000 });
    expect(moved).toEqual([]);
  });

  it('makes room for a guest more by moving few others', () => {
    // The household that sits at the fullest table brings a child.
    const grown = before.sizes.findIndex((size, group) => {
      const load = before.sizes.reduce(
        (sum, other, at) => sum + (plan[at] === plan[group] ? other : 0),
        0,
      );
      return size === 2 && load === 8;
    });
    const sizes = before.sizes.slice();
    sizes[grown] = 3;
    const after = { ...before, sizes };
    expect(isLegal(evaluate(after, plan))).toBe(false);
    const result = reflow(after, plan, { perGuest: 20, seed: 1, iterations: 100_000 });
    expect(isLegal(result.evaluation)).toBe(true);
    expect(result.moved.length).toBeGreaterThan(0);
    expect(result.moved.length).toBeLessThanOrEqual(4);
  });
});
