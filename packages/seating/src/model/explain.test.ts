import { describe, expect, it } from 'vitest';
import { explainSeat } from './explain.ts';
import type { SeatingProblem } from './problem.ts';

// Four couples at three tables of four; 0 and 1 are friends, 2 may not sit with 3.
const problem: SeatingProblem = {
  sizes: Int32Array.from([2, 2, 2, 2]),
  pairs: [
    { a: 0, b: 1, cost: -8 },
    { a: 0, b: 2, cost: 3 },
  ],
  apart: [[2, 3]],
  tables: [{ capacity: 4 }, { capacity: 4 }, { capacity: 4 }],
  allowed: Uint8Array.from([1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1]),
};
const plan = Int32Array.from([0, 0, 1, 2]);

describe('why a group sits where it sits', () => {
  it('names the company and prices every other table', () => {
    expect(explainSeat(problem, plan, 0)).toEqual({
      group: 0,
      table: 0,
      company: [{ group: 1, cost: -8 }],
      moves: [
        { table: 2, delta: 8, obstacle: null },
        { table: 1, delta: 11, obstacle: null },
      ],
    });
  });

  it('says what stands in the way', () => {
    const { moves } = explainSeat(problem, plan, 2);
    expect(moves.map(({ table, obstacle }) => [table, obstacle])).toEqual([
      [2, { kind: 'not_allowed' }],
      [0, { kind: 'full', missing: 2 }],
    ]);
    expect(explainSeat(problem, plan, 3).moves).toContainEqual({
      table: 1,
      delta: 0,
      obstacle: { kind: 'apart', from: [2] },
    });
  });

  it('explains nothing about a plan that is not legal', () => {
    expect(() => explainSeat(problem, Int32Array.from([0, 0, 1, 1]), 0)).toThrow(RangeError);
  });
});
