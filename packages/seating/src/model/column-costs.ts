import { ColumnStore, type TableColumns } from './column-store.ts';
import {
  type Assignment,
  type CompanyWishes,
  evaluate,
  isLegal,
  type SeatingProblem,
} from './problem.ts';
import type { TableClass } from './table-classes.ts';

/** Full square of pair costs and conflicts; `blocked` is larger than any sum of costs. */
export function pairSquare({ sizes, pairs, apart }: SeatingProblem): {
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
export class ColumnCompany {
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

/** The tables of a legal plan as columns: with them a linear program has a solution from the start. */
export function columnsOfPlan(
  problem: SeatingProblem,
  classes: readonly TableClass[],
  plan: Assignment,
): TableColumns {
  const store = new ColumnStore();
  const { sizes, tables, placeCosts } = problem;
  const { costs: square } = pairSquare(problem);
  const company = problem.company && new ColumnCompany(problem, problem.company);
  const add = (members: Uint16Array, table: number) => {
    const load = members.reduce((sum, group) => sum + (sizes[group] ?? 0), 0);
    let cost = tables[table]?.loadCosts?.[load] ?? 0;
    members.forEach((group, index) => {
      cost += placeCosts?.[group * tables.length + table] ?? 0;
      for (const other of members.subarray(0, index))
        cost += square[group * sizes.length + other] ?? 0;
    });
    cost += company?.cost(members, members.length) ?? 0;
    const at = classes.findIndex((tableClass) => tableClass.tables.includes(table));
    store.add(members, members.length, { cost, at });
  };
  if (isLegal(evaluate(problem, plan))) {
    tables.forEach(({ isAside }, table) => {
      const here = Uint16Array.from([...plan.keys()].filter((group) => plan[group] === table));
      if (isAside) for (const group of here) add(Uint16Array.of(group), table);
      else if (here.length > 0) add(here, table);
    });
  }
  return store.finish();
}
