import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anneal } from './anneal.ts';
import { generateWedding } from './generators.ts';
import { evaluate, isLegal } from './problem.ts';
import { seededRandom } from './random.ts';
import { SeatingState } from './seating-state.ts';

describe('the annealer', () => {
  it('knows the price of every move that it makes', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed);
        const wedding = generateWedding(40, 6, seed);
        const groups = wedding.sizes.length;
        const isAside = seed % 5 === 0;
        const aside = { capacity: 40, isAside: true };
        const tables = isAside ? [...wedding.tables, aside] : wedding.tables;
        const company = {
          known: wedding.pairs.map(({ a, b }) => [a, b] as const),
          wanted: wedding.sizes.map(() => Math.floor(random() * 5)),
          costs: wedding.sizes.map(() => Math.floor(random() * 9)),
          isRule: seed % 2 === 0,
        };
        const problem = isAside ? { ...wedding, tables } : { ...wedding, company };
        const penalty = { overload: 60, broken: 400, lonely: 50 };
        const start = Int32Array.from(problem.sizes, () =>
          Math.floor(random() * problem.tables.length),
        );
        const state = new SeatingState(problem, start, penalty);
        const priced = () => {
          const now = evaluate(problem, state.table);
          const broken = (now.clashes + now.misplaced) * penalty.broken;
          return now.cost + now.overload * penalty.overload + broken + now.lonely * penalty.lonely;
        };
        for (let move = 0; move < 60; move++) {
          const before = priced();
          const a = Math.floor(random() * groups);
          const b = Math.floor(random() * groups);
          const [from, to] = [state.table[a] ?? 0, state.table[b] ?? 0];
          if (from === to) continue;
          if (random() < 0.5) {
            const delta = state.shiftDelta(a, to);
            state.shift(a, to);
            expect(priced() - before).toBe(delta);
          } else {
            const delta = state.swapDelta(a, b);
            state.shift(a, to);
            state.shift(b, from);
            expect(priced() - before).toBe(delta);
          }
          const { cost, overload, clashes, misplaced, lonely } = evaluate(problem, state.table);
          const broken = overload + clashes + misplaced + lonely;
          expect([state.cost, state.broken]).toEqual([cost, broken]);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('gives the same plan for the same seed and number of moves', () => {
    const problem = generateWedding(120, 8, 3);
    const run = () => anneal(problem, { seed: 5, iterations: 50_000 }).assignment;
    expect(run()).toEqual(run());
  });

  it('never ends with a worse plan than it began with', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const problem = generateWedding(60, 8, 11);
        const start = anneal(problem, { seed, iterations: 20_000 });
        const next = anneal(problem, {
          seed: seed + 1,
          iterations: 2_000,
          start: start.assignment,
        });
        if (isLegal(start.evaluation)) {
          expect(isLegal(next.evaluation)).toBe(true);
          expect(next.evaluation.cost).toBeLessThanOrEqual(start.evaluation.cost);
        }
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('leaves locked groups where they are', () => {
    const problem = generateWedding(60, 8, 11);
    const start = Int32Array.from(problem.sizes, (_, group) => group % problem.tables.length);
    const locked = Uint8Array.from(problem.sizes, (_, group) => (group % 3 === 0 ? 1 : 0));
    const { assignment } = anneal(problem, { seed: 1, iterations: 20_000, start, locked });
    locked.forEach((isLocked, group) => {
      if (isLocked) expect(assignment[group]).toBe(start[group]);
    });
  });

  it('stops when it is told to', () => {
    const problem = generateWedding(60, 8, 11);
    const { iterations } = anneal(problem, {
      seed: 1,
      iterations: 10_000_000,
      isCancelled: () => true,
    });
    expect(iterations).toBe(0);
  });
});
