import type { CompanyWishes, SeatingProblem, TableSpec } from './problem.ts';
import type { TableClass } from './table-classes.ts';

/**
 * Every way to fill one table, with its cost: the columns of the set-partitioning model. Column `j`
 * seats the groups `members[starts[j]..starts[j + 1]]` at a table of class `classes[j]`.
 */
export interface TableColumns {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly members: Uint16Array;
  readonly costs: Int32Array;
  readonly classes: Uint16Array;
}

type Growable = Uint32Array | Uint16Array | Int32Array;

/** A typed array that doubles when it is full. */
class Growing<T extends Growable> {
  length = 0;
  #items: T;

  constructor(items: T) {
    this.#items = items;
  }

  push(value: number): void {
    if (this.length === this.#items.length) {
      const wider = new (this.#items.constructor as new (length: number) => T)(this.length * 2);
      wider.set(this.#items);
      this.#items = wider;
    }
    this.#items[this.length++] = value;
  }

  toArray(): T {
    return this.#items.subarray(0, this.length) as T;
  }
}

/** Full square of pair costs and conflicts; `blocked` is larger than any sum of costs. */
function pairSquare({ sizes, pairs, apart }: SeatingProblem): {
  costs: Int32Array;
  blocked: number;
} {
  const groups = sizes.length;
  const costs = new Int32Array(groups * groups);
  const blocked = 1 << 28;
  const set = (a: number, b: number, cost: number) => {
    costs[a * groups + b] = cost;
    costs[b * groups + a] = cost;
  };
  for (const { a, b, cost } of pairs) set(a, b, (costs[a * groups + b] ?? 0) + cost);
  for (const [a, b] of apart) set(a, b, blocked);
  return { costs, blocked };
}

/** What is missing to those who share a table, from nothing but who they are. */
class ColumnCompany {
  readonly #wishes: CompanyWishes;
  readonly #sizes: Int32Array;
  readonly #isKnown: Uint8Array;

  constructor({ sizes }: SeatingProblem, wishes: CompanyWishes) {
    this.#wishes = wishes;
    this.#sizes = sizes;
    this.#isKnown = new Uint8Array(sizes.length ** 2);
    for (const [a, b] of wishes.known) {
      this.#isKnown[a * sizes.length + b] = 1;
      this.#isKnown[b * sizes.length + a] = 1;
    }
  }

  /** Cost of what the first `count` of `seated` miss; infinite where a rule is broken. */
  cost(seated: Uint16Array, count: number): number {
    const { wanted, costs, isRule } = this.#wishes;
    let cost = 0;
    for (let index = 0; index < count; index++) {
      const group = seated[index] ?? 0;
      let missing = wanted[group] ?? 0;
      for (let at = 0; at < count && missing > 0; at++) {
        const other = seated[at] ?? 0;
        if (this.#isKnown[group * this.#sizes.length + other]) missing -= this.#sizes[other] ?? 0;
      }
      if (missing <= 0) continue;
      if (isRule) return Number.POSITIVE_INFINITY;
      cost += missing * (costs[group] ?? 0);
    }
    return cost;
  }
}

/** The groups of one column. */
export function membersOf(columns: TableColumns, column: number): Uint16Array {
  return columns.members.subarray(columns.starts[column], columns.starts[column + 1]);
}

/** Collects the columns of a problem, depth first. */
class ColumnCollector {
  readonly #problem: SeatingProblem;
  readonly #square: Int32Array;
  readonly #company: ColumnCompany | undefined;
  readonly #blocked: number;
  readonly #columnsMax: number;
  readonly #seated: Uint16Array;
  readonly #starts = new Growing(new Uint32Array(4_096));
  readonly #members = new Growing(new Uint16Array(16_384));
  readonly #costs = new Growing(new Int32Array(4_096));
  readonly #classes = new Growing(new Uint16Array(4_096));
  #class = 0;
  #spec: TableSpec = { capacity: 0 };
  #table = 0;
  /** Groups that may sit at the class, the largest first. */
  #seatable: number[] = [];

  constructor(problem: SeatingProblem, columnsMax: number) {
    const { costs, blocked } = pairSquare(problem);
    this.#problem = problem;
    this.#square = costs;
    this.#company = problem.company && new ColumnCompany(problem, problem.company);
    this.#blocked = blocked;
    this.#columnsMax = columnsMax;
    this.#seated = new Uint16Array(problem.sizes.length);
    this.#starts.push(0);
  }

  /** False once there are too many. */
  collect(index: number, { spec, tables }: TableClass): boolean {
    const { sizes, allowed } = this.#problem;
    this.#class = index;
    this.#spec = spec;
    this.#table = tables[0] ?? 0;
    const count = this.#problem.tables.length;
    this.#seatable = Array.from(sizes, (_, group) => group)
      .filter((group) => allowed?.[group * count + this.#table] !== 0)
      .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
    return this.#extend(0, { depth: 0, load: 0, cost: 0 });
  }

  finish(): TableColumns {
    return {
      count: this.#costs.length,
      starts: this.#starts.toArray(),
      members: this.#members.toArray(),
      costs: this.#costs.toArray(),
      classes: this.#classes.toArray(),
    };
  }

  /** Groups come in the order of `#seatable`, so each set is met once. */
  #extend(from: number, so: { depth: number; load: number; cost: number }): boolean {
    for (let next = from; next < this.#seatable.length; next++) {
      const group = this.#seatable[next] ?? 0;
      const load = so.load + (this.#problem.sizes[group] ?? 0);
      if (load > this.#spec.capacity) continue;
      const cost = so.cost + this.#meeting(group, so.depth);
      if (cost >= this.#blocked / 2) continue;
      this.#seated[so.depth] = group;
      const lonely = this.#company?.cost(this.#seated, so.depth + 1) ?? 0;
      if (Number.isFinite(lonely)) {
        this.#record(so.depth + 1, cost + lonely + (this.#spec.loadCosts?.[load] ?? 0));
      }
      if (this.#costs.length > this.#columnsMax) return false;
      if (!this.#extend(next + 1, { depth: so.depth + 1, load, cost })) return false;
    }
    return true;
  }

  #meeting(group: number, depth: number): number {
    const { sizes, tables, placeCosts } = this.#problem;
    let cost = placeCosts?.[group * tables.length + this.#table] ?? 0;
    for (let index = 0; index < depth; index++) {
      cost += this.#square[group * sizes.length + (this.#seated[index] ?? 0)] ?? 0;
      if (cost >= this.#blocked / 2) break;
    }
    return cost;
  }

  #record(depth: number, cost: number): void {
    for (let index = 0; index < depth; index++) this.#members.push(this.#seated[index] ?? 0);
    this.#starts.push(this.#members.length);
    this.#costs.push(cost);
    this.#classes.push(this.#class);
  }
}

/**
 * Every legal way to fill one table of each class, conflicts and capacities cut off early.
 * @returns undefined where there are more than `columnsMax`
 */
export function enumerateColumns(
  problem: SeatingProblem,
  classes: readonly TableClass[],
  columnsMax: number,
): TableColumns | undefined {
  const collector = new ColumnCollector(problem, columnsMax);
  const isComplete = classes.every((tableClass, index) => collector.collect(index, tableClass));
  return isComplete ? collector.finish() : undefined;
}

/** The columns of `indices` alone, in that order. */
export function selectColumns(columns: TableColumns, indices: Int32Array): TableColumns {
  const starts = new Uint32Array(indices.length + 1);
  indices.forEach((column, index) => {
    const size = (columns.starts[column + 1] ?? 0) - (columns.starts[column] ?? 0);
    starts[index + 1] = (starts[index] ?? 0) + size;
  });
  const members = new Uint16Array(starts[indices.length] ?? 0);
  indices.forEach((column, index) => {
    members.set(membersOf(columns, column), starts[index]);
  });
  return {
    count: indices.length,
    starts,
    members,
    costs: Int32Array.from(indices, (column) => columns.costs[column] ?? 0),
    classes: Uint16Array.from(indices, (column) => columns.classes[column] ?? 0),
  };
}
