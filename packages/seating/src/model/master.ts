import type { Highs, Model } from 'highs';
import { type HeldColumn, membersOf, type TableColumns } from './column-store.ts';
import { type GroupTriple, overlap } from './rank-one-cuts.ts';
import type { TableClass } from './table-classes.ts';

/** Prices of the linear program: what a seat for each group, each table and each cut is worth. */
export interface Prices {
  groups: Float64Array;
  classes: Float64Array;
  triples: Float64Array;
}

export interface MasterSolution {
  prices: Prices;
  /** Of every column held. */
  values: Float64Array;
}

export interface MasterShape {
  groups: number;
  classes: readonly TableClass[];
  /** What leaving a group out costs; so much that no plan pays it. */
  unseatedCost: number;
}

/**
 * What no plan can cost less than, computed from the prices alone (weak duality), so that it holds
 * whatever the solver's tolerances let pass.
 *
 * @param reduced what every column costs at these prices; slightly negative ones are paid for here
 */
export function safeBound(
  { classes }: MasterShape,
  prices: Prices,
  reduced: { columns: Float64Array; classOf: ArrayLike<number> },
): number {
  const least = new Float64Array(classes.length);
  classes.forEach(({ spec }, index) => {
    least[index] = Math.min(0, (spec.loadCosts?.[0] ?? 0) - (prices.classes[index] ?? 0));
  });
  reduced.columns.forEach((value, column) => {
    const at = reduced.classOf[column] ?? 0;
    if (value < (least[at] ?? 0)) least[at] = value;
  });
  let bound = 0;
  for (const price of prices.groups) bound += price;
  for (const price of prices.triples) bound += price;
  classes.forEach(({ tables }, index) => {
    bound += tables.length * ((prices.classes[index] ?? 0) + (least[index] ?? 0));
  });
  return bound;
}

/**
 * The set-partitioning model over a part of the columns: each group at one table, as many tables of
 * each class as there are, empty ones included. Columns and cuts are added; HiGHS continues from its
 * last basis.
 */
export class Master {
  readonly triples: GroupTriple[] = [];
  /** The columns of the program, in their order. */
  readonly held: HeldColumn[] = [];
  readonly #highs: Highs;
  readonly #model: Model;
  readonly #shape: MasterShape;

  constructor(highs: Highs, shape: MasterShape) {
    const { groups, classes } = shape;
    this.#highs = highs;
    this.#shape = shape;
    this.#model = highs.createModel();
    this.#model.options.set({ output_flag: false, solver: 'simplex', presolve: 'off' });
    const nothing = { indices: [], values: [] };
    for (let group = 0; group < groups; group++) this.#model.addRow(1, 1, nothing);
    for (const { tables } of classes) this.#model.addRow(tables.length, tables.length, nothing);
    for (let group = 0; group < groups; group++) {
      this.#model.addCol(shape.unseatedCost, 0, highs.infinity, { indices: [group], values: [1] });
    }
    classes.forEach(({ spec, tables }, index) => {
      const empty = { indices: [groups + index], values: [1] };
      this.#model.addCol(spec.loadCosts?.[0] ?? 0, 0, tables.length, empty);
    });
  }

  get #rows(): number {
    return this.#shape.groups + this.#shape.classes.length;
  }

  #rowsOf(of: TableColumns, column: number): number[] {
    const cuts = this.triples.flatMap((triple, index) =>
      overlap(of, column, triple) >= 2 ? [this.#rows + index] : [],
    );
    const table = this.#shape.groups + (of.classes[column] ?? 0);
    return [...membersOf(of, column), table, ...cuts];
  }

  /** Adds the columns of `of` at `wanted`, none of which it may hold already. */
  addColumns(of: TableColumns, wanted: ArrayLike<number>): void {
    const added = Array.from(wanted);
    if (added.length === 0) return;
    const starts = new Int32Array(added.length + 1);
    const indices: number[] = [];
    added.forEach((column, position) => {
      this.held.push({ of, column });
      indices.push(...this.#rowsOf(of, column));
      starts[position + 1] = indices.length;
    });
    this.#model.addCols({
      cost: Float64Array.from(added, (column) => of.costs[column] ?? 0),
      lower: new Float64Array(added.length),
      upper: new Float64Array(added.length).fill(this.#highs.infinity),
      matrix: {
        format: 'csc',
        numRows: this.#rows + this.triples.length,
        numCols: added.length,
        starts,
        indices: Int32Array.from(indices),
        values: new Float64Array(indices.length).fill(1),
      },
    });
  }

  addTriples(triples: readonly GroupTriple[]): void {
    for (const triple of triples) {
      const cut = this.held.flatMap(({ of, column }, position) =>
        overlap(of, column, triple) >= 2 ? [this.#rows + position] : [],
      );
      this.#model.addRow(-this.#highs.infinity, 1, { indices: cut, values: cut.map(() => 1) });
      this.triples.push(triple);
    }
  }

  /** Solves the linear program; undefined where the solver gave up or the time was over. */
  solve(budgetMs: number): MasterSolution | undefined {
    this.#model.zeroAllClocks();
    this.#model.options.set('time_limit', Math.max(0.001, budgetMs / 1_000));
    this.#model.run();
    if (this.#model.getModelStatus() !== this.#highs.constants.modelStatus.optimal)
      return undefined;
    const { colValue, rowDual } = this.#model.getSolution();
    const { groups } = this.#shape;
    return {
      prices: {
        groups: rowDual.slice(0, groups),
        classes: rowDual.slice(groups, this.#rows),
        // A cut that is at most one can only have a price that is not positive.
        triples: rowDual.slice(this.#rows).map((price) => Math.min(0, price)),
      },
      values: colValue.slice(this.#rows),
    };
  }

  dispose(): void {
    this.#model.dispose();
  }
}
