/**
 * A seating problem in the form that the solvers work on: integers in typed arrays, guests merged
 * into groups that are seated together, every wish a number of the objective.
 *
 * Costs are integers, lower is better; integrality is what lets the prover round its bound up.
 */
export interface SeatingProblem {
  /** Guests per group, each at least 1. */
  readonly sizes: Int32Array;
  /** Cost of two groups at one table, as triples; pairs that are not named cost nothing. */
  readonly pairs: readonly PairCost[];
  /** Groups that may never share a table. */
  readonly apart: readonly (readonly [number, number])[];
  readonly tables: readonly TableSpec[];
  /** Cost of a group at a table, row by row (`group * tables + table`); absent: 0 everywhere. */
  readonly placeCosts?: Int32Array;
  /** 0 where a group may not sit at a table (a lock, a step, no room for a wheelchair). */
  readonly allowed?: Uint8Array;
  /** Who wants how many they know at their table; absent: nobody asks. */
  readonly company?: CompanyWishes;
}

/** `max(0, wanted - guests known at the table)` is missing to a group; each missing one costs. */
export interface CompanyWishes {
  /** Groups that know each other, each pair once; every guest of one knows every guest of the other. */
  readonly known: readonly (readonly [number, number])[];
  /** Guests of other groups that each group wants to know at its table. */
  readonly wanted: Int32Array;
  /** What each missing one costs, per group; not negative. */
  readonly costs: Int32Array;
  /** True: a rule instead of a cost; a plan in which anything is missing is not legal. */
  readonly isRule?: boolean;
}

export interface PairCost {
  readonly a: number;
  readonly b: number;
  readonly cost: number;
}

export interface TableSpec {
  /** Seats; a load above it is never legal. */
  readonly capacity: number;
  /** Cost of every load from 0 to `capacity`; absent: 0. Carries balance and opening costs. */
  readonly loadCosts?: Int32Array;
  /**
   * True: whoever is put here is left aside, not seated together. Pairs cost nothing here and nobody
   * clashes; what leaving a group aside costs is its place cost. Takes everybody, has no load costs,
   * and is not to be had beside `company`.
   */
  readonly isAside?: boolean;
}

/** Table of every group. */
export type Assignment = Int32Array;

/** What is wrong with an assignment, and what it costs where nothing is. */
export interface Evaluation {
  cost: number;
  /** Guests over the capacities. */
  overload: number;
  /** Pairs of `apart` that share a table. */
  clashes: number;
  /** Groups at a table where they may not sit. */
  misplaced: number;
  /** Guests missing from the company that groups must have; 0 where company is no rule. */
  lonely: number;
}

export const isLegal = ({ overload, clashes, misplaced, lonely }: Evaluation): boolean =>
  overload + clashes + misplaced + lonely === 0;

/**
 * Refuses a problem that cannot be read, before a solver trips over it.
 * @throws RangeError naming the entry
 */
export function checkProblem(problem: SeatingProblem) {
  const { sizes, pairs, apart, tables, placeCosts, allowed, company } = problem;
  const groups = sizes.length;
  const isGroup = (index: number) => Number.isInteger(index) && index >= 0 && index < groups;
  sizes.forEach((size, group) => {
    if (size < 1) throw new RangeError(`group ${group} has ${size} guests`);
  });
  for (const { a, b, cost } of pairs) {
    if (!isGroup(a) || !isGroup(b) || a === b || !Number.isInteger(cost)) {
      throw new RangeError(`pair ${a}, ${b} with cost ${cost} is not readable`);
    }
  }
  for (const [a, b] of apart) {
    if (!isGroup(a) || !isGroup(b) || a === b) throw new RangeError(`apart ${a}, ${b}`);
  }
  const guests = sizes.reduce((sum, size) => sum + size, 0);
  tables.forEach(({ capacity, loadCosts, isAside }, table) => {
    if (isAside && (loadCosts || capacity < guests)) {
      throw new RangeError(`table ${table} must take everybody aside, at no cost of loads`);
    }
    if (!Number.isInteger(capacity) || capacity < 0 || capacity > 100_000) {
      throw new RangeError(`table ${table} has ${capacity} seats`);
    }
    if (loadCosts && loadCosts.length !== capacity + 1) {
      throw new RangeError(`table ${table} needs ${capacity + 1} load costs`);
    }
  });
  const cells = groups * tables.length;
  if (placeCosts && placeCosts.length !== cells)
    throw new RangeError(`${cells} place costs wanted`);
  if (allowed && allowed.length !== cells) throw new RangeError(`${cells} places wanted`);
  for (const [a, b] of company?.known ?? []) {
    if (!isGroup(a) || !isGroup(b) || a === b) throw new RangeError(`known ${a}, ${b}`);
  }
  if (company && (company.wanted.length !== groups || company.costs.length !== groups)) {
    throw new RangeError(`company of ${groups} groups wanted`);
  }
  if (company && tables.some(({ isAside }) => isAside)) {
    throw new RangeError('nobody can be left aside where company is wanted');
  }
  if (company?.costs.some((cost) => cost < 0)) {
    throw new RangeError('company that is missing cannot be a gain');
  }
}

/** Guests that each group misses from the company it wants. */
function missingCompany(problem: SeatingProblem, assignment: Assignment): Int32Array {
  const missing = problem.company?.wanted.slice() ?? new Int32Array(problem.sizes.length);
  for (const [a, b] of problem.company?.known ?? []) {
    if (assignment[a] !== assignment[b]) continue;
    missing[a] = (missing[a] ?? 0) - (problem.sizes[b] ?? 0);
    missing[b] = (missing[b] ?? 0) - (problem.sizes[a] ?? 0);
  }
  return missing.map((count) => Math.max(0, count));
}

/** What no plan can cost less than, and no more than, legal or not; far from either as a rule. */
export function costLimits(problem: SeatingProblem): { least: number; most: number } {
  const { sizes, pairs, tables, placeCosts, company } = problem;
  let least = 0;
  let most = 0;
  const add = (costs: Iterable<number>) => {
    const all = [...costs];
    least += Math.min(...all);
    most += Math.max(...all);
  };
  for (const { cost } of pairs) add([0, cost]);
  for (const { loadCosts } of tables) if (loadCosts) add(loadCosts);
  sizes.forEach((_, group) => {
    if (placeCosts && tables.length > 0) {
      add(placeCosts.subarray(group * tables.length, (group + 1) * tables.length));
    }
    if (company) add([0, (company.wanted[group] ?? 0) * (company.costs[group] ?? 0)]);
  });
  return { least, most };
}

/**
 * Recomputes the cost of an assignment from nothing but the problem. The solvers keep their costs by
 * differences; this is what their results are checked with.
 */
export function evaluate(problem: SeatingProblem, assignment: Assignment): Evaluation {
  const { sizes, pairs, apart, tables, placeCosts, allowed, company } = problem;
  const loads = new Int32Array(tables.length);
  let cost = 0;
  let misplaced = 0;
  assignment.forEach((table, group) => {
    const cell = group * tables.length + table;
    loads[table] = (loads[table] ?? 0) + (sizes[group] ?? 0);
    cost += placeCosts?.[cell] ?? 0;
    if (allowed?.[cell] === 0) misplaced++;
  });
  const areTogether = (a: number, b: number) =>
    assignment[a] === assignment[b] && !tables[assignment[a] ?? 0]?.isAside;
  for (const pair of pairs) if (areTogether(pair.a, pair.b)) cost += pair.cost;
  const clashes = apart.filter(([a, b]) => areTogether(a, b)).length;
  let overload = 0;
  tables.forEach(({ capacity, loadCosts }, table) => {
    const load = loads[table] ?? 0;
    overload += Math.max(0, load - capacity);
    cost += loadCosts?.[Math.min(load, capacity)] ?? 0;
  });
  const missing = missingCompany(problem, assignment);
  const lonely = company?.isRule ? missing.reduce((sum, count) => sum + count, 0) : 0;
  if (!company?.isRule) {
    missing.forEach((count, group) => {
      cost += count * (company?.costs[group] ?? 0);
    });
  }
  return { cost, overload, clashes, misplaced, lonely };
}
