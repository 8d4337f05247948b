import { type AnnealResult, anneal } from './anneal.ts';
import type { Assignment, SeatingProblem } from './problem.ts';

/** The problem in which leaving the place that a group has in `plan` costs `perGuest` each. */
export function withMoveCosts(
  problem: SeatingProblem,
  plan: Assignment,
  perGuest: number,
): SeatingProblem {
  const tables = problem.tables.length;
  const placeCosts = problem.placeCosts?.slice() ?? new Int32Array(problem.sizes.length * tables);
  problem.sizes.forEach((size, group) => {
    for (let table = 0; table < tables; table++) {
      const cell = group * tables + table;
      if (table !== plan[group]) placeCosts[cell] = (placeCosts[cell] ?? 0) + perGuest * size;
    }
  });
  return { ...problem, placeCosts };
}

export interface Reflow extends AnnealResult {
  /** Groups that changed their table. */
  moved: number[];
}

/**
 * Seats the same groups again after something changed, moving as few as it pays to move: starts
 * from the present plan, cool, with a price on every move.
 *
 * @param perGuest what moving one guest must at least win
 */
export function reflow(
  problem: SeatingProblem,
  plan: Assignment,
  options: { perGuest: number; seed: number; iterations: number; locked?: Uint8Array },
): Reflow {
  const { perGuest, ...rest } = options;
  const priced = withMoveCosts(problem, plan, perGuest);
  const temperature = { from: Math.max(2, perGuest), to: 0.1 };
  const result = anneal(priced, { ...rest, start: plan, temperature });
  const moved = [...plan.keys()].filter((group) => plan[group] !== result.assignment[group]);
  return { ...result, moved };
}
