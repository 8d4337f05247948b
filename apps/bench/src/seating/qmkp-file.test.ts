import { anneal } from '@wedsync/seating/engine';
import { describe, expect, it } from 'vitest';
import { knapsackProblem, readQuadraticKnapsack } from './qmkp-file.ts';
import { recount } from './recount.ts';

/** Four items; 1 and 2, and 3 and 4, belong together. */
const text = `tiny
4
1 2 3 4
50 0 0
0 0
60

0
9
5 5 5 5

Comments
  Density : 33.00 %
`;

describe('an instance of the quadratic knapsack problem', () => {
  it('is read row by row', () => {
    expect(readQuadraticKnapsack(text)).toEqual({
      name: 'tiny',
      profits: [1, 2, 3, 4],
      pairs: [
        { a: 0, b: 1, profit: 50 },
        { a: 2, b: 3, profit: 60 },
      ],
      weights: [5, 5, 5, 5],
    });
  });

  it('is refused where numbers are missing', () => {
    expect(() => readQuadraticKnapsack('tiny\n4\n1 2 3')).toThrow('no quadratic knapsack');
  });

  it('leaves aside what fits in no knapsack', () => {
    // One knapsack of 16 takes three items: a pair and the better of the others.
    const problem = knapsackProblem(readQuadraticKnapsack(text), 1);
    const { assignment, evaluation } = anneal(problem, { seed: 1, iterations: 20_000 });
    expect(evaluation.cost).toBe(-69);
    expect(recount(problem, assignment)).toBe(-69);
    expect([...assignment]).toEqual([1, 0, 0, 0]);
  });
});
