import fc from 'fast-check';
import loadHighs from 'highs';
import { describe, expect, it } from 'vitest';
import { anneal } from './anneal.ts';
import { generateLewisCarroll, generateWedding } from './generators.ts';
import {
  type CompanyWishes,
  evaluate,
  isLegal,
  type SeatingProblem,
  type TableSpec,
} from './problem.ts';
import { prove } from './prove.ts';
import { seededRandom } from './random.ts';

const highs = await loadHighs();

/** The optimum by trying every assignment; undefined where none is legal. */
function bruteForce(problem: SeatingProblem): number | undefined {
  const groups = problem.sizes.length;
  const tables = problem.tables.length;
  let best: number | undefined;
  for (let code = 0; code < tables ** groups; code++) {
    const plan = Int32Array.from(
      { length: groups },
      (_, group) => Math.floor(code / tables ** group) % tables,
    );
    const evaluation = evaluate(problem, plan);
    if (isLegal(evaluation) && (best === undefined || evaluation.cost < best))
      best = evaluation.cost;
  }
  return best;
}

function tinyCompany(groups: number, random: () => number): CompanyWishes {
  const all = Array.from({ length: groups }, (_, group) => group);
  const known = all.flatMap((a) =>
    all.slice(a + 1).flatMap((b) => (random() < 0.5 ? [[a, b] as const] : [])),
  );
  const wanted = Int32Array.from(all, () => Math.floor(random() * 3));
  const costs = Int32Array.from(all, () => Math.floor(random() * 6));
  return { known, wanted, costs, isRule: random() < 0.3 };
}

/** A tiny problem with everything in it: conflicts, unequal tables, places that cost or are closed. */
function tinyProblem(seed: number, groups: number): SeatingProblem {
  const random = seededRandom(seed);
  const tables: TableSpec[] = [4, 3, 3].map((capacity) => ({
    capacity,
    loadCosts: Int32Array.from({ length: capacity + 1 }, () => Math.floor(random() * 4)),
  }));
  const pairs = [];
  const apart: [number, number][] = [];
  for (let a = 0; a < groups; a++) {
    for (let b = a + 1; b < groups; b++) {
      if (random() < 0.2) apart.push([a, b]);
      else pairs.push({ a, b, cost: Math.floor(random() * 11) - 5 });
    }
  }
  const kind = random();
  if (kind > 0.7) tables[2] = { capacity: 2 * groups, isAside: true };
  const cells = groups * tables.length;
  return {
    sizes: Int32Array.from({ length: groups }, () => 1 + Math.floor(random() * 2)),
    pairs,
    apart,
    tables,
    placeCosts: Int32Array.from({ length: cells }, () => Math.floor(random() * 5) - 2),
    allowed: Uint8Array.from({ length: cells }, () => (random() < 0.85 ? 1 : 0)),
    ...(kind < 0.5 && { company: tinyCompany(groups, random) }),
  };
}

describe('the prover', () => {
  it('agrees with trying everything, on tiny problems of every kind', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer(),
          groups: fc.integer({ min: 1, max: 6 }),
          // Columns are priced where not even one may be listed.
          listedMax: fc.constantFrom(0, 1_000),
        }),
        ({ seed, groups, listedMax }) => {
          const problem = tinyProblem(seed, groups);
          const optimum = bruteForce(problem);
          const start = anneal(problem, { seed: 1, iterations: 300 });
          const { assignment: incumbent } = start;
          const proof = prove(highs, problem, { incumbent, budgetMs: 10_000, listedMax });
          if (optimum === undefined) expect(proof.kind).toBe('infeasible');
          else {
            expect(proof).toMatchObject({ kind: 'optimal', cost: optimum });
            if (proof.kind === 'optimal') {
              expect(evaluate(problem, proof.assignment)).toMatchObject({
                cost: optimum,
                overload: 0,
                clashes: 0,
                misplaced: 0,
                lonely: 0,
              });
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);

  it.each([
    { groups: 12, tables: 5, density: 0.3, optimum: -75 },
    { groups: 16, tables: 6, density: 0.3, optimum: -103 },
    { groups: 20, tables: 8, density: 0.3, optimum: -118 },
    { groups: 50, tables: 30, density: 0.3, optimum: -383 },
    { groups: 50, tables: 22, density: 0.6, optimum: -283 },
    { groups: 50, tables: 30, density: 0.6, optimum: -216 },
  ])(
    'proves $optimum for $groups groups at $tables tables, conflicts $density',
    (given) => {
      const problem = generateLewisCarroll({ ...given, seed: 1 });
      const start = anneal(problem, { seed: 1, iterations: 1_000_000 });
      const proof = prove(highs, problem, { incumbent: start.assignment, budgetMs: 60_000 });
      expect(proof).toMatchObject({ kind: 'optimal', cost: given.optimum });
    },
    60_000,
  );

  it('finds the best plan of fifty guests without any plan to begin with', () => {
    const problem = generateWedding(50, 8, 7);
    expect(prove(highs, problem, { budgetMs: 60_000 })).toMatchObject({
      kind: 'optimal',
      cost: -516,
    });
  }, 60_000);

  it('finds what only a few of very many equal choices lead to', () => {
    const problem = generateWedding(50, 8, 13);
    const start = anneal(problem, { seed: 1, iterations: 300_000 });
    const proof = prove(highs, problem, { incumbent: start.assignment, budgetMs: 60_000 });
    expect(proof).toMatchObject({ kind: 'optimal', cost: -421 });
  }, 60_000);

  it('says that nine groups who are all at odds do not fit at eight tables', () => {
    const groups = Array.from({ length: 9 }, (_, group) => group);
    const apart = groups.flatMap((a) => groups.slice(a + 1).map((b) => [a, b] as const));
    const tables = Array.from({ length: 8 }, () => ({ capacity: 8 }));
    const problem = { sizes: new Int32Array(9).fill(2), pairs: [], apart, tables };
    expect(prove(highs, problem, { budgetMs: 10_000 })).toEqual({ kind: 'infeasible' });
  });

  it('prices the ways to fill a table where there are too many to list', () => {
    const problem = generateWedding(80, 10, 1);
    const start = anneal(problem, { seed: 1, iterations: 500_000 });
    const listed = prove(highs, problem, {
      incumbent: start.assignment,
      budgetMs: 60_000,
      listedMax: 3_000_000,
    });
    const bounds: number[] = [];
    const onProgress = ({ bound }: { bound: number }) => bounds.push(bound);
    const incumbent = start.assignment;
    const priced = prove(highs, problem, { incumbent, budgetMs: 60_000, listedMax: 0, onProgress });
    expect(listed.kind).toBe('optimal');
    if (listed.kind !== 'optimal') return;
    expect(Math.max(...bounds)).toBeLessThanOrEqual(listed.cost);
    expect(priced).toMatchObject({ kind: 'optimal', cost: listed.cost });
  }, 60_000);

  it('admits that it knows nothing where there was no time for any bound', () => {
    const problem = generateWedding(300, 10, 1);
    expect(prove(highs, problem, { budgetMs: 1 }).kind).toBe('unknown');
  });
});
