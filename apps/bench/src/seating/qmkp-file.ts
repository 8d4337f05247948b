import type { PairCost, SeatingProblem } from '@wedsync/seating/engine';

/** An instance of the quadratic knapsack problem as Billionnet and Soutif publish it. */
export interface QuadraticKnapsack {
  name: string;
  profits: number[];
  /** Profit of two items in one knapsack; pairs without one are not listed. */
  pairs: { a: number; b: number; profit: number }[];
  weights: number[];
}

/**
 * Reads the text format: name, number of items, their profits, the upper triangle of the pairs' profits
 * row by row, a line with 0 (the kind of constraint), the capacity of a single knapsack, the weights.
 * @throws RangeError where numbers are missing or are none
 */
export function readQuadraticKnapsack(text: string): QuadraticKnapsack {
  const [name = '', ...lines] = text.trim().split(/\r?\n/);
  const words = lines.join(' ').trim().split(/\s+/);
  const n = Number(words[0]);
  // Number of items, profits, triangle, kind, capacity, weights; remarks may follow.
  const firstWeight = 1 + n + (n * (n - 1)) / 2 + 2;
  const numbers = words.slice(0, firstWeight + n).map(Number);
  const isReadable = Number.isInteger(n) && n > 0 && numbers.every(Number.isFinite);
  if (!isReadable || numbers.length < firstWeight + n) {
    throw new RangeError(`${name.trim() || 'the file'} is no quadratic knapsack instance`);
  }
  const profits = numbers.slice(1, 1 + n);
  const pairs: QuadraticKnapsack['pairs'] = [];
  let at = 1 + n;
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      const profit = numbers[at++] ?? 0;
      if (profit !== 0) pairs.push({ a, b, profit });
    }
  }
  return { name: name.trim(), profits, pairs, weights: numbers.slice(firstWeight) };
}

/**
 * The multiple knapsack problem of Hiley and Julstrom as seating: items are groups, knapsacks are
 * tables of four fifths of all weights together, and what fits nowhere is left aside.
 */
export function knapsackProblem(
  { profits, pairs, weights }: QuadraticKnapsack,
  knapsacks: number,
): SeatingProblem {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const capacity = Math.floor((0.8 * all) / knapsacks);
  const tables = Array.from({ length: knapsacks }, () => ({ capacity }));
  const placeCosts = Int32Array.from({ length: weights.length * (knapsacks + 1) }, (_, cell) => {
    const isAside = cell % (knapsacks + 1) === knapsacks;
    return isAside ? 0 : -(profits[Math.floor(cell / (knapsacks + 1))] ?? 0);
  });
  return {
    sizes: Int32Array.from(weights),
    pairs: pairs.map(({ a, b, profit }): PairCost => ({ a, b, cost: -profit })),
    apart: [],
    tables: [...tables, { capacity: all, isAside: true }],
    placeCosts,
  };
}
