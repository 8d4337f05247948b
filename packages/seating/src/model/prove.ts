import type { Highs } from 'highs';
import { chooseSplit, splitPart } from './branching.ts';
import { conflictGraph, keepApart } from './colouring.ts';
import { membersOf, type TableColumns } from './column-store.ts';
import type { MasterShape } from './master.ts';
import { searchPartition } from './partition-search.ts';
import { priceRoot } from './priced-root.ts';
import {
  type Assignment,
  checkProblem,
  costLimits,
  evaluate,
  isLegal,
  type SeatingProblem,
} from './problem.ts';
import { type Part, type RelaxedPart, relax, roundUp } from './relaxation.ts';
import { tableClasses } from './table-classes.ts';
import { enumerateColumns } from './table-columns.ts';

export interface ProveOptions {
  /** The best legal plan known; the proof is that nothing is better, or something better. */
  incumbent?: Assignment;
  /** Ends with what is known after this long; the solver itself may overshoot. */
  budgetMs: number;
  /** Columns that a part of the search may have at most; bounds its memory. */
  columnsMax?: number;
  /** Up to so many columns are listed before the first linear program; beyond they are priced. */
  listedMax?: number;
  onProgress?: (progress: { bound: number; columns: number }) => void;
}

/**
 * - `optimal`: no legal plan costs less than `assignment`.
 * - `infeasible`: there is no legal plan at all.
 * - `bounded`: no legal plan costs less than `bound`; whether one costs that is open.
 * - `unknown`: too many ways to fill a table, or too little time for any bound.
 */
export type Proof =
  | { kind: 'optimal'; assignment: Assignment; cost: number }
  | { kind: 'infeasible' }
  | { kind: 'bounded'; assignment: Assignment | undefined; bound: number }
  | { kind: 'unknown'; assignment: Assignment | undefined };

const columnsMaxDefault = 3_000_000;
const listedMaxDefault = 50_000;
/** Columns that the search over partitions looks at before the part is split instead. */
const effortMax = 1_500_000;
/** Steps that are taken to see whether the tables suffice for the conflicts alone. */
const colouringStepsMax = 300_000;
const searchColumnsMax = 12_000;

/** The search for one proof: parts of it that are open, and the best plan so far. */
class Prover {
  readonly #highs: Highs;
  readonly #shape: MasterShape;
  readonly #options: ProveOptions;
  readonly #problem: SeatingProblem;
  #incumbent: Assignment | undefined;
  #upper: number;
  /** Ascending by bound, so that the first one is the bound of the whole. */
  readonly #open: Part[] = [];
  /** Bound of the whole, where the search over parts has not begun. */
  #rootBound = Number.NEGATIVE_INFINITY;
  readonly #startedAt = performance.now();

  constructor(highs: Highs, problem: SeatingProblem, options: ProveOptions) {
    const { incumbent } = options;
    const { least, most } = costLimits(problem);
    this.#highs = highs;
    this.#problem = problem;
    this.#options = options;
    this.#shape = {
      groups: problem.sizes.length,
      classes: tableClasses(problem),
      unseatedCost: (most - least + 1) * 10,
    };
    const known = incumbent && evaluate(problem, incumbent);
    this.#incumbent = known && isLegal(known) ? incumbent : undefined;
    this.#upper = known && isLegal(known) ? known.cost : most + 1;
  }

  run(): Proof {
    if (!this.#incumbent && this.#isImpossible()) return { kind: 'infeasible' };
    const root = this.#root();
    if (!root) return this.#late();
    this.#open.push(root);
    for (;;) {
      const part = this.#open[0];
      if (!part || roundUp(part.bound) >= this.#upper) return this.#nothingBetter();
      const relaxed = this.#relax(part);
      if (relaxed === 'late') return this.#late();
      this.#open.shift();
      if (!relaxed || this.#isSearched(relaxed)) continue;
      const shape = { sizes: this.#problem.sizes, classes: this.#shape.classes.length };
      const split = chooseSplit(relaxed, shape);
      if (split) for (const half of splitPart(relaxed, split)) this.#insert(half);
      else if (!this.#isSettled(relaxed)) {
        // Nothing to split by, and still too much to try: the bound of this part is all there is.
        this.#insert(relaxed);
        return this.#late();
      }
    }
  }

  get #leftMs(): number {
    return this.#options.budgetMs - (performance.now() - this.#startedAt);
  }

  /** Whether conflicts alone leave no plan; where they leave one that is legal, it is kept. */
  #isImpossible(): boolean {
    const { tables, sizes, apart } = this.#problem;
    if (tables.some(({ isAside }) => isAside)) return false;
    const found = keepApart(conflictGraph(sizes.length, apart), tables.length, colouringStepsMax);
    if (typeof found === 'string') return found === 'impossible';
    const evaluation = evaluate(this.#problem, found);
    if (!isLegal(evaluation)) return false;
    this.#incumbent = found;
    this.#upper = evaluation.cost;
    return false;
  }

  /** All columns where there are few, else those that pricing leaves. */
  #root(): Part | undefined {
    const columnsMax = this.#options.columnsMax ?? columnsMaxDefault;
    const listed = Math.min(columnsMax, this.#options.listedMax ?? listedMaxDefault);
    const columns = enumerateColumns(this.#problem, this.#shape.classes, listed);
    const bound = Number.NEGATIVE_INFINITY;
    if (columns) return { columns, reduced: Float64Array.from(columns.costs), triples: [], bound };
    const priced = priceRoot(this.#highs, this.#problem, {
      shape: this.#shape,
      upper: this.#upper,
      incumbent: this.#incumbent,
      columnsMax,
      leftMs: () => this.#leftMs,
      onBound: (value, count) => {
        const whole = roundUp(Math.min(value, this.#upper));
        this.#options.onProgress?.({ bound: whole, columns: count });
      },
    });
    this.#rootBound = priced.bound;
    return priced.part;
  }

  #relax(part: Part): RelaxedPart | undefined | 'late' {
    const others = this.#open[1]?.bound ?? Number.POSITIVE_INFINITY;
    return relax(this.#highs, part, {
      shape: this.#shape,
      upper: this.#upper,
      leftMs: () => this.#leftMs,
      onBound: (bound, columns) => {
        // Parts are solved in the order of their bounds; this one's is the least so far.
        part.bound = Math.max(part.bound, bound);
        const whole = Math.min(part.bound, others, this.#upper);
        this.#options.onProgress?.({ bound: roundUp(whole), columns });
      },
    });
  }

  /** Tries what is left of a part; false where that would take too long. */
  #isSearched(part: RelaxedPart, effort = effortMax): boolean {
    if (effort === effortMax && part.columns.count > searchColumnsMax) return false;
    const { chosen, isComplete } = searchPartition(part.columns, {
      ...this.#shape,
      bound: part.bound,
      reduced: part.reduced,
      cutoff: this.#upper,
      effortMax: effort,
    });
    if (chosen) this.#improve(part.columns, chosen);
    return isComplete;
  }

  /** The solution of the linear program is whole: mostly it is the best of the part. */
  #isSettled(part: RelaxedPart): boolean {
    const chosen = [...part.values.keys()].filter((column) => (part.values[column] ?? 0) > 0.5);
    this.#improve(part.columns, chosen);
    return roundUp(part.bound) >= this.#upper || this.#isSearched(part, effortMax * 100);
  }

  #insert(part: Part): void {
    const at = this.#open.findIndex(({ bound }) => bound > part.bound);
    this.#open.splice(at < 0 ? this.#open.length : at, 0, part);
  }

  /** Puts the groups of the chosen columns at tables of the columns' classes. */
  #improve(columns: TableColumns, chosen: readonly number[]): void {
    const free = this.#shape.classes.map(({ tables }) => [...tables]);
    const plan = new Int32Array(this.#shape.groups);
    for (const column of chosen) {
      const table = free[columns.classes[column] ?? 0]?.shift() ?? 0;
      for (const group of membersOf(columns, column)) plan[group] = table;
    }
    const evaluation = evaluate(this.#problem, plan);
    if (!isLegal(evaluation) || evaluation.cost >= this.#upper) return;
    this.#incumbent = plan;
    this.#upper = evaluation.cost;
  }

  #nothingBetter(): Proof {
    const assignment = this.#incumbent;
    return assignment ? { kind: 'optimal', assignment, cost: this.#upper } : { kind: 'infeasible' };
  }

  #late(): Proof {
    const assignment = this.#incumbent;
    const bound = this.#open[0]?.bound ?? this.#rootBound;
    if (bound === Number.NEGATIVE_INFINITY) return { kind: 'unknown', assignment };
    if (roundUp(bound) >= this.#upper) return this.#nothingBetter();
    return { kind: 'bounded', assignment, bound: roundUp(bound) };
  }
}

/**
 * Proves a plan best or finds a better one: set partitioning over all ways to fill a table, a linear
 * program for the bound, subset-row cuts to lift it, reduced-cost fixing to drop every table that no
 * better plan can contain, and branch and bound over the rest: small parts are searched to their end,
 * large ones are split by whether two groups share a table.
 *
 * Blocks its thread; run it in a worker.
 * @throws RangeError where the problem cannot be read
 */
export function prove(highs: Highs, problem: SeatingProblem, options: ProveOptions): Proof {
  checkProblem(problem);
  return new Prover(highs, problem, options).run();
}
