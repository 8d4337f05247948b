import {
  generateLewisCarroll,
  generateWedding,
  type SeatingProblem,
} from '@wedsync/seating/engine';
import { atLeast, informs, type Measure, median } from '../report.ts';
import { type Contestant, cbcCompact, hasCbc, highsCompact, tabu } from './opponents.ts';
import { solve } from './solve.ts';

interface Instance {
  name: string;
  problem: SeatingProblem;
  /** The published tabu search knows no capacities. */
  isLewisCarroll: boolean;
}

const lewisCarroll = (density: number, tables: number, groups = 50): Instance => ({
  name: `${groups} groups, ${tables} tables, conflicts ${density}`,
  problem: generateLewisCarroll({ groups, tables, density, seed: 1 }),
  isLewisCarroll: true,
});
const wedding = (guests: number): Instance => ({
  name: `wedding of ${guests}`,
  problem: generateWedding(guests, 8, 7),
  isLewisCarroll: false,
});

const instances: readonly Instance[] = [
  lewisCarroll(0.3, 15),
  lewisCarroll(0.3, 22),
  lewisCarroll(0.6, 15),
  lewisCarroll(0.6, 22),
  wedding(50),
  wedding(100),
];

const ours: Contestant = async (problem, { seconds, seed }) =>
  (await solve(problem, { budgetMs: seconds * 1_000, seed })).cost;

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Every seed once; solvers without one run once. */
async function costsOf(
  contestant: Contestant,
  problem: SeatingProblem,
  { seconds, seeds }: { seconds: number; seeds: number },
): Promise<number[]> {
  const costs: number[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    costs.push((await contestant(problem, { seconds, seed })) ?? Number.POSITIVE_INFINITY);
  }
  return costs;
}

/**
 * Everybody on the same instance with the same time on the clock; a plan counts what the recount says,
 * no plan counts as infinitely dear.
 */
export async function measureContest(given: {
  seconds: number;
  seeds: number;
}): Promise<Measure[]> {
  const once = { seconds: given.seconds, seeds: 1 };
  const measures: Measure[] = [];
  let neverWorse = 0;
  let compared = 0;
  for (const { name, problem, isLewisCarroll } of instances) {
    say(`${name}: ${given.seconds} s each`);
    const mine = await costsOf(ours, problem, given);
    const others: [string, number[]][] = [
      ['HiGHS compact', await costsOf(highsCompact, problem, once)],
      ...(hasCbc()
        ? [['CBC compact', await costsOf(cbcCompact, problem, once)] as [string, number[]]]
        : []),
      ...(isLewisCarroll
        ? [['two-stage tabu', await costsOf(tabu, problem, given)] as [string, number[]]]
        : []),
    ];
    const worst = Math.max(...mine);
    for (const [, costs] of others) {
      compared++;
      if (worst <= Math.min(...costs)) neverWorse++;
    }
    const shown = (cost: number) => (Number.isFinite(cost) ? String(cost) : 'no plan');
    const yardstick = others
      .map(([who, costs]) =>
        costs.length > 1
          ? `${who} ${shown(Math.min(...costs))} to ${shown(Math.max(...costs))}`
          : `${who} ${shown(Math.min(...costs))}`,
      )
      .join(', ');
    measures.push(
      informs({ measure: name, value: median(mine), unit: `(worst ${worst})`, yardstick }),
    );
  }
  const missing = hasCbc() ? '' : '; CBC skipped: needs the Debian package coinor-cbc';
  return [
    ...measures,
    atLeast(compared, {
      measure: `never worse after ${given.seconds} s (of ${compared} comparisons)`,
      value: neverWorse,
      unit: '',
      yardstick: `our worst of ${given.seeds} seeds against their best${missing}`,
    }),
  ];
}
