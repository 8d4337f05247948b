import { type Assignment, evaluate, isLegal, type SeatingProblem } from './problem.ts';

/** Why one group sits where it sits. */
export interface Explanation {
  group: number;
  table: number;
  /** Those at the table who matter to it, the happiest first. */
  company: { group: number; cost: number }[];
  /** Every other table with what moving there would cost, the cheapest first. */
  moves: Move[];
}

export interface Move {
  table: number;
  /** Change of the objective; negative would be better. */
  delta: number;
  /** Null where the group may move there. */
  obstacle:
    | { kind: 'not_allowed' }
    | { kind: 'full'; missing: number }
    | { kind: 'apart'; from: number[] }
    | null;
}

function obstacleAt(
  problem: SeatingProblem,
  plan: Assignment,
  { group, table }: { group: number; table: number },
): Move['obstacle'] {
  const { sizes, tables, apart, allowed } = problem;
  if (allowed?.[group * tables.length + table] === 0) return { kind: 'not_allowed' };
  const from = apart.flatMap(([a, b]) => {
    const other = a === group ? b : b === group ? a : undefined;
    return other !== undefined && plan[other] === table ? [other] : [];
  });
  if (from.length > 0) return { kind: 'apart', from };
  const load = sizes.reduce((sum, size, other) => sum + (plan[other] === table ? size : 0), 0);
  const missing = load + (sizes[group] ?? 0) - (tables[table]?.capacity ?? 0);
  return missing > 0 ? { kind: 'full', missing } : null;
}

/**
 * Says for one group of a legal plan whom it sits with and what each other table would change.
 * @throws RangeError where the plan is not legal: its costs would explain nothing
 */
export function explainSeat(problem: SeatingProblem, plan: Assignment, group: number): Explanation {
  const now = evaluate(problem, plan);
  if (!isLegal(now)) throw new RangeError('only a legal plan can be explained');
  const table = plan[group] ?? 0;
  const company = problem.pairs
    .flatMap(({ a, b, cost }) => {
      const other = a === group ? b : b === group ? a : undefined;
      return other !== undefined && plan[other] === table ? [{ group: other, cost }] : [];
    })
    .sort((left, right) => left.cost - right.cost);
  const moves = problem.tables.flatMap((_, to): Move[] => {
    if (to === table) return [];
    const moved = plan.slice();
    moved[group] = to;
    const delta = evaluate(problem, moved).cost - now.cost;
    return [{ table: to, delta, obstacle: obstacleAt(problem, plan, { group, table: to }) }];
  });
  moves.sort(
    (left, right) =>
      Number(left.obstacle !== null) - Number(right.obstacle !== null) || left.delta - right.delta,
  );
  return { group, table, company, moves };
}
