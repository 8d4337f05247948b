import { membersOf, type TableColumns } from './column-store.ts';
import type { TableClass } from './table-classes.ts';

export interface PartitionSearch {
  groups: number;
  classes: readonly TableClass[];
  /** No choice of columns costs less than this plus the sum of their reduced costs. */
  bound: number;
  reduced: Float64Array;
  /** Only choices that cost less are looked for. */
  cutoff: number;
  /** Gives up after looking at about this many columns. */
  effortMax: number;
}

const epsilon = 1e-6;
const positionsMax = 400_000;

/**
 * Depth-first search for a choice of columns that seats each group once. The reduced costs of the
 * linear program say how much a choice must cost at least; the group with the fewest columns left is
 * seated next, and what was tried from one set of seated groups is not tried again from the same
 * set at a higher cost. (Cost, not reduced cost: seatings of the same groups that use other cuts have
 * reduced costs that cannot be compared.)
 */
class Searcher {
  best: number[] | undefined;
  cutoff: number;
  #effort: number;
  readonly #columns: TableColumns;
  readonly #search: PartitionSearch;
  readonly #chosen: number[] = [];
  readonly #free: number[];
  readonly #seated: Uint8Array;
  #cost = 0;
  /** Least cost at which a set of seated groups was tried. */
  readonly #tried = new Map<string, number>();
  readonly #counts: Int32Array;
  readonly #shares: Float64Array;

  constructor(columns: TableColumns, search: PartitionSearch) {
    this.#columns = columns;
    this.#search = search;
    this.cutoff = search.cutoff;
    this.#effort = search.effortMax;
    this.#free = search.classes.map(({ tables }) => tables.length);
    this.#seated = new Uint8Array(search.groups);
    this.#counts = new Int32Array(search.groups);
    this.#shares = new Float64Array(search.groups);
  }

  get isComplete(): boolean {
    return this.#effort > 0;
  }

  /** Tries every completion of what is chosen; `spent` is the sum of reduced costs so far. */
  extend(live: Int32Array, spent: number): void {
    this.#effort -= live.length + 20;
    if (this.#effort <= 0) return;
    if (!this.#seated.includes(0)) {
      this.#settle();
      return;
    }
    if (this.#wasTried()) return;
    const candidates = this.#affordable(live, spent);
    const group = this.#scarcest(candidates);
    if (group < 0) return;
    const { reduced } = this.#search;
    for (const column of candidates) {
      if (!membersOf(this.#columns, column).includes(group)) continue;
      const price = spent + (reduced[column] ?? 0);
      if (price > this.#limit) continue;
      this.#take(column, 1);
      this.extend(this.#compatible(candidates), price);
      this.#take(column, -1);
      if (this.#effort <= 0) return;
    }
  }

  #wasTried(): boolean {
    const key = `${this.#seated.join('')}${this.#free.join()}`;
    const before = this.#tried.get(key);
    if (before !== undefined && before <= this.#cost) return true;
    if (this.#tried.size < positionsMax) this.#tried.set(key, this.#cost);
    return false;
  }

  get #limit(): number {
    return this.cutoff - 1 - this.#search.bound + epsilon;
  }

  #take(column: number, sign: 1 | -1): void {
    const at = this.#columns.classes[column] ?? 0;
    this.#cost += sign * (this.#columns.costs[column] ?? 0);
    this.#free[at] = (this.#free[at] ?? 0) - sign;
    for (const group of membersOf(this.#columns, column)) this.#seated[group] = sign > 0 ? 1 : 0;
    if (sign > 0) this.#chosen.push(column);
    else this.#chosen.pop();
  }

  #compatible(live: Int32Array): Int32Array {
    const { members, starts, classes } = this.#columns;
    return live.filter((column) => {
      if (this.#free[classes[column] ?? 0] === 0) return false;
      const end = starts[column + 1] ?? 0;
      for (let index = starts[column] ?? 0; index < end; index++) {
        if (this.#seated[members[index] ?? 0]) return false;
      }
      return true;
    });
  }

  /** Drops columns that cannot be paid for: each group left pays at least its cheapest share. */
  #affordable(live: Int32Array, spent: number): Int32Array {
    const { members, starts } = this.#columns;
    const { reduced } = this.#search;
    const shares = this.#shares.fill(Number.POSITIVE_INFINITY);
    for (const column of live) {
      const from = starts[column] ?? 0;
      const to = starts[column + 1] ?? 0;
      const share = (reduced[column] ?? 0) / (to - from);
      for (let index = from; index < to; index++) {
        const group = members[index] ?? 0;
        if (share < (shares[group] ?? 0)) shares[group] = share;
      }
    }
    let needed = 0;
    for (let group = 0; group < shares.length; group++) {
      if (!this.#seated[group]) needed += shares[group] ?? 0;
    }
    const left = this.#limit - spent - needed;
    if (!(left >= -epsilon)) return new Int32Array(0);
    return live.filter((column) => {
      let extra = reduced[column] ?? 0;
      const end = starts[column + 1] ?? 0;
      for (let index = starts[column] ?? 0; index < end; index++) {
        extra -= shares[members[index] ?? 0] ?? 0;
      }
      return extra <= left + epsilon;
    });
  }

  /** The group with the fewest columns left; -1 where one has none. */
  #scarcest(live: Int32Array): number {
    const { members, starts } = this.#columns;
    const counts = this.#counts.fill(0);
    for (const column of live) {
      const end = starts[column + 1] ?? 0;
      for (let index = starts[column] ?? 0; index < end; index++) {
        const group = members[index] ?? 0;
        counts[group] = (counts[group] ?? 0) + 1;
      }
    }
    let scarcest = -1;
    for (let group = 0; group < counts.length; group++) {
      if (this.#seated[group]) continue;
      const count = counts[group] ?? 0;
      if (count === 0) return -1;
      if (scarcest < 0 || count < (counts[scarcest] ?? 0)) scarcest = group;
    }
    return scarcest;
  }

  /** Everybody sits: the exact cost decides, empty tables included. */
  #settle(): void {
    let cost = this.#cost;
    this.#search.classes.forEach(({ spec }, index) => {
      cost += (this.#free[index] ?? 0) * (spec.loadCosts?.[0] ?? 0);
    });
    if (cost >= this.cutoff) return;
    this.cutoff = cost;
    this.best = [...this.#chosen];
  }
}

/**
 * Looks for the cheapest choice of columns that seats each group once and costs less than `cutoff`.
 * @returns the choice, and whether everything was tried: then nothing else is cheaper
 */
export function searchPartition(
  columns: TableColumns,
  search: PartitionSearch,
): { chosen: number[] | undefined; isComplete: boolean } {
  const searcher = new Searcher(columns, search);
  const order = Int32Array.from({ length: columns.count }, (_, column) => column);
  order.sort((a, b) => (search.reduced[a] ?? 0) - (search.reduced[b] ?? 0));
  searcher.extend(order, 0);
  return { chosen: searcher.best, isComplete: searcher.isComplete };
}
