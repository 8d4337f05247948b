import type { Highs } from 'highs';
import { selectColumns, type TableColumns } from './column-store.ts';
import { Master, type MasterShape, safeBound } from './master.ts';
import { type GroupTriple, violatedTriples } from './rank-one-cuts.ts';
import { reducedCosts, smallest } from './reduced-costs.ts';

/** A part of the search: columns to choose from, with what is known about them so far. */
export interface Part {
  columns: TableColumns;
  /** What each column adds to `bound` at least. */
  reduced: Float64Array;
  /** Cuts that were tight where this part comes from. */
  triples: readonly GroupTriple[];
  bound: number;
}

/** A part after its linear program was solved and lifted as far as cuts lift it. */
export interface RelaxedPart extends Part {
  /** Value of each column in the linear program. */
  values: Float64Array;
}

export interface RelaxOptions {
  shape: MasterShape;
  /** Cost of the best plan known; what cannot be cheaper is dropped. */
  upper: number;
  leftMs: () => number;
  onBound?: (bound: number, columns: number) => void;
}

/** Cuts that lift the bound by less than this are not worth another round. */
const liftMin = 0.02;
const columnsPerRound = 1_500;
const triplesPerRound = 60;
export const epsilon = 1e-6;

/** The smallest whole number that a bound allows. */
export const roundUp = (bound: number): number => Math.ceil(bound - epsilon);

interface Round {
  bound: number;
  reduced: Float64Array;
  values: Float64Array;
  prices: Float64Array;
}

/** Linear program, cuts and reduced-cost fixing over one part. */
class Relaxation {
  #columns: TableColumns;
  #master: Master;
  #isHeld: Uint8Array;
  readonly #highs: Highs;
  readonly #options: RelaxOptions;

  constructor(highs: Highs, part: Part, options: RelaxOptions) {
    this.#highs = highs;
    this.#options = options;
    this.#columns = part.columns;
    this.#master = new Master(highs, options.shape);
    this.#isHeld = new Uint8Array(part.columns.count);
    this.#master.addTriples(part.triples);
    this.#hold(smallest(part.reduced, Number.POSITIVE_INFINITY, columnsPerRound));
  }

  /** @returns undefined where nothing in the part is cheaper than `upper`; `late` out of time */
  run(bound: number): RelaxedPart | undefined | 'late' {
    const { upper, shape, onBound } = this.#options;
    let best = bound;
    for (;;) {
      const round = this.#solve();
      if (!round) return 'late';
      const lift = round.bound - best;
      best = Math.max(best, round.bound);
      onBound?.(best, this.#columns.count);
      if (roundUp(best) >= upper) return undefined;
      const narrowed = this.#narrow(round);
      if (narrowed.columns.count === 0) return undefined;
      const limits = { groups: shape.groups, triplesMax: triplesPerRound };
      const triples = lift < liftMin ? [] : violatedTriples(this.#columns, narrowed.values, limits);
      if (triples.length === 0) return narrowed;
      this.#master.addTriples(triples);
    }
  }

  dispose(): void {
    this.#master.dispose();
  }

  /** Takes columns into the linear program; returns how many were not in it yet. */
  #hold(wanted: Int32Array): number {
    const added = wanted.filter((column) => !this.#isHeld[column]);
    for (const column of added) this.#isHeld[column] = 1;
    this.#master.addColumns(this.#columns, added);
    return added.length;
  }

  /** Solves the linear program over all columns by adding those that pay until none does. */
  #solve(): Round | undefined {
    const { shape, leftMs } = this.#options;
    for (;;) {
      const solved = this.#master.solve(leftMs());
      if (!solved || leftMs() <= 0) return undefined;
      const { prices } = solved;
      const reduced = reducedCosts(this.#columns, prices, this.#master.triples);
      const paying = smallest(reduced, -epsilon, columnsPerRound);
      if (this.#hold(paying) > 0) continue;
      const values = new Float64Array(this.#columns.count);
      this.#master.held.forEach(({ column }, position) => {
        values[column] = solved.values[position] ?? 0;
      });
      const priced = { columns: reduced, classOf: this.#columns.classes };
      return { bound: safeBound(shape, prices, priced), reduced, values, prices: prices.triples };
    }
  }

  /**
   * Reduced-cost fixing: a column that would raise the bound to the incumbent cannot be part of a
   * better plan. What is left is copied once it is clearly less, because every later step reads it.
   */
  #narrow({ bound, reduced, values, prices }: Round): RelaxedPart {
    const { upper, shape } = this.#options;
    const slack = upper - bound - 1 + epsilon;
    const { triples } = this.#master;
    const tight = triples.filter((_, index) => (prices[index] ?? 0) < 0);
    const keep = smallest(reduced, slack, this.#columns.count);
    if (keep.length > this.#columns.count * 0.8) {
      return { columns: this.#columns, reduced, values, triples: tight, bound };
    }
    this.#columns = selectColumns(this.#columns, keep);
    const kept = Float64Array.from(keep, (column) => reduced[column] ?? 0);
    this.#master.dispose();
    this.#master = new Master(this.#highs, shape);
    this.#isHeld = new Uint8Array(keep.length);
    this.#master.addTriples(tight);
    this.#hold(smallest(kept, Number.POSITIVE_INFINITY, columnsPerRound));
    return {
      columns: this.#columns,
      reduced: kept,
      values: Float64Array.from(keep, (column) => values[column] ?? 0),
      triples: tight,
      bound,
    };
  }
}

/** Lifts the bound of a part and drops the columns that no better plan can contain. */
export function relax(
  highs: Highs,
  part: Part,
  options: RelaxOptions,
): RelaxedPart | undefined | 'late' {
  if (part.columns.count === 0) return undefined;
  const relaxation = new Relaxation(highs, part, options);
  try {
    return relaxation.run(part.bound);
  } finally {
    relaxation.dispose();
  }
}
