import { type Assignment, type Evaluation, evaluate, type SeatingProblem } from './problem.ts';
import { seededRandom } from './random.ts';
import { penaltyFor, SeatingState } from './seating-state.ts';

export interface AnnealOptions {
  seed: number;
  /** Moves to try; with the seed, the only thing that the result depends on. */
  iterations: number;
  /** Where to begin; absent: every group at a random table. */
  start?: Assignment;
  /** Groups that stay where `start` has them. */
  locked?: Uint8Array;
  /** Mean cost change of a bad move that is still taken at the start and at the end. */
  temperature?: { from: number; to: number };
  /** Asked now and then; true ends the search with the best plan so far. */
  isCancelled?: () => boolean;
  /** Hears of every better legal plan. */
  onBetter?: (cost: number, iteration: number) => void;
}

export interface AnnealResult {
  assignment: Assignment;
  evaluation: Evaluation;
  iterations: number;
}

/** Moves between two looks at the clock-free schedule and at `isCancelled`. */
const stride = 1 << 10;

interface Search {
  state: SeatingState;
  random: () => number;
  movable: Int32Array;
}

/** One random shift or swap, taken if it is better or if the temperature allows. True: state changed. */
function step({ state, random, movable }: Search, temperature: number): boolean {
  const { table: tableOf, tables } = state;
  const u = movable[Math.floor(random() * movable.length)] ?? 0;
  const from = tableOf[u] ?? 0;
  if (random() < 0.5) {
    const to = Math.floor(random() * tables);
    if (to === from) return false;
    const delta = state.shiftDelta(u, to);
    if (delta > 0 && random() >= Math.exp(-delta / temperature)) return false;
    state.shift(u, to);
    return true;
  }
  const v = movable[Math.floor(random() * movable.length)] ?? 0;
  const to = tableOf[v] ?? 0;
  if (to === from) return false;
  const delta = state.swapDelta(u, v);
  if (delta > 0 && random() >= Math.exp(-delta / temperature)) return false;
  state.shift(u, to);
  state.shift(v, from);
  return true;
}

function randomStart({ sizes, tables }: SeatingProblem, random: () => number): Assignment {
  return Int32Array.from(sizes, () => Math.floor(random() * tables.length));
}

/** Start high enough that typical pairs can be parted, end where only improvements pass. */
function defaultTemperature({ pairs }: SeatingProblem): { from: number; to: number } {
  const mean = pairs.reduce((sum, { cost }) => sum + Math.abs(cost), 0) / Math.max(1, pairs.length);
  return { from: Math.max(4, mean * 3), to: Math.max(0.05, mean / 45) };
}

/**
 * Simulated annealing over shifts and swaps of groups (Kirkpatrick, Gelatt, Vecchi 1983), geometric
 * cooling by iteration. Broken rules cost penalties on the way; a legal plan, once met, is only given
 * up for a better legal one. Deterministic in the problem, the seed and the number of iterations.
 *
 * @returns the best plan met; where no legal one was met, the one with the least wrong
 */
export function anneal(problem: SeatingProblem, options: AnnealOptions): AnnealResult {
  const random = seededRandom(options.seed);
  const start = options.start ?? randomStart(problem, random);
  const state = new SeatingState(problem, start, penaltyFor(problem));
  const groups = Int32Array.from(problem.sizes, (_, group) => group);
  const movable = groups.filter((group) => !options.locked?.[group]);
  const { from, to } = options.temperature ?? defaultTemperature(problem);
  const search: Search = { state, random, movable };

  const best = state.table.slice();
  let bestBroken = state.broken;
  let bestCost = state.cost;
  let iteration = 0;
  while (iteration < options.iterations && movable.length > 0) {
    if (options.isCancelled?.()) break;
    const temperature = from * (to / from) ** (iteration / options.iterations);
    const end = Math.min(iteration + stride, options.iterations);
    for (; iteration < end; iteration++) {
      if (!step(search, temperature)) continue;
      const broken = state.broken;
      if (broken > bestBroken || (broken === bestBroken && state.cost >= bestCost)) continue;
      best.set(state.table);
      bestBroken = broken;
      bestCost = state.cost;
      if (broken === 0) options.onBetter?.(bestCost, iteration);
    }
  }
  return { assignment: best, evaluation: evaluate(problem, best), iterations: iteration };
}
