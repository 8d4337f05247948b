import type { Assignment, CompanyWishes, SeatingProblem } from './problem.ts';

/**
 * What is missing from the company that groups want, kept by differences: for every group and table
 * the guests it knows there.
 */
export class CompanyState {
  /** What all that is missing costs; 0 where company is a rule. */
  cost = 0;
  /** Guests missing where company is a rule. */
  lonely = 0;
  readonly #sizes: Int32Array;
  readonly #tables: number;
  readonly #table: Assignment;
  readonly #wishes: CompanyWishes;
  readonly #rulePrice: number;
  /** Groups that each group knows, side by side, and the square of who knows whom. */
  readonly #starts: Int32Array;
  readonly #others: Int32Array;
  readonly #isKnown: Uint8Array;
  /** Guests that a group knows at a table, `tables` entries a group. */
  readonly #met: Int32Array;

  /** @param table the assignment that the owner keeps; read here, never written */
  constructor(
    { sizes, tables }: SeatingProblem,
    given: { wishes: CompanyWishes; table: Assignment; rulePrice: number },
  ) {
    const groups = sizes.length;
    this.#sizes = sizes;
    this.#tables = tables.length;
    this.#table = given.table;
    this.#wishes = given.wishes;
    this.#rulePrice = given.rulePrice;
    this.#isKnown = new Uint8Array(groups * groups);
    const rows = Array.from(sizes, () => new Set<number>());
    for (const [a, b] of given.wishes.known) {
      rows[a]?.add(b);
      rows[b]?.add(a);
      this.#isKnown[a * groups + b] = 1;
      this.#isKnown[b * groups + a] = 1;
    }
    this.#starts = new Int32Array(groups + 1);
    rows.forEach((row, group) => {
      this.#starts[group + 1] = (this.#starts[group] ?? 0) + row.size;
    });
    this.#others = Int32Array.from(rows.flatMap((row) => [...row]));
    this.#met = new Int32Array(groups * tables.length);
    rows.forEach((row, group) => {
      for (const other of row) this.#meet(other, this.#table[group] ?? 0, sizes[group] ?? 0);
    });
    for (let group = 0; group < groups; group++) this.#count(group, this.#table[group] ?? 0, 1);
  }

  /** Price of what is missing after `group` moved to `to`, minus now. */
  shiftDelta(group: number, to: number): number {
    const from = this.#table[group] ?? 0;
    const size = this.#sizes[group] ?? 0;
    let delta = this.#change(group, this.#at(group, from), this.#at(group, to));
    for (let edge = this.#starts[group] ?? 0; edge < (this.#starts[group + 1] ?? 0); edge++) {
      const other = this.#others[edge] ?? 0;
      const at = this.#table[other] ?? 0;
      if (at !== from && at !== to) continue;
      const met = this.#at(other, at);
      delta += this.#change(other, met, at === from ? met - size : met + size);
    }
    return delta;
  }

  /** The same for two groups at different tables that change places. */
  swapDelta(a: number, b: number): number {
    const from = this.#table[a] ?? 0;
    const to = this.#table[b] ?? 0;
    const groups = this.#sizes.length;
    const sizeA = this.#sizes[a] ?? 0;
    const sizeB = this.#sizes[b] ?? 0;
    const acquainted = this.#isKnown[a * groups + b] ?? 0;
    let delta = this.#change(a, this.#at(a, from), this.#at(a, to) - acquainted * sizeB);
    delta += this.#change(b, this.#at(b, to), this.#at(b, from) - acquainted * sizeA);
    for (let edge = this.#starts[a] ?? 0; edge < (this.#starts[a + 1] ?? 0); edge++) {
      const other = this.#others[edge] ?? 0;
      const at = this.#table[other] ?? 0;
      if (other === b || (at !== from && at !== to)) continue;
      const met = this.#at(other, at);
      const change = (this.#isKnown[b * groups + other] ?? 0) * sizeB - sizeA;
      delta += this.#change(other, met, at === from ? met + change : met - change);
    }
    for (let edge = this.#starts[b] ?? 0; edge < (this.#starts[b + 1] ?? 0); edge++) {
      const other = this.#others[edge] ?? 0;
      const at = this.#table[other] ?? 0;
      if (other === a || (at !== from && at !== to)) continue;
      if (this.#isKnown[a * groups + other]) continue;
      const met = this.#at(other, at);
      delta += this.#change(other, met, at === from ? met + sizeB : met - sizeB);
    }
    return delta;
  }

  /** Must be called before the owner seats `group` (`sign` 1) at `at` or lifts it from there (-1). */
  sit(group: number, at: number, sign: 1 | -1): void {
    const size = sign * (this.#sizes[group] ?? 0);
    this.#count(group, at, sign);
    for (let edge = this.#starts[group] ?? 0; edge < (this.#starts[group + 1] ?? 0); edge++) {
      const other = this.#others[edge] ?? 0;
      // Who is lifted itself sits nowhere, and what it misses is not counted.
      const sitsHere = this.#table[other] === at;
      if (sitsHere) this.#count(other, at, -1);
      this.#meet(other, at, size);
      if (sitsHere) this.#count(other, at, 1);
    }
  }

  #at(group: number, table: number): number {
    return this.#met[group * this.#tables + table] ?? 0;
  }

  #meet(group: number, table: number, guests: number): void {
    const cell = group * this.#tables + table;
    this.#met[cell] = (this.#met[cell] ?? 0) + guests;
  }

  #missing(group: number, met: number): number {
    return Math.max(0, (this.#wishes.wanted[group] ?? 0) - met);
  }

  #change(group: number, met: number, next: number): number {
    const price = this.#wishes.isRule ? this.#rulePrice : (this.#wishes.costs[group] ?? 0);
    return price * (this.#missing(group, next) - this.#missing(group, met));
  }

  #count(group: number, table: number, sign: 1 | -1): void {
    const missing = sign * this.#missing(group, this.#at(group, table));
    if (this.#wishes.isRule) this.lonely += missing;
    else this.cost += missing * (this.#wishes.costs[group] ?? 0);
  }
}
