import type { Assignment, SeatingProblem } from '@wedsync/seating/engine';

export interface TabuOptions {
  seed: number;
  isLate: () => boolean;
}

function randomOf(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4_294_967_296;
  };
}

/** Wishes and conflicts as squares, loads and their costs: what both stages work on. */
class Ground {
  readonly n: number;
  readonly k: number;
  readonly clash: Uint8Array;
  readonly wish: Int32Array;
  readonly problem: SeatingProblem;

  constructor(problem: SeatingProblem) {
    this.problem = problem;
    this.n = problem.sizes.length;
    this.k = problem.tables.length;
    this.clash = new Uint8Array(this.n * this.n);
    this.wish = new Int32Array(this.n * this.n);
    for (const [a, b] of problem.apart) {
      this.clash[a * this.n + b] = 1;
      this.clash[b * this.n + a] = 1;
    }
    for (const { a, b, cost } of problem.pairs) {
      this.wish[a * this.n + b] = cost;
      this.wish[b * this.n + a] = cost;
    }
  }

  size(group: number): number {
    return this.problem.sizes[group] ?? 0;
  }

  clashes(a: number, b: number): boolean {
    return this.clash[a * this.n + b] === 1;
  }

  loadCost(table: number, load: number): number {
    return this.problem.tables[table]?.loadCosts?.[load] ?? 0;
  }
}

/** DSATUR: the group with the fewest tables left goes to the feasible table with the fewest guests. */
function construct(ground: Ground, random: () => number): Int32Array {
  const { n, k } = ground;
  const plan = new Int32Array(n).fill(-1);
  const loads = new Int32Array(k);
  const isFree = (group: number, table: number) =>
    !plan.some((at, other) => at === table && ground.clashes(group, other));
  for (let placed = 0; placed < n; placed++) {
    let next = -1;
    let fewest = Number.POSITIVE_INFINITY;
    for (let group = 0; group < n; group++) {
      if (plan[group] !== -1) continue;
      let free = random() / 2;
      for (let table = 0; table < k; table++) if (isFree(group, table)) free++;
      if (free < fewest) [next, fewest] = [group, free];
    }
    let best = Math.floor(random() * k);
    let least = Number.POSITIVE_INFINITY;
    for (let table = 0; table < k; table++) {
      const load = (loads[table] ?? 0) + random() / 2;
      if (isFree(next, table) && load < least) [best, least] = [table, load];
    }
    plan[next] = best;
    loads[best] = (loads[best] ?? 0) + ground.size(next);
  }
  return plan;
}

/** TABUCOL with the tenure of Galinier and Hao, 20 n iterations; true once nobody clashes. */
function tabucol(ground: Ground, plan: Int32Array, random: () => number): boolean {
  const { n, k } = ground;
  const met = new Int32Array(n * k);
  const add = (group: number, table: number, sign: number) => {
    for (let other = 0; other < n; other++) {
      if (ground.clashes(group, other))
        met[other * k + table] = (met[other * k + table] ?? 0) + sign;
    }
  };
  plan.forEach((table, group) => {
    add(group, table, 1);
  });
  const total = () => plan.reduce((all, at, group) => all + (met[group * k + at] ?? 0), 0) / 2;
  const tabuUntil = new Int32Array(n * k);
  let clashes = total();
  for (let iteration = 1; iteration <= 20 * n && clashes > 0; iteration++) {
    let move: { group: number; table: number } | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let group = 0; group < n; group++) {
      const now = met[group * k + (plan[group] ?? 0)] ?? 0;
      if (now === 0) continue;
      for (let table = 0; table < k; table++) {
        if (table === plan[group]) continue;
        const delta = (met[group * k + table] ?? 0) - now;
        const isTabu = (tabuUntil[group * k + table] ?? 0) > iteration && clashes + delta > 0;
        if (isTabu || delta + random() / 2 >= least) continue;
        least = delta + random() / 2;
        move = { group, table };
      }
    }
    if (!move) continue;
    const from = plan[move.group] ?? 0;
    add(move.group, from, -1);
    add(move.group, move.table, 1);
    plan[move.group] = move.table;
    clashes = total();
    const tenure = Math.floor(0.6 * clashes) + 1 + Math.floor(random() * 9);
    tabuUntil[move.group * k + from] = iteration + tenure;
  }
  return clashes === 0;
}

/** Groups of two tables that change sides together: a connected part of the conflicts between them. */
function kempeChain(
  ground: Ground,
  plan: Int32Array,
  seed: { group: number; to: number },
): number[] {
  const from = plan[seed.group] ?? 0;
  const chain = [seed.group];
  const isIn = new Uint8Array(ground.n);
  isIn[seed.group] = 1;
  for (let at = 0; at < chain.length; at++) {
    const group = chain[at] ?? 0;
    const opposite = plan[group] === from ? seed.to : from;
    for (let other = 0; other < ground.n; other++) {
      if (isIn[other] || plan[other] !== opposite || !ground.clashes(group, other)) continue;
      isIn[other] = 1;
      chain.push(other);
    }
  }
  return chain;
}

interface Exchange {
  moved: number[];
  two: [number, number];
  delta: number;
}

/** Change of the objective when `moved` change sides between their two tables. */
function exchangeDelta(
  ground: Ground,
  plan: Int32Array,
  exchange: Omit<Exchange, 'delta'>,
): number {
  const { moved, two } = exchange;
  const [one, other] = two;
  const isMoved = new Uint8Array(ground.n);
  for (const group of moved) isMoved[group] = 1;
  const loads = [0, 0, 0, 0];
  let delta = 0;
  for (let group = 0; group < ground.n; group++) {
    const side = plan[group] === one ? 0 : plan[group] === other ? 1 : -1;
    if (side < 0) continue;
    const size = ground.size(group);
    loads[side] = (loads[side] ?? 0) + size;
    const after = 2 + (isMoved[group] ? 1 - side : side);
    loads[after] = (loads[after] ?? 0) + size;
    if (!isMoved[group]) continue;
    for (let with_ = 0; with_ < ground.n; with_++) {
      if (isMoved[with_] || (plan[with_] !== one && plan[with_] !== other)) continue;
      const wish = ground.wish[group * ground.n + with_] ?? 0;
      delta += plan[with_] === plan[group] ? -wish : wish;
    }
  }
  const cost = (table: number, load: number | undefined) => ground.loadCost(table, load ?? 0);
  delta +=
    cost(one, loads[2]) + cost(other, loads[3]) - cost(one, loads[0]) - cost(other, loads[1]);
  return delta;
}

/** Every Kempe chain, and every exchange of two groups that makes nobody clash. */
function* exchanges(ground: Ground, plan: Int32Array): Generator<[number[], [number, number]]> {
  const { n, k } = ground;
  for (let group = 0; group < n; group++) {
    const from = plan[group] ?? 0;
    for (let to = 0; to < k; to++) {
      if (to !== from) yield [kempeChain(ground, plan, { group, to }), [from, to]];
    }
  }
  const canJoin = (group: number, table: number, instead: number) =>
    !plan.some((at, other) => at === table && other !== instead && ground.clashes(group, other));
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      const [one, two] = [plan[a] ?? 0, plan[b] ?? 0];
      if (one === two || ground.clashes(a, b)) continue;
      if (canJoin(a, two, b) && canJoin(b, one, a))
        yield [
          [a, b],
          [one, two],
        ];
    }
  }
}

/** Steepest tabu search over plans without clashes, tenure 10, 10 n iterations. */
function improve(ground: Ground, plan: Int32Array, isLate: () => boolean): Assignment {
  const { n, k } = ground;
  const tenure = 10;
  const tabuUntil = new Int32Array(n * k);
  let best = plan.slice();
  let cost = 0;
  let bestCost = 0;
  for (let iteration = 1; iteration <= 10 * n && !isLate(); iteration++) {
    let choice: Exchange | undefined;
    for (const [moved, two] of exchanges(ground, plan)) {
      const delta = exchangeDelta(ground, plan, { moved, two });
      if (choice && delta >= choice.delta) continue;
      const isTabu = moved.some((group) => {
        const to = plan[group] === two[0] ? two[1] : two[0];
        return (tabuUntil[group * k + to] ?? 0) > iteration;
      });
      if (isTabu && cost + delta >= bestCost) continue;
      choice = { moved, two, delta };
    }
    if (!choice) continue;
    for (const group of choice.moved) {
      const from = plan[group] ?? 0;
      tabuUntil[group * k + from] = iteration + tenure;
      plan[group] = from === choice.two[0] ? choice.two[1] : choice.two[0];
    }
    cost += choice.delta;
    if (cost >= bestCost) continue;
    bestCost = cost;
    best = plan.slice();
  }
  return best;
}

/**
 * The search that Lewis and Carroll publish for the Wedding Seating Problem (JORS 67, 2016), at their
 * own stop rules: a proper colouring of the conflicts by DSATUR and TABUCOL, then tabu search by Kempe
 * chains and exchanges. Tables have no capacity there.
 * @returns undefined where the first stage found no plan without clashes
 */
export function twoStageTabu(
  problem: SeatingProblem,
  options: TabuOptions,
): Assignment | undefined {
  const ground = new Ground(problem);
  const random = randomOf(options.seed);
  const plan = construct(ground, random);
  if (!tabucol(ground, plan, random)) return undefined;
  return improve(ground, plan, options.isLate);
}
