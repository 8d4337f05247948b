/** Groups that may not share a table, as a square of zeros and ones. */
export interface ConflictGraph {
  readonly groups: number;
  readonly clashes: Uint8Array;
}

export function conflictGraph(
  groups: number,
  apart: readonly (readonly [number, number])[],
): ConflictGraph {
  const clashes = new Uint8Array(groups * groups);
  for (const [a, b] of apart) {
    clashes[a * groups + b] = 1;
    clashes[b * groups + a] = 1;
  }
  return { groups, clashes };
}

/** Exact colouring with a number of colours, depth first. */
class Colouring {
  /** Table of every group, once all found one. */
  found: Int32Array | undefined;
  readonly #graph: ConflictGraph;
  readonly #tables: number;
  readonly #table: Int16Array;
  /** Clashing neighbours of a group at a table. */
  readonly #met: Uint16Array;
  /** Tables that clash for a group. */
  readonly #closed: Uint16Array;
  readonly #degrees: Uint16Array;
  #nodes: number;

  constructor(graph: ConflictGraph, tables: number, nodesMax: number) {
    const { groups, clashes } = graph;
    this.#graph = graph;
    this.#tables = tables;
    this.#nodes = nodesMax;
    this.#table = new Int16Array(groups).fill(-1);
    this.#met = new Uint16Array(groups * tables);
    this.#closed = new Uint16Array(groups);
    this.#degrees = Uint16Array.from({ length: groups }, (_, group) =>
      clashes.subarray(group * groups, (group + 1) * groups).reduce((sum, one) => sum + one, 0),
    );
  }

  /** @returns whether all found a table; undefined where too many ways would have to be tried */
  colour(seated = 0, used = 0): boolean | undefined {
    const { groups } = this.#graph;
    if (seated === groups) {
      this.found = Int32Array.from(this.#table);
      return true;
    }
    if (--this.#nodes < 0) return undefined;
    const group = this.#hardest();
    // Tables that nobody uses are all alike: one of them is tried.
    const tables = Math.min(used + 1, this.#tables);
    for (let table = 0; table < tables; table++) {
      if (this.#met[group * this.#tables + table]) continue;
      this.#sit(group, table, 1);
      const isDone = this.colour(seated + 1, Math.max(used, table + 1));
      this.#sit(group, table, -1);
      if (isDone !== false) return isDone;
    }
    return false;
  }

  /** The group with the fewest tables left, of these the one with the most conflicts (DSATUR). */
  #hardest(): number {
    let hardest = -1;
    for (let group = 0; group < this.#table.length; group++) {
      if (this.#table[group] !== -1) continue;
      if (hardest < 0 || this.#rank(group) > this.#rank(hardest)) hardest = group;
    }
    return hardest;
  }

  #rank(group: number): number {
    return (this.#closed[group] ?? 0) * 65_536 + (this.#degrees[group] ?? 0);
  }

  #sit(group: number, table: number, sign: 1 | -1): void {
    const { groups, clashes } = this.#graph;
    this.#table[group] = sign > 0 ? table : -1;
    for (let other = 0; other < groups; other++) {
      if (!clashes[group * groups + other]) continue;
      const cell = other * this.#tables + table;
      const met = (this.#met[cell] ?? 0) + sign;
      this.#met[cell] = met;
      if (sign > 0 ? met === 1 : met === 0) this.#closed[other] = (this.#closed[other] ?? 0) + sign;
    }
  }
}

/**
 * A table for every group so that nobody clashes, sizes and wishes forgotten: colouring of the graph
 * of conflicts (DSATUR, Brelaz 1979).
 *
 * @returns `impossible` where so many tables do not suffice, `unknown` where that is not known after
 * `nodesMax` steps
 */
export function keepApart(
  graph: ConflictGraph,
  tables: number,
  nodesMax: number,
): Int32Array | 'impossible' | 'unknown' {
  const colouring = new Colouring(graph, tables, nodesMax);
  const isDone = colouring.colour();
  if (isDone === false) return 'impossible';
  return colouring.found ?? 'unknown';
}
