import type { CompanyWishes, SeatingProblem } from './problem.ts';

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
