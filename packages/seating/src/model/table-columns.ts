import { ColumnCompany, pairSquare } from './column-costs.ts';
import { ColumnStore, type TableColumns } from './column-store.ts';
import type { SeatingProblem, TableSpec } from './problem.ts';
import type { TableClass } from './table-classes.ts';

/** Collects the columns of a problem, depth first. */
class ColumnCollector {
  readonly #problem: SeatingProblem;
  readonly #square: Int32Array;
  readonly #company: ColumnCompany | undefined;
  readonly #blocked: number;
  readonly #columnsMax: number;
  readonly #seated: Uint16Array;
  readonly #store = new ColumnStore();
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
    return this.#store.finish();
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
        const whole = cost + lonely + (this.#spec.loadCosts?.[load] ?? 0);
        this.#store.add(this.#seated, so.depth + 1, { cost: whole, at: this.#class });
      }
      if (this.#store.count > this.#columnsMax) return false;
      if (this.#spec.isAside) continue;
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
