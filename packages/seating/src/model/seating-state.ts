import { CompanyState } from './company-state.ts';
import { type Neighbours, neighboursOf } from './neighbours.ts';
import type { Assignment, SeatingProblem } from './problem.ts';

/** What broken rules cost on the way to a plan that breaks none. */
export interface Penalty {
  /** Per guest over the capacity. */
  overload: number;
  /** Per clash and per misplaced group. */
  broken: number;
  /** Per guest missing from company that is a rule. */
  lonely: number;
}

/** Penalties that outweigh the usual wishes of a problem, but not by so much that nothing can pass. */
export function penaltyFor({ pairs, placeCosts, company }: SeatingProblem): Penalty {
  let scale = 15;
  for (const costs of [pairs.map(({ cost }) => cost), placeCosts ?? [], company?.costs ?? []]) {
    let sum = 0;
    let count = 0;
    for (const cost of costs) {
      sum += Math.abs(cost);
      if (cost !== 0) count++;
    }
    scale = Math.max(scale, Math.round(sum / Math.max(1, count)));
  }
  return { overload: 4 * scale, broken: 26 * scale, lonely: 4 * scale };
}

/**
 * An assignment that knows what each change would cost without recomputing the plan: for every
 * group and table it holds what that group would meet there, and a shift updates only the rows of
 * the group's neighbours.
 */
export class SeatingState {
  readonly table: Assignment;
  readonly tables: number;
  /** The objective without penalties and without company, which keeps its own. */
  #cost = 0;
  #broken = 0;
  readonly #sizes: Int32Array;
  readonly #near: Neighbours;
  readonly #company: CompanyState | undefined;
  readonly #penalty: Penalty;
  readonly #capacities: Int32Array;
  /** 1 where those at a table do not meet. */
  readonly #isAside: Uint8Array;
  readonly #loads: Int32Array;
  /** Wishes and conflicts that a group meets at a table, and what the place itself costs. */
  readonly #attraction: Int32Array;
  readonly #conflicts: Int32Array;
  readonly #places: Int32Array;
  readonly #misplaced: Uint8Array;
  /** Groups at each table, side by side, how many they are, and where each group stands among them. */
  readonly #guests: Int32Array;
  readonly #guestCounts: Int32Array;
  readonly #positions: Int32Array;
  /** Cost and penalty of every load of every table, `width` entries a table. */
  readonly #width: number;
  readonly #loadCosts: Int32Array;
  readonly #loadPrices: Float64Array;

  constructor(problem: SeatingProblem, start: Assignment, penalty: Penalty) {
    const { sizes, placeCosts, allowed } = problem;
    const cells = sizes.length * problem.tables.length;
    this.table = start.slice();
    this.tables = problem.tables.length;
    this.#sizes = sizes;
    this.#near = neighboursOf(problem);
    this.#penalty = penalty;
    this.#capacities = Int32Array.from(problem.tables, ({ capacity }) => capacity);
    this.#isAside = Uint8Array.from(problem.tables, ({ isAside }) => (isAside ? 1 : 0));
    this.#loads = new Int32Array(this.tables);
    this.#attraction = new Int32Array(cells);
    this.#conflicts = new Int32Array(cells);
    this.#places = placeCosts?.slice() ?? new Int32Array(cells);
    this.#misplaced = Uint8Array.from({ length: cells }, (_, cell) =>
      allowed?.[cell] === 0 ? 1 : 0,
    );
    this.#guests = new Int32Array(cells);
    this.#guestCounts = new Int32Array(this.tables);
    this.#positions = new Int32Array(sizes.length);
    this.#width = sizes.reduce((sum, size) => sum + size, 0) + 1;
    this.#loadCosts = new Int32Array(this.#width * this.tables);
    this.#loadPrices = new Float64Array(this.#width * this.tables);
    this.#priceLoads(problem);
    for (let at = 0; at < this.tables; at++) this.#cost += this.#loadCosts[at * this.#width] ?? 0;
    for (let group = 0; group < sizes.length; group++) this.#sit(group, this.table[group] ?? 0, 1);
    const { company: wishes } = problem;
    if (wishes) {
      const given = { wishes, table: this.table, rulePrice: penalty.lonely };
      this.#company = new CompanyState(problem, given);
    }
  }

  /** The objective without penalties. */
  get cost(): number {
    return this.#cost + (this.#company?.cost ?? 0);
  }

  /** Guests over capacities, clashes, misplaced groups and missing company, added up; 0 = legal. */
  get broken(): number {
    return this.#broken + (this.#company?.lonely ?? 0);
  }

  /** The objective with penalties after moving `group` to `to`, minus now. */
  shiftDelta(group: number, to: number): number {
    const from = this.table[group] ?? 0;
    const size = this.#sizes[group] ?? 0;
    const row = group * this.tables;
    const company = this.#company?.shiftDelta(group, to) ?? 0;
    return (
      company +
      this.#price(row + to) -
      this.#price(row + from) +
      this.#loadDelta(from, -size) +
      this.#loadDelta(to, size)
    );
  }

  /** The same for two groups that change places. */
  swapDelta(a: number, b: number): number {
    const from = this.table[a] ?? 0;
    const to = this.table[b] ?? 0;
    const change = (this.#sizes[b] ?? 0) - (this.#sizes[a] ?? 0);
    const rowA = a * this.tables;
    const rowB = b * this.tables;
    const company = this.#company?.swapDelta(a, b) ?? 0;
    return (
      company +
      this.#price(rowA + to) -
      this.#price(rowA + from) +
      this.#price(rowB + from) -
      this.#price(rowB + to) -
      // Each is counted as meeting the other, who leaves at the same moment.
      this.#metTwice(from, to) * this.#between(a, b) +
      this.#loadDelta(from, change) +
      this.#loadDelta(to, -change)
    );
  }

  shift(group: number, to: number): void {
    const from = this.table[group] ?? 0;
    this.#sit(group, from, -1);
    this.#company?.sit(group, from, -1);
    this.table[group] = to;
    this.#sit(group, to, 1);
    this.#company?.sit(group, to, 1);
  }

  /** Somebody whom `group` wants to sit with, by a number in [0, 1); -1 where there is nobody. */
  friend(group: number, choice: number): number {
    const from = this.#near.starts[group] ?? 0;
    const count = this.#near.friends[group] ?? 0;
    return count === 0 ? -1 : (this.#near.groups[from + Math.floor(choice * count)] ?? -1);
  }

  /** Somebody at a table; -1 where it is empty. */
  guestAt(at: number, choice: number): number {
    const count = this.#guestCounts[at] ?? 0;
    if (count === 0) return -1;
    return this.#guests[at * this.#sizes.length + Math.floor(choice * count)] ?? -1;
  }

  /** Whether the free seats of a table suffice for a group. */
  fits(group: number, at: number): boolean {
    return (this.#loads[at] ?? 0) + (this.#sizes[group] ?? 0) <= (this.#capacities[at] ?? 0);
  }

  #priceLoads({ tables }: SeatingProblem): void {
    tables.forEach(({ capacity, loadCosts }, at) => {
      for (let load = 0; load < this.#width; load++) {
        const cell = at * this.#width + load;
        const cost = loadCosts?.[Math.min(load, capacity)] ?? 0;
        this.#loadCosts[cell] = cost;
        this.#loadPrices[cell] = cost + Math.max(0, load - capacity) * this.#penalty.overload;
      }
    });
  }

  #price(cell: number): number {
    const broken = (this.#conflicts[cell] ?? 0) + (this.#misplaced[cell] ?? 0);
    return (
      (this.#attraction[cell] ?? 0) + (this.#places[cell] ?? 0) + this.#penalty.broken * broken
    );
  }

  #loadDelta(at: number, change: number): number {
    const cell = at * this.#width + (this.#loads[at] ?? 0);
    return (this.#loadPrices[cell + change] ?? 0) - (this.#loadPrices[cell] ?? 0);
  }

  #metTwice(one: number, other: number): number {
    return 2 - (this.#isAside[one] ?? 0) - (this.#isAside[other] ?? 0);
  }

  #between(a: number, b: number): number {
    const { starts, groups, costs, clashes } = this.#near;
    const end = starts[a + 1] ?? 0;
    for (let edge = starts[a] ?? 0; edge < end; edge++) {
      if (groups[edge] === b)
        return (costs[edge] ?? 0) + this.#penalty.broken * (clashes[edge] ?? 0);
    }
    return 0;
  }

  /** Seats (`sign` 1) or lifts (-1) a group, and tells its neighbours. */
  #sit(group: number, at: number, sign: 1 | -1): void {
    const cell = group * this.tables + at;
    const load = this.#loads[at] ?? 0;
    const next = load + sign * (this.#sizes[group] ?? 0);
    const row = at * this.#width;
    const capacity = this.#capacities[at] ?? 0;
    this.#cost +=
      sign * ((this.#attraction[cell] ?? 0) + (this.#places[cell] ?? 0)) +
      (this.#loadCosts[row + next] ?? 0) -
      (this.#loadCosts[row + load] ?? 0);
    this.#broken +=
      sign * ((this.#conflicts[cell] ?? 0) + (this.#misplaced[cell] ?? 0)) +
      Math.max(0, next - capacity) -
      Math.max(0, load - capacity);
    this.#loads[at] = next;
    this.#list(group, at, sign);
    if (this.#isAside[at]) return;
    const { starts, groups, costs, clashes } = this.#near;
    const end = starts[group + 1] ?? 0;
    for (let edge = starts[group] ?? 0; edge < end; edge++) {
      const met = (groups[edge] ?? 0) * this.tables + at;
      this.#attraction[met] = (this.#attraction[met] ?? 0) + sign * (costs[edge] ?? 0);
      this.#conflicts[met] = (this.#conflicts[met] ?? 0) + sign * (clashes[edge] ?? 0);
    }
  }

  /** Keeps the list of who sits at a table. */
  #list(group: number, at: number, sign: 1 | -1): void {
    const base = at * this.#sizes.length;
    const count = this.#guestCounts[at] ?? 0;
    this.#guestCounts[at] = count + sign;
    if (sign > 0) {
      this.#guests[base + count] = group;
      this.#positions[group] = count;
      return;
    }
    const last = this.#guests[base + count - 1] ?? 0;
    const position = this.#positions[group] ?? 0;
    this.#guests[base + position] = last;
    this.#positions[last] = position;
  }
}
