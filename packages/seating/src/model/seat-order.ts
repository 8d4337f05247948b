/** `ring`: the last seat is beside the first one. `row`: it is not (a head table along a wall). */
export type SeatShape = 'ring' | 'row';

/** Up to here the order is proven best; the table of states has 2^(n-1) * n entries. */
export const exactSeatsMax = 13;

/** What an order costs, each pair of neighbours once. `costs` is the full square, row by row. */
export function orderCost(costs: Int32Array, order: readonly number[], shape: SeatShape): number {
  const n = order.length;
  let sum = 0;
  for (let seat = 1; seat < n; seat++)
    sum += costs[(order[seat - 1] ?? 0) * n + (order[seat] ?? 0)] ?? 0;
  if (shape === 'ring' && n > 2) sum += costs[(order[n - 1] ?? 0) * n + (order[0] ?? 0)] ?? 0;
  return sum;
}

/**
 * The cheapest order by dynamic programming over subsets (Held, Karp 1962): `best[set, last]` is the
 * least cost of seating `set` in a row that ends with `last`. On a ring guest 0 begins, because
 * turning the table changes nothing.
 */
function heldKarp(costs: Int32Array, n: number, shape: SeatShape): number[] {
  const states = 1 << n;
  const best = new Int32Array(states * n).fill(0x3fffffff);
  const before = new Int8Array(states * n).fill(-1);
  const firsts = shape === 'ring' ? [0] : Array.from({ length: n }, (_, guest) => guest);
  for (const guest of firsts) best[(1 << guest) * n + guest] = 0;
  for (let set = 1; set < states; set++) {
    for (let last = 0; last < n; last++) {
      const reached = best[set * n + last] ?? 0;
      if (reached >= 0x3fffffff) continue;
      for (let next = 0; next < n; next++) {
        if (set & (1 << next)) continue;
        const state = (set | (1 << next)) * n + next;
        const cost = reached + (costs[last * n + next] ?? 0);
        if (cost >= (best[state] ?? 0)) continue;
        best[state] = cost;
        before[state] = last;
      }
    }
  }
  let set = states - 1;
  const closing = (last: number) => (shape === 'ring' && n > 2 ? (costs[last * n] ?? 0) : 0);
  let last = 0;
  for (let end = 1; end < n; end++) {
    if ((best[set * n + end] ?? 0) + closing(end) < (best[set * n + last] ?? 0) + closing(last))
      last = end;
  }
  const order: number[] = [];
  while (last >= 0) {
    order.push(last);
    const earlier = before[set * n + last] ?? -1;
    set &= ~(1 << last);
    last = earlier;
  }
  return order.reverse();
}

/** Reverses stretches of the order while that helps (2-opt, Croes 1958); every pass is complete. */
function twoOpt(costs: Int32Array, n: number, shape: SeatShape): number[] {
  let order = Array.from({ length: n }, (_, guest) => guest);
  let cost = orderCost(costs, order, shape);
  for (let better = true; better; ) {
    better = false;
    for (let from = 0; from < n - 1; from++) {
      for (let to = from + 1; to < n; to++) {
        const turned = [
          ...order.slice(0, from),
          ...order.slice(from, to + 1).reverse(),
          ...order.slice(to + 1),
        ];
        const turnedCost = orderCost(costs, turned, shape);
        if (turnedCost >= cost) continue;
        [order, cost, better] = [turned, turnedCost, true];
      }
    }
  }
  return order;
}

/**
 * The order in which guests sit round one table, at the least cost of neighbours.
 *
 * @param costs cost of two guests side by side: a full, symmetric `n * n` square of integers
 * @returns guests by seat, and whether no order is cheaper (up to `exactSeatsMax` guests)
 */
export function orderSeats(
  costs: Int32Array,
  shape: SeatShape,
): { order: number[]; cost: number; isProven: boolean } {
  const n = Math.sqrt(costs.length);
  if (!Number.isInteger(n)) throw new RangeError(`${costs.length} costs are not a square`);
  if (n === 0) return { order: [], cost: 0, isProven: true };
  const isProven = n <= exactSeatsMax;
  const order = isProven ? heldKarp(costs, n, shape) : twoOpt(costs, n, shape);
  return { order, cost: orderCost(costs, order, shape), isProven };
}
