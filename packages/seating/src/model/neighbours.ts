import type { SeatingProblem } from './problem.ts';

/** Pairs and conflicts of each group side by side (compressed rows). */
export interface Neighbours {
  /** Neighbours of group `g` are at `starts[g]` to `starts[g + 1]`. */
  readonly starts: Int32Array;
  /** Of each group's neighbours, those it wants to sit with come first; how many they are. */
  readonly friends: Int32Array;
  readonly groups: Int32Array;
  readonly costs: Int32Array;
  /** 1 where the two may not share a table. */
  readonly clashes: Uint8Array;
}

export function neighboursOf({ sizes, pairs, apart }: SeatingProblem): Neighbours {
  const rows = Array.from(sizes, () => new Map<number, { cost: number; clash: number }>());
  const add = (a: number, b: number, entry: { cost: number; clash: number }) => {
    const known = rows[a]?.get(b) ?? { cost: 0, clash: 0 };
    rows[a]?.set(b, { cost: known.cost + entry.cost, clash: known.clash | entry.clash });
  };
  for (const { a, b, cost } of pairs) {
    add(a, b, { cost, clash: 0 });
    add(b, a, { cost, clash: 0 });
  }
  for (const [a, b] of apart) {
    add(a, b, { cost: 0, clash: 1 });
    add(b, a, { cost: 0, clash: 1 });
  }
  const isFriend = ({ cost, clash }: { cost: number; clash: number }) => cost < 0 && clash === 0;
  const sorted = rows.map((row) => [
    ...[...row].filter(([, entry]) => isFriend(entry)),
    ...[...row].filter(([, entry]) => !isFriend(entry)),
  ]);
  const entries = sorted.flat();
  const starts = new Int32Array(sizes.length + 1);
  rows.forEach((row, group) => {
    starts[group + 1] = (starts[group] ?? 0) + row.size;
  });
  return {
    starts,
    friends: Int32Array.from(sorted, (row) => row.filter(([, entry]) => isFriend(entry)).length),
    groups: Int32Array.from(entries, ([group]) => group),
    costs: Int32Array.from(entries, ([, { cost }]) => cost),
    clashes: Uint8Array.from(entries, ([, { clash }]) => clash),
  };
}
