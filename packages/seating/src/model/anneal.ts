import { type Assignment, type Evaluation, evaluate, type SeatingProblem } from './problem.ts';
import { seededRandom } from './random.ts';
import { penaltyFor, SeatingState } from './seating-state.ts';
import { tableClasses } from './table-classes.ts';

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
  locked: Uint8Array | undefined;
}

/** Share of the moves that bring somebody to a friend's table; the others go anywhere. */
const friendlyShare = 0.5;

const isTaken = (delta: number, { random }: Search, temperature: number): boolean =>
  delta <= 0 || random() < Math.exp(-delta / temperature);

function tryShift(search: Search, move: { group: number; to: number }, temperature: number) {
  const { state } = search;
  if (!isTaken(state.shiftDelta(move.group, move.to), search, temperature)) return false;
  state.shift(move.group, move.to);
  return true;
}

function trySwap(search: Search, pair: { a: number; b: number }, temperature: number): boolean {
  const { state } = search;
  const from = state.table[pair.a] ?? 0;
  const to = state.table[pair.b] ?? 0;
  if (from === to) return false;
  if (!isTaken(state.swapDelta(pair.a, pair.b), search, temperature)) return false;
  state.shift(pair.a, to);
  state.shift(pair.b, from);
  return true;
}

/** Seats a group beside somebody it likes: on free seats, or in exchange for somebody who sits there. */
function joinFriend(search: Search, group: number, temperature: number): boolean {
  const { state, random, locked } = search;
  const friend = state.friend(group, random());
  if (friend < 0) return false;
  const to = state.table[friend] ?? 0;
  if (to === state.table[group]) return false;
  if (state.fits(group, to)) return tryShift(search, { group, to }, temperature);
  const other = state.guestAt(to, random());
  if (other < 0 || locked?.[other]) return false;
  return trySwap(search, { a: group, b: other }, temperature);
}

/** One random shift or swap, taken if it is better or if the temperature allows. True: state changed. */
function step(search: Search, temperature: number): boolean {
  const { state, random, movable } = search;
  const group = movable[Math.floor(random() * movable.length)] ?? 0;
  const kind = random();
  if (kind < friendlyShare) return joinFriend(search, group, temperature);
  if (kind < (1 + friendlyShare) / 2) {
    const to = Math.floor(random() * state.tables);
    return to !== state.table[group] && tryShift(search, { group, to }, temperature);
  }
  const other = movable[Math.floor(random() * movable.length)] ?? 0;
  return trySwap(search, { a: group, b: other }, temperature);
}

function randomStart({ sizes, tables }: SeatingProblem, random: () => number): Assignment {
  return Int32Array.from(sizes, () => Math.floor(random() * tables.length));
}

/** Starts where typical pairs are parted now and then, ends where only improvements pass. */
function defaultTemperature(problem: SeatingProblem): { from: number; to: number } {
  const { pairs, sizes, tables } = problem;
  const mean = pairs.reduce((sum, { cost }) => sum + Math.abs(cost), 0) / Math.max(1, pairs.length);
  // Where a group meets many pairs at every table, a move changes as many of them at once.
  const met = (2 * pairs.length) / Math.max(1, sizes.length * tables.length);
  const scale = mean * Math.max(1, Math.sqrt(met));
  // Where tables differ, whole circles must still be able to change tables at the beginning.
  const kinds = tableClasses(problem).filter(({ spec }) => !spec.isAside).length;
  const [from, to] = kinds === 1 ? [scale, scale / 20] : [scale * 3, scale / 14];
  return { from: Math.max(4, from), to: Math.max(0.05, to) };
}

/**
 * Simulated annealing over shifts and swaps of groups (Kirkpatrick, Gelatt, Vecchi 1983), geometric
 * cooling by iteration. Half of the moves bring somebody to a friend's table. Broken rules cost penalties on the way; a legal plan, once met, is only given
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
  const search: Search = { state, random, movable, locked: options.locked };

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
