import type { Highs, ModelData } from 'highs';
import type { MasterShape } from './master.ts';
import { type GroupTriple, overlap } from './rank-one-cuts.ts';
import { membersOf, type TableColumns } from './table-columns.ts';

export interface IntegerMaster extends MasterShape {
  triples: readonly GroupTriple[];
  /** Only a plan that costs less is looked for. */
  cutoff: number;
  budgetMs: number;
}

/** Columns of a sparse matrix, one after the other. */
class SparseColumns {
  readonly starts = [0];
  readonly indices: number[] = [];
  readonly values: number[] = [];
  readonly costs: number[] = [];

  /** A column with ones in `rows` and its cost in `costRow`, so that the cutoff is a row as well. */
  add(rows: Iterable<number>, cost: number, costRow: number): void {
    for (const row of rows) {
      this.indices.push(row);
      this.values.push(1);
    }
    if (cost !== 0) {
      this.indices.push(costRow);
      this.values.push(cost);
    }
    this.costs.push(cost);
    this.starts.push(this.indices.length);
  }
}

/** Rows: groups, classes, cuts, and last the cost itself. */
function modelOf(highs: Highs, columns: TableColumns, master: IntegerMaster): ModelData {
  const { groups, classes, triples, cutoff } = master;
  const firstCut = groups + classes.length;
  const costRow = firstCut + triples.length;
  const sparse = new SparseColumns();
  for (let column = 0; column < columns.count; column++) {
    const cuts = triples.flatMap((triple, index) =>
      overlap(columns, column, triple) >= 2 ? [firstCut + index] : [],
    );
    const rows = [...membersOf(columns, column), groups + (columns.classes[column] ?? 0), ...cuts];
    sparse.add(rows, columns.costs[column] ?? 0, costRow);
  }
  classes.forEach(({ spec }, index) => {
    sparse.add([groups + index], spec.loadCosts?.[0] ?? 0, costRow);
  });
  const once = new Array<number>(groups).fill(1);
  const counts = classes.map(({ tables }) => tables.length);
  const numCols = columns.count + classes.length;
  const free = -highs.infinity;
  return {
    numCols,
    numRows: costRow + 1,
    colCost: sparse.costs,
    colLower: new Float64Array(numCols),
    colUpper: [...new Array<number>(columns.count).fill(1), ...counts],
    rowLower: [...once, ...counts, ...triples.map(() => free), free],
    rowUpper: [
      ...once,
      ...counts,
      ...triples.map(() => 1),
      Number.isFinite(cutoff) ? cutoff - 1 : highs.infinity,
    ],
    matrix: {
      format: 'csc',
      numRows: costRow + 1,
      numCols,
      starts: Int32Array.from(sparse.starts),
      indices: Int32Array.from(sparse.indices),
      values: Float64Array.from(sparse.values),
    },
    integrality: new Int32Array(numCols).fill(highs.constants.variableType.integer),
  };
}

/**
 * Chooses columns so that each group is seated once, at the least cost.
 * @returns the chosen columns; undefined where no choice is below the cutoff; `late` where time ran out
 */
export function solveOverColumns(
  highs: Highs,
  columns: TableColumns,
  master: IntegerMaster,
): number[] | undefined | 'late' {
  if (columns.count === 0) return undefined;
  if (master.budgetMs <= 0) return 'late';
  const model = highs.createModel(modelOf(highs, columns, master));
  try {
    model.options.set({
      output_flag: false,
      time_limit: master.budgetMs / 1_000,
      // Costs are whole numbers: anything closer than one is the optimum.
      mip_abs_gap: 0.999,
      mip_rel_gap: 0,
    });
    model.run();
    const status = model.getModelStatus();
    const { infeasible, optimal } = highs.constants.modelStatus;
    if (status === infeasible) return undefined;
    if (status !== optimal) return 'late';
    const { colValue } = model.getSolution();
    return Array.from({ length: columns.count }, (_, column) => column).filter(
      (column) => (colValue[column] ?? 0) > 0.5,
    );
  } finally {
    model.dispose();
  }
}
