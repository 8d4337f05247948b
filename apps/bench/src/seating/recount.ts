import type { Assignment, SeatingProblem } from '@wedsync/seating/engine';

/**
 * Cost of a plan, written down a second time and from the definition alone, so that neither solver
 * nor checker of the engine can be wrong unnoticed.
 * @returns undefined where the plan is not legal
 */
export function recount(problem: SeatingProblem, plan: Assignment): number | undefined {
  const { sizes, tables, placeCosts, allowed } = problem;
  let cost = 0;
  for (const [table, { capacity, loadCosts, isAside }] of tables.entries()) {
    const here = [...plan.keys()].filter((group) => plan[group] === table);
    const load = here.reduce((sum, group) => sum + (sizes[group] ?? 0), 0);
    if (load > capacity) return undefined;
    cost += loadCosts?.[load] ?? 0;
    for (const group of here) {
      const cell = group * tables.length + table;
      if (allowed?.[cell] === 0) return undefined;
      cost += placeCosts?.[cell] ?? 0;
    }
    if (isAside) continue;
    const isHere = (group: number) => here.includes(group);
    if (problem.apart.some(([a, b]) => isHere(a) && isHere(b))) return undefined;
    for (const { a, b, cost: wish } of problem.pairs) if (isHere(a) && isHere(b)) cost += wish;
    for (const group of problem.company ? here : []) {
      const { known = [], wanted, costs, isRule } = problem.company ?? {};
      const met = known
        .flatMap(([a, b]) => (a === group ? [b] : b === group ? [a] : []))
        .filter(isHere)
        .reduce((sum, other) => sum + (sizes[other] ?? 0), 0);
      const missing = Math.max(0, (wanted?.[group] ?? 0) - met);
      if (isRule && missing > 0) return undefined;
      cost += missing * (isRule ? 0 : (costs?.[group] ?? 0));
    }
  }
  const isSeated = plan.every((table) => table >= 0 && table < tables.length);
  return isSeated ? cost : undefined;
}

/** The recounted cost of a plan that must be legal and cost what its solver says. */
export function mustCost(problem: SeatingProblem, plan: Assignment, claimed: number): number {
  const cost = recount(problem, plan);
  if (cost !== claimed)
    throw new Error(`a plan said to cost ${claimed} costs ${cost ?? 'no rule'}`);
  return cost;
}
