/** Up to this many free seats their best use is computed exactly; beyond, seats are no limit. */
export const seatsExactMax = 24;

/** What the free seats of a table can still bring at most, for any choice of who takes them. */
export class SeatPromises {
  readonly #width: number;
  /** Half of the best wishes that a group can be granted with so many seats beside it. */
  readonly #halves: Float64Array;
  readonly #best: Float64Array;
  readonly #sizes: Int32Array;

  /**
   * @param square cost of every two groups at one table, row by row
   * @param seats of the largest table
   */
  constructor(sizes: Int32Array, square: Int32Array, seats: number) {
    const groups = sizes.length;
    this.#sizes = sizes;
    this.#width = Math.min(seats, seatsExactMax) + 1;
    this.#best = new Float64Array(this.#width);
    this.#halves = new Float64Array(groups * this.#width);
    for (let group = 0; group < groups; group++) {
      const row = this.#best.fill(0);
      let all = 0;
      for (let other = 0; other < groups; other++) {
        const half = Math.min(0, square[group * groups + other] ?? 0) / 2;
        if (half === 0) continue;
        all += half;
        this.#pack(sizes[other] ?? 0, half);
      }
      this.#halves.set(row, group * this.#width);
      // The last entry stands for seats without a limit.
      if (seats > seatsExactMax) this.#halves[(group + 1) * this.#width - 1] = all;
    }
  }

  /** Half of what others can still be worth to `group`, where so many seats are left beside it. */
  half(group: number, seats: number): number {
    return this.#halves[group * this.#width + Math.max(0, Math.min(seats, this.#width - 1))] ?? 0;
  }

  /**
   * The least sum of `values` of groups that fit on so many seats together; not positive.
   * @param values of the first `count` of `groups`
   */
  least(
    groups: Int32Array,
    values: Float64Array,
    { count, seats }: { count: number; seats: number },
  ) {
    if (seats >= this.#width - 1 && this.#width > seatsExactMax) {
      let sum = 0;
      for (let index = 0; index < count; index++) sum += Math.min(0, values[index] ?? 0);
      return sum;
    }
    this.#best.fill(0);
    for (let index = 0; index < count; index++) {
      const value = values[index] ?? 0;
      if (value < 0) this.#pack(this.#sizes[groups[index] ?? 0] ?? 0, value, seats);
    }
    return this.#best[seats] ?? 0;
  }

  /** One step of the knapsack recursion over seats. */
  #pack(size: number, value: number, seats = this.#width - 1): void {
    const best = this.#best;
    for (let used = seats; used >= size; used--) {
      const packed = (best[used - size] ?? 0) + value;
      if (packed < (best[used] ?? 0)) best[used] = packed;
    }
  }
}
