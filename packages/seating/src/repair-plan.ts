import { searchInThreads } from './adapters/optimizer.ts';
import { compileProblem, presentAssignment } from './model/compile-problem.ts';
import { explainInfeasible } from './model/infeasible.ts';
import { indexPlan, type PlanFacts } from './model/plan-index.ts';
import type { PlanSettings } from './model/seating-rules.ts';
import { reflowTemperature, type Solution, seatsOf } from './solve-plan.ts';

/** Enough to settle a few guests among 200 in a fraction of a second. */
const rounds = [60_000, 60_000] as const;
/** Fixed: asking twice gives the same proposal. */
const seed = 1;

/**
 * Repairs a plan after answers changed, at once: one short search close to the present plan, in a
 * thread, with a price on every move. Nothing is proven.
 */
export async function repairPlan(
  facts: PlanFacts,
  weights: PlanSettings['weights'],
): Promise<Solution> {
  const index = indexPlan(facts);
  const settings: PlanSettings = { mode: 'reflow', weights, includesUndecided: false };
  let moves = 0;
  for (const policy of ['present', 'alone'] as const) {
    const compiled = compileProblem(index, settings, policy);
    const search = searchInThreads(compiled.problem, {
      seed,
      lanes: 1,
      rounds,
      start: presentAssignment(compiled),
      temperature: reflowTemperature,
    });
    const plan = await search.done;
    moves += search.board.moves;
    if (plan?.isLegal)
      return { kind: 'solved', ...seatsOf(facts, compiled, plan.assignment), bound: null, moves };
  }
  const reason = explainInfeasible(compileProblem(index, settings));
  return reason ? { kind: 'infeasible', reason } : { kind: 'unsolved', moves };
}
