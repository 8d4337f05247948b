import type { SeatingProblem, TableSpec } from './problem.ts';

/** Tables that are the same to every group: exchanging two of them changes nothing. */
export interface TableClass {
  readonly spec: TableSpec;
  /** Indices of the tables, ascending. */
  readonly tables: readonly number[];
}

function signature(problem: SeatingProblem, table: number): string {
  const { sizes, tables, placeCosts, allowed } = problem;
  const column = (cells: ArrayLike<number> | undefined) =>
    cells ? Array.from(sizes, (_, group) => cells[group * tables.length + table]).join() : '';
  const { capacity, loadCosts, isAside } = tables[table] as TableSpec;
  return [
    isAside ? table : '',
    capacity,
    loadCosts?.join() ?? '',
    column(placeCosts),
    column(allowed),
  ].join('|');
}

/**
 * Sorts the tables into classes. An exact method that told equal tables apart would prove the same
 * thing once per order of the tables.
 */
export function tableClasses(problem: SeatingProblem): TableClass[] {
  const classes = new Map<string, { spec: TableSpec; tables: number[] }>();
  problem.tables.forEach((spec, table) => {
    const key = signature(problem, table);
    const known = classes.get(key);
    if (known) known.tables.push(table);
    else classes.set(key, { spec, tables: [table] });
  });
  // Everybody left aside is a table of one: there are as many of these as there are groups.
  return [...classes.values()].map(({ spec, tables }) =>
    spec.isAside
      ? { spec, tables: Array.from(problem.sizes, () => tables[0] ?? 0) }
      : { spec, tables },
  );
}
