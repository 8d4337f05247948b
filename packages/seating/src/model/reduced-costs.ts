import type { TableColumns } from './column-store.ts';
import type { Prices } from './master.ts';
import type { GroupTriple } from './rank-one-cuts.ts';

/**
 * Prices of cuts by pair of groups, so that a column pays for its cuts by looking at its pairs and
 * not at every cut: a table with two of a triple meets one of the triple's pairs, a table with all
 * three meets three and gets two prices back.
 */
export class CutPrices {
  readonly #groups: number;
  readonly #pairs: Float64Array;
  /** First triple of a pair (its two smaller groups) and the next one with the same pair; -1: none. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #thirds: Int32Array;
  readonly #prices: Float64Array;
  readonly #isMember: Uint8Array;

  constructor(groups: number, triples: readonly GroupTriple[], prices: Float64Array) {
    this.#groups = groups;
    this.#pairs = new Float64Array(groups * groups);
    this.#first = new Int32Array(groups * groups).fill(-1);
    this.#next = new Int32Array(triples.length).fill(-1);
    this.#thirds = new Int32Array(triples.length);
    this.#prices = prices;
    this.#isMember = new Uint8Array(groups);
    triples.forEach((triple, index) => {
      const price = prices[index] ?? 0;
      if (price === 0) return;
      const [a, b, c] = triple.toSorted((left, right) => left - right) as [number, number, number];
      this.#thirds[index] = c;
      this.#next[index] = this.#first[a * groups + b] ?? -1;
      this.#first[a * groups + b] = index;
      for (const pair of [a * groups + b, a * groups + c, b * groups + c]) {
        this.#pairs[pair] = (this.#pairs[pair] ?? 0) + price;
      }
    });
  }

  /** What the cuts of the groups `members[from..to]` pay; not positive. */
  of(members: Uint16Array, from: number, to: number): number {
    let sum = 0;
    for (let index = from; index < to; index++) this.#isMember[members[index] ?? 0] = 1;
    for (let left = from; left < to; left++) {
      const a = members[left] ?? 0;
      for (let right = left + 1; right < to; right++) {
        const b = members[right] ?? 0;
        const pair = a < b ? a * this.#groups + b : b * this.#groups + a;
        const price = this.#pairs[pair] ?? 0;
        if (price === 0) continue;
        sum += price;
        for (let at = this.#first[pair] ?? -1; at >= 0; at = this.#next[at] ?? -1) {
          if (this.#isMember[this.#thirds[at] ?? 0]) sum -= 2 * (this.#prices[at] ?? 0);
        }
      }
    }
    for (let index = from; index < to; index++) this.#isMember[members[index] ?? 0] = 0;
    return sum;
  }
}

/** Cost of every column after its groups, its table and its cuts were paid for at these prices. */
export function reducedCosts(
  columns: TableColumns,
  prices: Prices,
  triples: readonly GroupTriple[],
): Float64Array {
  const { members, starts } = columns;
  const cuts = prices.triples.some((price) => price !== 0)
    ? new CutPrices(prices.groups.length, triples, prices.triples)
    : undefined;
  const reduced = new Float64Array(columns.count);
  for (let column = 0; column < columns.count; column++) {
    let value = (columns.costs[column] ?? 0) - (prices.classes[columns.classes[column] ?? 0] ?? 0);
    const from = starts[column] ?? 0;
    const to = starts[column + 1] ?? 0;
    for (let index = from; index < to; index++) value -= prices.groups[members[index] ?? 0] ?? 0;
    reduced[column] = cuts ? value - cuts.of(members, from, to) : value;
  }
  return reduced;
}

/** Indices whose value is below `limit`, ascending; only the `most` smallest where there are more. */
export function smallest(values: Float64Array, limit: number, most: number): Int32Array {
  let count = 0;
  for (const value of values) if (value < limit) count++;
  const below = new Int32Array(count);
  count = 0;
  values.forEach((value, index) => {
    if (value < limit) below[count++] = index;
  });
  if (count <= most) return below;
  const sorted = Float64Array.from(below, (index) => values[index] ?? 0).sort();
  const threshold = sorted[most - 1] ?? limit;
  const kept: number[] = [];
  for (const index of below) {
    if ((values[index] ?? 0) <= threshold && kept.length < most) kept.push(index);
  }
  return Int32Array.from(kept);
}
