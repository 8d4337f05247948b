import type { SeatingProblem } from './problem.ts';

/**
 * A cost that no plan can be below, found at once: every wish met, nothing unwanted met, every group
 * at the cheapest table that may take it, every table at its cheapest load. Where a plan costs just
 * that, it is best without any further proof.
 */
export function simpleBound({ sizes, pairs, tables, placeCosts, allowed }: SeatingProblem): number {
  const together = new Map<number, number>();
  for (const { a, b, cost } of pairs) {
    const key = Math.min(a, b) * sizes.length + Math.max(a, b);
    together.set(key, (together.get(key) ?? 0) + cost);
  }
  let bound = 0;
  for (const cost of together.values()) bound += Math.min(0, cost);
  for (const { loadCosts } of tables) if (loadCosts) bound += Math.min(...loadCosts);
  if (!placeCosts) return bound;
  sizes.forEach((_, group) => {
    let cheapest = Number.POSITIVE_INFINITY;
    for (let table = 0; table < tables.length; table++) {
      const cell = group * tables.length + table;
      if (allowed?.[cell] !== 0) cheapest = Math.min(cheapest, placeCosts[cell] ?? 0);
    }
    if (Number.isFinite(cheapest)) bound += cheapest;
  });
  return bound;
}
