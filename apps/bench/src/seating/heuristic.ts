import {
  generateWedding,
  isLegal,
  orderSeats,
  proveInThread,
  reflow,
  type SeatingProblem,
} from '@wedsync/seating/engine';
import { atLeast, atMost, type Measure, median } from '../report.ts';
import { mustCost } from './recount.ts';
import { annealFor } from './solve.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const secondsForBest = 30;

const costAfter = (problem: SeatingProblem, ms: number, seed: number): number => {
  const { assignment, evaluation } = annealFor(problem, ms, seed);
  if (!isLegal(evaluation)) return Number.POSITIVE_INFINITY;
  return mustCost(problem, assignment, evaluation.cost);
};

const wedding = (guests: number) => generateWedding(guests, guests > 200 ? 10 : 8, 7);

const gapTo = (best: number) => (cost: number) => (100 * (cost - best)) / Math.abs(best);

/** 200 guests: against the optimum, which is proven here where it can be. */
async function twoHundred(): Promise<Measure[]> {
  const problem = wedding(200);
  const half = seeds.map((seed) => costAfter(problem, 500, seed));
  const five = seeds.map((seed) => costAfter(problem, 5_000, seed));
  const incumbent = annealFor(problem, 2_000, 99).assignment;
  const proof = await proveInThread(problem, { incumbent, budgetMs: 60_000 });
  const best = Math.min(...half, ...five, proof.kind === 'optimal' ? proof.cost : 0);
  const yardstick = proof.kind === 'optimal' ? `${best}, proven best` : `${best}, best known`;
  return [
    atMost(0.6, {
      measure: '200 guests after 0.5 s, behind the best',
      value: median(half.map(gapTo(best))),
      unit: '%',
      yardstick,
    }),
    atLeast(0.9, {
      measure: '200 guests: seeds that reach the best in 5 s',
      value: five.filter((cost) => cost === best).length / seeds.length,
      unit: '',
      yardstick,
    }),
  ];
}

function large(guests: number, ms: number, goal: number): Measure {
  const problem = wedding(guests);
  const costs = seeds.map((seed) => costAfter(problem, ms, seed));
  const long = costAfter(problem, secondsForBest * 1_000, 101);
  const best = Math.min(...costs, long);
  return atMost(goal, {
    measure: `${guests} guests after ${ms / 1_000} s, behind the best known`,
    value: median(costs.map(gapTo(best))),
    unit: '%',
    yardstick: `${best}, best of ${seeds.length} short runs and one of ${secondsForBest} s`,
  });
}

function lateAnswers(): Measure[] {
  const problem = wedding(200);
  const plan = annealFor(problem, 2_000, 1).assignment;
  const times: number[] = [];
  const moved: number[] = [];
  for (const seed of seeds) {
    // Household number `seed` brings one guest more.
    const sizes = problem.sizes.slice();
    sizes[seed] = (sizes[seed] ?? 0) + 1;
    const startedAt = performance.now();
    const result = reflow({ ...problem, sizes }, plan, { perGuest: 20, seed, iterations: 200_000 });
    times.push(performance.now() - startedAt);
    if (isLegal(result.evaluation)) moved.push(result.moved.length);
  }
  const yardstick = '200 guests, one household grows by one';
  return [
    atMost(300, { measure: 'reflow', value: median(times), unit: 'ms', yardstick }),
    atMost(3, { measure: 'groups moved by it', value: median(moved), unit: '', yardstick }),
  ];
}

/** Order round a table of twelve, proven best each time. */
function seatOrder(): Measure {
  const n = 12;
  const times = Array.from({ length: 60 }, (_, round) => {
    const costs = Int32Array.from({ length: n * n }, (_, cell) => {
      const [a, b] = [Math.floor(cell / n), cell % n];
      return ((Math.min(a, b) * 7 + Math.max(a, b) * 13 + round) % 41) - 20;
    });
    const startedAt = performance.now();
    const { isProven } = orderSeats(costs, 'ring');
    if (!isProven) throw new Error('twelve seats were not ordered exactly');
    return performance.now() - startedAt;
  });
  return atMost(5, {
    measure: 'exact order round a table of 12',
    value: median(times),
    unit: 'ms',
    yardstick: 'Held-Karp',
  });
}

/** What a planner gets without waiting for a proof. */
export async function measureHeuristic(): Promise<Measure[]> {
  return [
    ...(await twoHundred()),
    large(500, 1_000, 0.5),
    large(1_000, 5_000, 1),
    ...lateAnswers(),
    seatOrder(),
  ];
}
