import { membersOf, type TableColumns } from './column-store.ts';

/** Three groups of which at most one table may hold two (subset-row inequality). */
export type GroupTriple = readonly [number, number, number];

const violationMin = 0.02;

/** How many of the triple sit in the column. */
export function overlap(columns: TableColumns, column: number, [a, b, c]: GroupTriple): number {
  let met = 0;
  const end = columns.starts[column + 1] ?? 0;
  for (let index = columns.starts[column] ?? 0; index < end; index++) {
    const group = columns.members[index];
    if (group === a || group === b || group === c) met++;
  }
  return met;
}

/**
 * The most violated subset-row inequalities of a fractional solution (Jepsen, Petersen, Spoorendonk,
 * Pisinger, Operations Research 56(2), 2008): of any three groups, tables that hold at least two of
 * them can only be used once, because each group is seated once.
 *
 * @param values value of each column in the linear program
 */
export function violatedTriples(
  columns: TableColumns,
  values: ArrayLike<number>,
  { groups, triplesMax }: { groups: number; triplesMax: number },
): GroupTriple[] {
  // Only pairs that share a fractional table can be part of a violated triple.
  const together = new Float64Array(groups * groups);
  const support: { value: number; members: Uint16Array }[] = [];
  for (let column = 0; column < columns.count; column++) {
    const value = values[column] ?? 0;
    if (value < 1e-6 || value > 1 - 1e-6) continue;
    const members = membersOf(columns, column);
    support.push({ value, members });
    for (const a of members) {
      for (const b of members) {
        if (a !== b) together[a * groups + b] = (together[a * groups + b] ?? 0) + value;
      }
    }
  }
  const triplesHeld = new Map<number, number>();
  for (const { value, members } of support) {
    const sorted = Array.from(members).sort((a, b) => a - b);
    for (let i = 0; i < sorted.length; i++) {
      for (let j = i + 1; j < sorted.length; j++) {
        for (let k = j + 1; k < sorted.length; k++) {
          const key = ((sorted[i] ?? 0) * groups + (sorted[j] ?? 0)) * groups + (sorted[k] ?? 0);
          triplesHeld.set(key, (triplesHeld.get(key) ?? 0) + value);
        }
      }
    }
  }
  const found: { triple: GroupTriple; violation: number }[] = [];
  for (let a = 0; a < groups; a++) {
    for (let b = a + 1; b < groups; b++) {
      const ab = together[a * groups + b] ?? 0;
      for (let c = b + 1; c < groups; c++) {
        const ac = together[a * groups + c] ?? 0;
        const bc = together[b * groups + c] ?? 0;
        if (ab + ac + bc <= 1 + violationMin) continue;
        // A table with all three is counted in each of the three pairs.
        const all = triplesHeld.get((a * groups + b) * groups + c) ?? 0;
        const violation = ab + ac + bc - 2 * all - 1;
        if (violation > violationMin) found.push({ triple: [a, b, c], violation });
      }
    }
  }
  found.sort((left, right) => right.violation - left.violation);
  return found.slice(0, triplesMax).map(({ triple }) => triple);
}
