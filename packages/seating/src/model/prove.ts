import type { Highs } from 'highs';
import { solveOverColumns } from './integer-master.ts';
import { Master, type MasterShape, type Prices } from './master.ts';
import {
  type Assignment,
  checkProblem,
  evaluate,
  isLegal,
  type SeatingProblem,
} from './problem.ts';
import { overlap, violatedTriples } from './rank-one-cuts.ts';
import { tableClasses } from './table-classes.ts';
import { enumerateColumns, membersOf, selectColumns, type TableColumns } from './table-columns.ts';

export interface ProveOptions {
  /** The best legal plan known; the proof is that nothing is better, or something better. */
  incumbent?: Assignment;
  /** Ends with what is known after this long; the solver itself may overshoot. */
  budgetMs: number;
  columnsMax?: number;
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
/** Up to here the integer program is left to HiGHS. */
const integerColumnsMax = 2_500;
/** Cuts that lift the bound by less than this are not worth another round. */
const liftMin = 0.02;
const columnsPerRound = 1_500;
const triplesPerRound = 40;
/** A plan within this share of the bound is good enough to drop columns with. */
const closeShare = 0.02;
const polishMsMax = 5_000;
const epsilon = 1e-6;

/** The smallest whole number that a bound allows. */
const roundUp = (bound: number) => Math.ceil(bound - epsilon);

/** Cost of every column after its groups, its table and its cuts were paid for at these prices. */
function reducedCosts(columns: TableColumns, prices: Prices, master: Master): Float64Array {
  const reduced = new Float64Array(columns.count);
  const priced = master.triples.flatMap((triple, index) => {
    const price = prices.triples[index] ?? 0;
    return price < -epsilon ? [{ triple, price }] : [];
  });
  for (let column = 0; column < columns.count; column++) {
    let value = (columns.costs[column] ?? 0) - (prices.classes[columns.classes[column] ?? 0] ?? 0);
    const end = columns.starts[column + 1] ?? 0;
    for (let index = columns.starts[column] ?? 0; index < end; index++) {
      value -= prices.groups[columns.members[index] ?? 0] ?? 0;
    }
    for (const { triple, price } of priced) {
      if (overlap(columns, column, triple) >= 2) value -= price;
    }
    reduced[column] = value;
  }
  return reduced;
}

/** Up to `most` indices with the smallest values below `limit`. */
function smallest(values: Float64Array, limit: number, most: number): number[] {
  const found: number[] = [];
  values.forEach((value, index) => {
    if (value < limit) found.push(index);
  });
  if (found.length <= most) return found;
  return found.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0)).slice(0, most);
}

interface Relaxation {
  bound: number;
  values: Float64Array;
  reduced: Float64Array;
  isFeasible: boolean;
}

/** The search for one proof: what is left of the columns, and how far the bound was lifted. */
class Prover {
  #columns: TableColumns;
  #master: Master;
  #bound = Number.NEGATIVE_INFINITY;
  readonly #highs: Highs;
  readonly #shape: MasterShape;
  readonly #options: ProveOptions;
  readonly #problem: SeatingProblem;
  #incumbent: Assignment | undefined;
  #upper: number;
  #isPolished = false;
  readonly #startedAt = performance.now();

  constructor(
    highs: Highs,
    problem: SeatingProblem,
    options: ProveOptions & { columns: TableColumns },
  ) {
    const { incumbent, columns } = options;
    this.#highs = highs;
    this.#problem = problem;
    this.#options = options;
    this.#columns = columns;
    this.#shape = { groups: problem.sizes.length, classes: tableClasses(problem) };
    const known = incumbent && evaluate(problem, incumbent);
    this.#incumbent = known && isLegal(known) ? incumbent : undefined;
    this.#upper = known && isLegal(known) ? known.cost : Number.POSITIVE_INFINITY;
    this.#master = new Master(highs, columns, this.#shape);
    const cheap = smallest(
      Float64Array.from(columns.costs),
      Number.POSITIVE_INFINITY,
      columnsPerRound,
    );
    this.#master.addColumns(cheap);
  }

  run(): Proof {
    for (;;) {
      const relaxed = this.#relax();
      if (!relaxed) return this.#open();
      if (!relaxed.isFeasible) return this.#nothingBetter();
      const lift = relaxed.bound - this.#bound;
      this.#bound = Math.max(this.#bound, relaxed.bound);
      this.#options.onProgress?.({ bound: roundUp(this.#bound), columns: this.#columns.count });
      if (roundUp(this.#bound) >= this.#upper) return this.#nothingBetter();
      this.#polish(relaxed);
      this.#narrow(relaxed);
      const cuts = this.#cut(relaxed, lift);
      if (cuts > 0 && this.#columns.count > integerColumnsMax) continue;
      return this.#choose();
    }
  }

  dispose(): void {
    this.#master.dispose();
  }

  get #leftMs(): number {
    return this.#options.budgetMs - (performance.now() - this.#startedAt);
  }

  /** Solves the linear program over all columns by adding those that pay until none does. */
  #relax(): Relaxation | undefined {
    for (;;) {
      const solved = this.#master.solve(this.#leftMs);
      if (!solved || this.#leftMs <= 0) return undefined;
      const reduced = reducedCosts(this.#columns, solved.prices, this.#master);
      const paying = smallest(reduced, -epsilon, columnsPerRound);
      if (this.#master.addColumns(paying) > 0) continue;
      const { bound, values, unseated } = solved;
      return { bound, values, reduced, isFeasible: unseated < epsilon };
    }
  }

  /**
   * Looks once for a better plan among the most promising columns: where the plan known is far from
   * the bound, or there is none, hardly a column could be dropped.
   */
  #polish({ reduced }: Relaxation): void {
    const isClose = this.#upper - this.#bound <= Math.abs(this.#bound) * closeShare;
    if (this.#isPolished || isClose || this.#columns.count <= integerColumnsMax) return;
    this.#isPolished = true;
    const promising = smallest(reduced, Number.POSITIVE_INFINITY, integerColumnsMax);
    const columns = selectColumns(this.#columns, Int32Array.from(promising));
    const chosen = solveOverColumns(this.#highs, columns, {
      ...this.#shape,
      triples: [],
      cutoff: this.#upper,
      budgetMs: Math.min(this.#leftMs, polishMsMax),
    });
    if (!Array.isArray(chosen)) return;
    this.#incumbent = this.#planOf(columns, chosen);
    this.#upper = evaluate(this.#problem, this.#incumbent).cost;
  }

  /**
   * Reduced-cost fixing: a column that would raise the bound to the incumbent cannot be part of a
   * better plan. What is left is copied once it is clearly less, because every later step reads it.
   */
  #narrow(relaxed: Relaxation): void {
    const slack = this.#upper - this.#bound - 1 + epsilon;
    const keep = smallest(relaxed.reduced, slack, this.#columns.count);
    if (keep.length > this.#columns.count * 0.7) return;
    const { reduced, values } = relaxed;
    const basis = keep.flatMap((column, index) =>
      (values[column] ?? 0) > 0 || (reduced[column] ?? 0) < 1 ? [index] : [],
    );
    const { triples } = this.#master;
    this.#master.dispose();
    this.#columns = selectColumns(this.#columns, Int32Array.from(keep));
    relaxed.values = Float64Array.from(keep, (column) => values[column] ?? 0);
    this.#master = new Master(this.#highs, this.#columns, this.#shape);
    this.#master.addTriples(triples);
    this.#master.addColumns(basis);
  }

  #cut(relaxed: Relaxation, lift: number): number {
    if (lift < liftMin && this.#columns.count < integerColumnsMax * 8) return 0;
    const limits = { groups: this.#shape.groups, triplesMax: triplesPerRound };
    const triples = violatedTriples(this.#columns, relaxed.values, limits);
    this.#master.addTriples(triples);
    return triples.length;
  }

  /** The integer program over what is left. */
  #choose(): Proof {
    const chosen = solveOverColumns(this.#highs, this.#columns, {
      ...this.#shape,
      triples: this.#master.triples,
      cutoff: this.#upper,
      budgetMs: this.#leftMs,
    });
    if (chosen === 'late') return this.#open();
    if (!chosen) return this.#nothingBetter();
    const assignment = this.#planOf(this.#columns, chosen);
    return { kind: 'optimal', assignment, cost: evaluate(this.#problem, assignment).cost };
  }

  /** Puts the groups of the chosen columns at tables of the columns' classes. */
  #planOf(columns: TableColumns, chosen: readonly number[]): Assignment {
    const free = this.#shape.classes.map(({ tables }) => [...tables]);
    const plan = new Int32Array(this.#shape.groups);
    for (const column of chosen) {
      const table = free[columns.classes[column] ?? 0]?.shift() ?? 0;
      for (const group of membersOf(columns, column)) plan[group] = table;
    }
    return plan;
  }

  #nothingBetter(): Proof {
    const assignment = this.#incumbent;
    return assignment ? { kind: 'optimal', assignment, cost: this.#upper } : { kind: 'infeasible' };
  }

  #open(): Proof {
    const assignment = this.#incumbent;
    if (this.#bound === Number.NEGATIVE_INFINITY) return { kind: 'unknown', assignment };
    return { kind: 'bounded', assignment, bound: roundUp(this.#bound) };
  }
}

/**
 * Proves a plan best or finds a better one: set partitioning over all ways to fill a table, a linear
 * program for the bound, subset-row cuts to lift it, reduced-cost fixing to drop every table that no
 * better plan can contain, and an integer program over the rest.
 *
 * Blocks its thread; run it in a worker.
 * @throws RangeError where the problem cannot be read
 */
export function prove(highs: Highs, problem: SeatingProblem, options: ProveOptions): Proof {
  checkProblem(problem);
  const columnsMax = options.columnsMax ?? columnsMaxDefault;
  const columns = enumerateColumns(problem, tableClasses(problem), columnsMax);
  if (!columns) return { kind: 'unknown', assignment: options.incumbent };
  const prover = new Prover(highs, problem, { ...options, columns });
  try {
    return prover.run();
  } finally {
    prover.dispose();
  }
}
