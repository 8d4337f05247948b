import { ColumnCompany, pairSquare } from './column-costs.ts';
import { ColumnStore, type HeldColumn, joinColumns, type TableColumns } from './column-store.ts';
import type { Prices } from './master.ts';
import type { SeatingProblem, TableSpec } from './problem.ts';
import type { GroupTriple } from './rank-one-cuts.ts';
import { CutPrices, smallest } from './reduced-costs.ts';
import { SeatPromises, seatsExactMax } from './seat-promises.ts';
import type { TableClass } from './table-classes.ts';

export interface PricingRequest {
  classes: readonly TableClass[];
  prices: Prices;
  triples: readonly GroupTriple[];
  /** Only columns whose reduced cost is below this are looked for. */
  limit: number;
  /** `cheapest`: no more than so many, the best there are. `all`: gives up where there are more. */
  wanted: { kind: 'cheapest' | 'all'; countMax: number };
  /** Ends after so many steps with what was found by then. */
  nodesMax?: number;
  /** Asked now and then; true gives up. */
  isLate: () => boolean;
}

export interface Priced {
  /** Whether all that was wanted was found. */
  isComplete: boolean;
  columns: TableColumns;
  reduced: Float64Array;
}

const nodesBetweenLooks = 1 << 13;

/** One search for columns that pay. */
class PricingSearch {
  isStopped = false;
  isCut = false;
  readonly #problem: SeatingProblem;
  readonly #square: Int32Array;
  readonly #blocked: number;
  readonly #company: ColumnCompany | undefined;
  readonly #promises: SeatPromises;
  readonly #request: PricingRequest;
  readonly #cuts: CutPrices | undefined;
  /** Per depth: who may still come, what each would add, and what each is worth at best. */
  readonly #candidates: Int32Array[] = [];
  readonly #additions: Float64Array[] = [];
  readonly #values: Float64Array;
  readonly #isOut: Uint8Array;
  readonly #seated: Uint16Array;
  #store = new ColumnStore();
  #reduced: number[] = [];
  #limit: number;
  #nodes = 0;
  #at = 0;
  #spec: TableSpec = { capacity: 0 };
  /** Least cost of any load from here on. */
  #loadsFrom = new Float64Array(0);

  constructor(
    ground: {
      problem: SeatingProblem;
      square: { costs: Int32Array; blocked: number };
      promises: SeatPromises;
    },
    request: PricingRequest,
  ) {
    const { problem, square } = ground;
    const { prices, triples, limit } = request;
    const groups = problem.sizes.length;
    this.#problem = problem;
    this.#square = square.costs;
    this.#blocked = square.blocked;
    this.#promises = ground.promises;
    this.#company = problem.company && new ColumnCompany(problem, problem.company);
    this.#request = request;
    this.#limit = limit;
    this.#cuts = prices.triples.some((price) => price !== 0)
      ? new CutPrices(groups, triples, prices.triples)
      : undefined;
    this.#seated = new Uint16Array(groups);
    this.#values = new Float64Array(groups);
    this.#isOut = new Uint8Array(groups);
    for (let depth = 0; depth <= groups; depth++) {
      this.#candidates.push(new Int32Array(groups));
      this.#additions.push(new Float64Array(groups));
    }
  }

  search(at: number, { spec, tables }: TableClass): void {
    const { sizes, allowed, placeCosts } = this.#problem;
    const { prices } = this.#request;
    const table = tables[0] ?? 0;
    const count = this.#problem.tables.length;
    this.#at = at;
    this.#spec = spec;
    this.#loadsFrom = Float64Array.from(spec.loadCosts ?? new Int32Array(spec.capacity + 1));
    for (let load = spec.capacity - 1; load >= 0; load--) {
      const next = this.#loadsFrom[load + 1] ?? 0;
      this.#loadsFrom[load] = Math.min(this.#loadsFrom[load] ?? 0, next);
    }
    const seatable = Array.from(sizes, (_, group) => group)
      .filter((group) => allowed?.[group * count + table] !== 0)
      .filter((group) => (sizes[group] ?? 0) <= spec.capacity)
      .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
    const [candidates, additions] = this.#level(0);
    seatable.forEach((group, index) => {
      candidates[index] = group;
      additions[index] = (placeCosts?.[group * count + table] ?? 0) - (prices.groups[group] ?? 0);
    });
    this.#extend(seatable.length, { depth: 0, load: 0, price: -(prices.classes[at] ?? 0) });
  }

  finish(): Priced {
    const columns = this.#store.finish();
    const reduced = Float64Array.from(this.#reduced);
    const { kind, countMax } = this.#request.wanted;
    if (kind === 'all' || columns.count <= countMax)
      return { isComplete: !this.isCut, columns, reduced };
    return this.#cheapest(columns, reduced);
  }

  #level(depth: number): [Int32Array, Float64Array] {
    return [this.#candidates[depth] as Int32Array, this.#additions[depth] as Float64Array];
  }

  /** Each candidate in turn becomes the next one at the table; those before it are left out. */
  #extend(count: number, so: { depth: number; load: number; price: number }): void {
    const [candidates, additions] = this.#level(so.depth);
    for (let index = 0; index < count && !this.isStopped && !this.isCut; index++) {
      const group = candidates[index] ?? 0;
      const load = so.load + (this.#problem.sizes[group] ?? 0);
      const price = so.price + (additions[index] ?? 0);
      this.#seated[so.depth] = group;
      this.#consider(so.depth + 1, load, price);
      if (this.#spec.isAside) continue;
      const next = this.#follow(index, count, { depth: so.depth, load });
      if (next === 0 || this.#isHopeless(so.depth + 1, next, { load, price })) continue;
      this.#extend(next, { depth: so.depth + 1, load, price });
    }
  }

  /** Lists who may still follow candidate `index`; returns how many. */
  #follow(index: number, count: number, so: { depth: number; load: number }): number {
    const { sizes } = this.#problem;
    const [candidates, additions] = this.#level(so.depth);
    const [followers, costs] = this.#level(so.depth + 1);
    const row = (candidates[index] ?? 0) * sizes.length;
    const free = this.#spec.capacity - so.load;
    let next = 0;
    for (let later = index + 1; later < count; later++) {
      const other = candidates[later] ?? 0;
      const between = this.#square[row + other] ?? 0;
      if ((sizes[other] ?? 0) > free || between >= this.#blocked) continue;
      followers[next] = other;
      costs[next++] = (additions[later] ?? 0) + between;
    }
    return next;
  }

  /** True where no choice of followers can bring the price below the limit. */
  #isHopeless(depth: number, count: number, so: { load: number; price: number }): boolean {
    if (++this.#nodes % nodesBetweenLooks === 0 && this.#request.isLate()) this.isStopped = true;
    if (this.#nodes > (this.#request.nodesMax ?? Number.POSITIVE_INFINITY)) this.isCut = true;
    const { sizes } = this.#problem;
    const [followers, costs] = this.#level(depth);
    const seats = this.#spec.capacity - so.load;
    if (seats > seatsExactMax) return this.#isWidelyHopeless(depth, count, so);
    for (let index = 0; index < count; index++) {
      const group = followers[index] ?? 0;
      const beside = seats - (sizes[group] ?? 0);
      this.#values[index] = (costs[index] ?? 0) + this.#promises.half(group, beside);
    }
    const best = this.#promises.least(followers, this.#values, { count, seats });
    return so.price + best + (this.#loadsFrom[so.load] ?? 0) >= this.#limit;
  }

  /**
   * The same where seats are no limit: promises count only among those who may follow, and whoever
   * could not even with all of them pay for itself is not part of the cheapest choice. Drops these.
   */
  #isWidelyHopeless(depth: number, count: number, so: { load: number; price: number }): boolean {
    const { sizes } = this.#problem;
    const [followers, costs] = this.#level(depth);
    const promised = this.#values;
    for (let index = 0; index < count; index++) {
      const row = (followers[index] ?? 0) * sizes.length;
      let sum = 0;
      for (let other = 0; other < count; other++) {
        sum += Math.min(0, this.#square[row + (followers[other] ?? 0)] ?? 0);
      }
      promised[index] = sum;
    }
    const isOut = this.#isOut.fill(0, 0, count);
    for (let hasDropped = true; hasDropped; ) {
      hasDropped = false;
      for (let index = 0; index < count; index++) {
        if (isOut[index] || (costs[index] ?? 0) + (promised[index] ?? 0) < 0) continue;
        isOut[index] = 1;
        hasDropped = true;
        const row = (followers[index] ?? 0) * sizes.length;
        for (let other = 0; other < count; other++) {
          const wish = Math.min(0, this.#square[row + (followers[other] ?? 0)] ?? 0);
          promised[other] = (promised[other] ?? 0) - wish;
        }
      }
    }
    let best = so.price + (this.#loadsFrom[so.load] ?? 0);
    for (let index = 0; index < count; index++) {
      if (!isOut[index]) best += Math.min(0, (costs[index] ?? 0) + (promised[index] ?? 0) / 2);
    }
    return best >= this.#limit;
  }

  /** Keeps the table as it is now, where it pays. */
  #consider(count: number, load: number, price: number): void {
    const open = price + (this.#spec.loadCosts?.[load] ?? 0);
    if (open >= this.#limit) return;
    const lonely = this.#company?.cost(this.#seated, count) ?? 0;
    const reduced = open + lonely - (this.#cuts?.of(this.#seated, 0, count) ?? 0);
    if (reduced >= this.#limit) return;
    const cost = this.#costOf(count, load) + lonely;
    this.#store.add(this.#seated, count, { cost, at: this.#at });
    this.#reduced.push(reduced);
    const { kind, countMax } = this.#request.wanted;
    if (kind === 'all') this.isStopped ||= this.#store.count > countMax;
    else if (this.#store.count >= 4 * countMax) this.#raise();
  }

  #costOf(count: number, load: number): number {
    const { sizes, tables, placeCosts } = this.#problem;
    const table = this.#request.classes[this.#at]?.tables[0] ?? 0;
    let cost = this.#spec.loadCosts?.[load] ?? 0;
    for (let left = 0; left < count; left++) {
      const group = this.#seated[left] ?? 0;
      cost += placeCosts?.[group * tables.length + table] ?? 0;
      for (let right = 0; right < left; right++) {
        cost += this.#square[group * sizes.length + (this.#seated[right] ?? 0)] ?? 0;
      }
    }
    return cost;
  }

  /** Enough were found: from now on only cheaper ones than the worst of the best are looked for. */
  #raise(): void {
    const best = this.#cheapest(this.#store.finish(), Float64Array.from(this.#reduced));
    this.#store = new ColumnStore();
    this.#reduced = [...best.reduced];
    for (let column = 0; column < best.columns.count; column++) {
      const { members, starts, costs, classes } = best.columns;
      const seated = members.subarray(starts[column], starts[column + 1]);
      const held = { cost: costs[column] ?? 0, at: classes[column] ?? 0 };
      this.#store.add(seated, seated.length, held);
    }
    this.#limit = this.#reduced.reduce(
      (most, value) => Math.max(most, value),
      Number.NEGATIVE_INFINITY,
    );
  }

  #cheapest(columns: TableColumns, reduced: Float64Array): Priced {
    const kept = smallest(reduced, Number.POSITIVE_INFINITY, this.#request.wanted.countMax);
    const held: HeldColumn[] = Array.from(kept, (column) => ({ of: columns, column }));
    return {
      isComplete: !this.isCut,
      columns: joinColumns(held),
      reduced: Float64Array.from(kept, (column) => reduced[column] ?? 0),
    };
  }
}

/**
 * Finds the columns that pay at given prices without enumerating all of them: depth first over the
 * groups, cut off where even the best use of the free seats could not bring the reduced cost below
 * the limit. Half of every wish among those not yet seated is promised to each of the two.
 */
export class Pricing {
  readonly #problem: SeatingProblem;
  readonly #classes: readonly TableClass[];
  readonly #square: { costs: Int32Array; blocked: number };
  readonly #promises: SeatPromises;

  constructor(problem: SeatingProblem, classes: readonly TableClass[]) {
    this.#problem = problem;
    this.#classes = classes;
    this.#square = pairSquare(problem);
    const seats = Math.max(0, ...classes.map(({ spec }) => spec.capacity));
    this.#promises = new SeatPromises(problem.sizes, this.#square.costs, seats);
  }

  /** @returns undefined where it gave up */
  find(request: Omit<PricingRequest, 'classes'>): Priced | undefined {
    const ground = { problem: this.#problem, square: this.#square, promises: this.#promises };
    const search = new PricingSearch(ground, { ...request, classes: this.#classes });
    this.#classes.forEach((tableClass, at) => {
      if (!search.isStopped && !search.isCut) search.search(at, tableClass);
    });
    return search.isStopped ? undefined : search.finish();
  }
}
