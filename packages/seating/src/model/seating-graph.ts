import type { CompiledProblem } from './compile-problem.ts';

/** The rules of a problem alone: who may sit where, and with whom not. No costs. */
export interface RuleGraph {
  readonly sizes: Int32Array;
  readonly capacities: Int32Array;
  /** Tables that may take each group. */
  readonly open: readonly (readonly number[])[];
  /** Groups that must not share a table with each group. */
  readonly apart: readonly ReadonlySet<number>[];
}

/** Strips a problem down to its rules. */
export function ruleGraph({ problem }: CompiledProblem): RuleGraph {
  const { sizes, tables, allowed, apart: pairs } = problem;
  const apart = Array.from(sizes, () => new Set<number>());
  for (const [a, b] of pairs) {
    apart[a]?.add(b);
    apart[b]?.add(a);
  }
  const open = Array.from(sizes, (size, group) =>
    [...tables.keys()].filter(
      (table) =>
        allowed?.[group * tables.length + table] !== 0 && (tables[table]?.capacity ?? 0) >= size,
    ),
  );
  return { sizes, capacities: Int32Array.from(tables, ({ capacity }) => capacity), open, apart };
}

export type Feasibility = 'yes' | 'no' | 'unknown';

/** Tables that are the same to all groups in question: an empty one of them stands for all. */
function tableKinds({ capacities, open }: RuleGraph, groups: readonly number[]): string[] {
  const marks = Array.from(capacities, () => [] as number[]);
  for (const group of groups) for (const table of open[group] ?? []) marks[table]?.push(group);
  return marks.map((list, table) => `${capacities[table]}:${list.join()}`);
}

/**
 * Whether the groups can be seated by the rules, by depth-first search: always the group with the
 * fewest places left next (DSATUR, Brelaz 1979), equal empty tables tried once.
 *
 * @param looksMax looks at a table for a group before giving up with `unknown`
 */
export function canSeat(
  graph: RuleGraph,
  groups: readonly number[],
  looksMax: number,
): Feasibility {
  const free = graph.capacities.slice();
  const kinds = tableKinds(graph, groups);
  const at = new Int32Array(graph.sizes.length).fill(-1);
  const waiting = new Set(groups);
  const isEmpty = (table: number) => free[table] === graph.capacities[table];
  let looks = 0;

  const placesOf = (group: number): number[] => {
    const blocked = new Set<number>();
    for (const foe of graph.apart[group] ?? []) {
      const table = at[foe] ?? -1;
      if (table >= 0) blocked.add(table);
    }
    const kindsTried = new Set<string>();
    looks += graph.open[group]?.length ?? 0;
    return (graph.open[group] ?? []).filter((table) => {
      if (blocked.has(table) || (free[table] ?? 0) < (graph.sizes[group] ?? 0)) return false;
      const kind = kinds[table] ?? '';
      if (!isEmpty(table)) return true;
      if (kindsTried.has(kind)) return false;
      kindsTried.add(kind);
      return true;
    });
  };

  const tightest = (): { group: number; places: number[] } | undefined => {
    let best: { group: number; places: number[] } | undefined;
    for (const group of waiting) {
      const places = placesOf(group);
      const isTighter =
        !best ||
        places.length < best.places.length ||
        (places.length === best.places.length &&
          (graph.sizes[group] ?? 0) > (graph.sizes[best.group] ?? 0));
      if (isTighter) best = { group, places };
      if (places.length === 0 || looks > looksMax) break;
    }
    return best;
  };

  const seat = (): Feasibility => {
    const next = tightest();
    if (!next) return 'yes';
    if (looks > looksMax) return 'unknown';
    const { group, places } = next;
    const size = graph.sizes[group] ?? 0;
    waiting.delete(group);
    let answer: Feasibility = 'no';
    for (const table of places) {
      if (looks > looksMax) answer = 'unknown';
      if (answer === 'unknown') break;
      at[group] = table;
      free[table] = (free[table] ?? 0) - size;
      answer = seat();
      free[table] = (free[table] ?? 0) + size;
      at[group] = -1;
      if (answer !== 'no') break;
    }
    waiting.add(group);
    return answer;
  };
  const total = groups.reduce((sum, group) => sum + (graph.sizes[group] ?? 0), 0);
  if (total > graph.capacities.reduce((sum, seats) => sum + seats, 0)) return 'no';
  return seat();
}

/**
 * Leaves out whatever can be left out while the rest still cannot be seated (deletion filter,
 * Chinneck and Dravnieks 1991), in halves first. What remains cannot be seated, and any part of it
 * can, as far as `canSeat` could tell within its looks.
 *
 * @param groups cannot be seated together
 * @param looksMax for each question; the whole stops at a hundred times as many
 */
export function smallestUnseatable(
  graph: RuleGraph,
  groups: readonly number[],
  looksMax: number,
): number[] {
  const questionsMax = 100 + 4 * Math.ceil(Math.log2(groups.length + 1));
  let questions = 0;
  let left = [...groups];
  for (let chunk = Math.ceil(left.length / 2); chunk >= 1; chunk = Math.floor(chunk / 2)) {
    for (let from = 0; from < left.length; ) {
      if (++questions > questionsMax) return left;
      const rest = [...left.slice(0, from), ...left.slice(from + chunk)];
      if (rest.length > 0 && canSeat(graph, rest, looksMax) === 'no') left = rest;
      else from += chunk;
    }
  }
  return left;
}

/**
 * A large set of groups of which every two are apart: for each group the greedy clique around it,
 * those with most enemies first. Not always the largest.
 */
export function apartClique({ apart }: RuleGraph): number[] {
  const degree = (group: number) => apart[group]?.size ?? 0;
  let best: number[] = [];
  for (const [group, foes] of apart.entries()) {
    if (foes.size < best.length) continue;
    const clique = [group];
    for (const foe of [...foes].sort((a, b) => degree(b) - degree(a) || a - b)) {
      if (clique.every((member) => apart[member]?.has(foe))) clique.push(foe);
    }
    if (clique.length > best.length) best = clique;
  }
  return best;
}
