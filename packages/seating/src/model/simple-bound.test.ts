import { expect, it } from 'vitest';
import { randomFacts } from '../../fixtures/random-plan.ts';
import { anneal } from './anneal.ts';
import { compileProblem } from './compile-problem.ts';
import { indexPlan } from './plan-index.ts';
import { simpleBound } from './simple-bound.ts';

const settings = {
  mode: 'full' as const,
  weights: { happiness: 6, fairness: 4, fewestMoves: 3, balance: 2 },
  includesUndecided: false,
};

it('is never above the cost of a plan', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const facts = randomFacts({ guests: 12, rules: 20, seed, seatedShare: 0.5 });
    const { problem } = compileProblem(indexPlan(facts), settings);
    const { evaluation } = anneal(problem, { seed, iterations: 20_000 });
    expect(simpleBound(problem)).toBeLessThanOrEqual(evaluation.cost);
  }
});

it('is reached where every wish can be met', () => {
  const problem = {
    sizes: Int32Array.from([2, 1]),
    pairs: [{ a: 0, b: 1, cost: -7 }],
    apart: [],
    tables: [{ capacity: 3, loadCosts: Int32Array.from([0, 9, 9, 0]) }, { capacity: 3 }],
    placeCosts: Int32Array.from([4, 6, 5, 1]),
    allowed: Uint8Array.from([1, 1, 1, 0]),
  };
  const { evaluation } = anneal(problem, { seed: 1, iterations: 500 });
  expect(evaluation.cost).toBe(2);
  expect(simpleBound(problem)).toBe(2);
});
