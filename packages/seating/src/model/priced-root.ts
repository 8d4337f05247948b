import type { Highs } from 'highs';
import { columnsOfPlan } from './column-costs.ts';
import { joinColumns } from './column-store.ts';
import { Master, type MasterShape, type MasterSolution, type Prices, safeBound } from './master.ts';
import { type Priced, Pricing } from './pricing.ts';
import { type Assignment, costLimits, type SeatingProblem } from './problem.ts';
import { violatedTriples } from './rank-one-cuts.ts';
import { epsilon, type Part, roundUp } from './relaxation.ts';

export interface PricedRootOptions {
  shape: MasterShape;
  /** Cost of the best plan known; only what is cheaper matters. */
  upper: number;
  incumbent: Assignment | undefined;
  /** The part is handed over once no more columns than this can be in a better plan. */
  columnsMax: number;
  leftMs: () => number;
  onBound: (bound: number, columns: number) => void;
}

const columnsPerRound = 400;
const quickNodesMax = 300_000;
const triplesPerRound = 30;
const liftMin = 0.02;

/** The linear program over columns that are only found where they pay. */
class PricedRoot {
  #bound = Number.NEGATIVE_INFINITY;
  readonly #least: number;
  readonly #problem: SeatingProblem;
  readonly #master: Master;
  readonly #pricing: Pricing;
  readonly #options: PricedRootOptions;

  constructor(highs: Highs, problem: SeatingProblem, options: PricedRootOptions) {
    this.#problem = problem;
    this.#least = costLimits(problem).least;
    this.#options = options;
    this.#master = new Master(highs, options.shape);
    this.#pricing = new Pricing(problem, options.shape.classes);
  }

  run(): { part: Part | undefined; bound: number } {
    const { incumbent, shape } = this.#options;
    if (incumbent) {
      const known = columnsOfPlan(this.#problem, shape.classes, incumbent);
      this.#master.addColumns(known, [...known.costs.keys()]);
    }
    for (;;) {
      const solved = this.#solve();
      if (!solved) return { part: undefined, bound: this.#bound };
      const lift = solved.bound - this.#bound;
      this.#raise(solved.bound);
      const part = this.#part(solved);
      if (part) return { part, bound: this.#bound };
      const { shape } = this.#options;
      const limits = { groups: shape.groups, triplesMax: triplesPerRound };
      const columns = joinColumns(this.#master.held);
      const triples = lift < liftMin ? [] : violatedTriples(columns, solved.values, limits);
      if (triples.length === 0) return { part: undefined, bound: this.#bound };
      this.#master.addTriples(triples);
    }
  }

  dispose(): void {
    this.#master.dispose();
  }

  #raise(bound: number): void {
    // The first prices say less than nothing.
    if (bound <= this.#bound || bound < this.#least) return;
    this.#bound = bound;
    this.#options.onBound(bound, this.#master.held.length);
  }

  /** A quick look first: the search that misses nothing is only needed where that finds nothing. */
  #find(prices: Prices, limit: number): Priced | undefined {
    const quick = this.#search(prices, limit, quickNodesMax);
    if (!quick || quick.isComplete || quick.columns.count > 0) return quick;
    return this.#search(prices, limit, Number.POSITIVE_INFINITY);
  }

  #search(prices: Prices, limit: number, nodesMax: number): Priced | undefined {
    return this.#pricing.find({
      nodesMax,
      prices,
      triples: this.#master.triples,
      limit,
      wanted: { kind: 'cheapest', countMax: columnsPerRound },
      isLate: () => this.#options.leftMs() <= 0,
    });
  }

  #solve(): (MasterSolution & { bound: number }) | undefined {
    const { leftMs, shape, upper } = this.#options;
    for (;;) {
      const solved = this.#master.solve(leftMs());
      if (!solved || leftMs() <= 0) return undefined;
      const priced = this.#find(solved.prices, -epsilon);
      if (!priced) return undefined;
      if (!priced.isComplete) {
        this.#master.addColumns(priced.columns, [...priced.reduced.keys()]);
        continue;
      }
      // Nothing below -epsilon was left out, so no column is cheaper than the cheapest found.
      const reduced = Float64Array.of(...priced.reduced, ...shape.classes.map(() => -epsilon));
      const classOf = [...priced.columns.classes, ...shape.classes.keys()];
      const bound = safeBound(shape, solved.prices, { columns: reduced, classOf });
      if (priced.columns.count === 0 || roundUp(bound) >= upper) return { ...solved, bound };
      this.#raise(bound);
      this.#master.addColumns(priced.columns, [...priced.reduced.keys()]);
    }
  }

  /** Every column that a better plan could contain; undefined where there are too many. */
  #part({ prices, bound }: MasterSolution & { bound: number }): Part | undefined {
    const { upper, columnsMax, leftMs } = this.#options;
    const { triples } = this.#master;
    const found = this.#pricing.find({
      prices,
      triples,
      limit: upper - bound - 1 + epsilon,
      wanted: { kind: 'all', countMax: columnsMax },
      isLate: () => leftMs() <= 0,
    });
    const tight = triples.filter((_, index) => (prices.triples[index] ?? 0) < 0);
    return found && { ...found, triples: tight, bound };
  }
}

/**
 * Bound and columns of problems with too many ways to fill a table to list them all: the linear
 * program is solved by pricing, cuts lift its bound, and what could still be in a better plan is
 * listed once it is little enough.
 *
 * @returns the part that is left; undefined where it is too large or time is over, then the bound is all
 */
export function priceRoot(
  highs: Highs,
  problem: SeatingProblem,
  options: PricedRootOptions,
): { part: Part | undefined; bound: number } {
  const root = new PricedRoot(highs, problem, options);
  try {
    return root.run();
  } finally {
    root.dispose();
  }
}
