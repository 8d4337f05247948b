import {
  bellowsPeterson,
  generateLewisCarroll,
  generateWedding,
  type SeatingProblem,
} from '@wedsync/seating/engine';
import { atLeast, informs, type Measure, median, percentile } from '../report.ts';
import { type Solved, solve } from './solve.ts';

/** Costs proven best for the generated Lewis-Carroll instances of seed 1, by several solvers. */
const goldenOptima = [
  { groups: 12, tables: 5, density: 0.3, cost: -75 },
  { groups: 16, tables: 6, density: 0.3, cost: -103 },
  { groups: 20, tables: 8, density: 0.3, cost: -118 },
  { groups: 50, tables: 10, density: 0.3, cost: -602 },
  { groups: 50, tables: 15, density: 0.3, cost: -525 },
  { groups: 50, tables: 22, density: 0.3, cost: -443 },
  { groups: 50, tables: 30, density: 0.3, cost: -383 },
  { groups: 50, tables: 15, density: 0.6, cost: -336 },
  { groups: 50, tables: 22, density: 0.6, cost: -283 },
  { groups: 50, tables: 30, density: 0.6, cost: -216 },
  { groups: 100, tables: 45, density: 0.6, cost: -780 },
] as const;

/** What the published wedding of 17 guests is worth at best (Bellows, Peterson 2012). */
const bellowsOptima = [
  { tables: 5, seats: 4, known: 2, value: 226 },
  { tables: 5, seats: 4, known: 1, value: 276 },
  { tables: 2, seats: 10, known: 3, value: 318 },
  { tables: 5, seats: 10, known: 3, value: 318 },
] as const;

/** Optima of generated weddings of seed 7, found by other solvers or proven in the long run. */
const weddingOptima = [
  { guests: 50, cost: -516 },
  { guests: 60, cost: -635 },
  { guests: 80, cost: -672 },
  { guests: 100, cost: -975 },
] as const;

interface Known {
  problem: SeatingProblem;
  cost: number;
}

async function reached(
  instances: readonly Known[],
  { withinMs, measure, yardstick }: { withinMs: number; measure: string; yardstick: string },
): Promise<Measure[]> {
  const times: number[] = [];
  for (const { problem, cost } of instances) {
    const solved = await solve(problem, { budgetMs: withinMs });
    if (solved.proof.kind !== 'optimal') continue;
    if (solved.cost !== cost) throw new Error(`${cost} was expected, ${solved.cost} proven`);
    if (solved.ms <= withinMs) times.push(solved.ms);
  }
  const of = instances.length;
  return [
    atLeast(of, { measure: `${measure} (of ${of})`, value: times.length, unit: '', yardstick }),
    informs({ measure: '  median', value: median(times), unit: 'ms', yardstick: '' }),
  ];
}

async function proven(
  guests: number,
  { count, withinMs, goal }: { count: number; withinMs: number; goal: number },
): Promise<Measure[]> {
  const all: Solved[] = [];
  const gaps: number[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const solved = await solve(generateWedding(guests, 8, seed), { budgetMs: withinMs });
    all.push(solved);
    if (solved.proof.kind !== 'bounded' || solved.cost === undefined) continue;
    const gap = solved.cost - solved.proof.bound;
    gaps.push((100 * gap) / Math.max(1, Math.abs(solved.cost)));
  }
  const done = all.filter(({ proof, ms }) => proof.kind === 'optimal' && ms <= withinMs);
  const times = done.map(({ ms }) => ms);
  const yardstick = 'search and proof together';
  return [
    atLeast(goal, {
      measure: `weddings of ${guests} guests proven in ${withinMs / 1_000} s (of ${count})`,
      value: done.length / count,
      unit: '',
      yardstick,
    }),
    informs({ measure: '  median', value: median(times), unit: 'ms', yardstick }),
    informs({ measure: '  95 %', value: percentile(times, 95), unit: 'ms', yardstick }),
    informs({ measure: '  slowest', value: Math.max(...times), unit: 'ms', yardstick }),
    informs({
      measure: '  median CPU',
      value: median(all.map(({ cpuMs }) => cpuMs)),
      unit: 'ms',
      yardstick,
    }),
    ...(gaps.length > 0
      ? [informs({ measure: '  worst gap left', value: Math.max(...gaps), unit: '%', yardstick })]
      : []),
  ];
}

/** Known optima proven anew, and how many generated weddings are proven in time. */
export async function measureCertificates(counts: {
  fifty: number;
  hundred: number;
  twoHundred: number;
}): Promise<Measure[]> {
  const golden = goldenOptima.map(({ cost, ...given }) => ({
    problem: generateLewisCarroll({ ...given, seed: 1 }),
    cost,
  }));
  const bellows = bellowsOptima.map(({ value, ...given }) => ({
    problem: bellowsPeterson(given),
    cost: -value,
  }));
  const weddings = weddingOptima.map(({ guests, cost }) => ({
    problem: generateWedding(guests, 8, 7),
    cost,
  }));
  const withinMs = 5_000;
  return [
    ...(await reached(golden, {
      withinMs,
      measure: 'Lewis-Carroll instances proven in 5 s',
      yardstick: 'optima of several solvers',
    })),
    ...(await reached(bellows, {
      withinMs,
      measure: 'Bellows-Peterson weddings proven in 5 s',
      yardstick: 'published 226, 276, 318; HiGHS 9.5 s, 17 s, 0.2 s',
    })),
    ...(await reached(weddings, {
      withinMs: 60_000,
      measure: 'weddings with known optima proven in 60 s',
      yardstick: 'optima of HiGHS over all columns',
    })),
    ...(await proven(50, { count: counts.fifty, withinMs, goal: 1 })),
    ...(await proven(100, { count: counts.hundred, withinMs: 60_000, goal: 0.8 })),
    ...(await proven(200, { count: counts.twoHundred, withinMs: 60_000, goal: 0 })),
  ];
}
