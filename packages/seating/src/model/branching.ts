import { membersOf, selectColumns } from './column-store.ts';
import type { RelaxedPart } from './relaxation.ts';

/** What the two halves of a search differ in: two groups share a table, or a group sits in a class. */
export type Split =
  | { kind: 'pair'; a: number; b: number }
  | { kind: 'place'; group: number; class: number };

const wholeness = 1e-4;

/** How far a value is from being decided; 0.5 = not at all. */
const doubt = (value: number) => Math.min(value, 1 - value);

/**
 * The pair of groups about which the linear program is least decided (Ryan, Foster 1981); where all
 * pairs are decided, a group and the class of its table. Undefined: everything is decided.
 */
export function chooseSplit(
  { columns, values }: RelaxedPart,
  shape: { sizes: Int32Array; classes: number },
): Split | undefined {
  const groups = shape.sizes.length;
  const together = new Float64Array(groups * groups);
  const places = new Float64Array(groups * shape.classes);
  for (let column = 0; column < columns.count; column++) {
    const value = values[column] ?? 0;
    if (value < wholeness) continue;
    const members = membersOf(columns, column);
    for (const a of members) {
      const place = a * shape.classes + (columns.classes[column] ?? 0);
      places[place] = (places[place] ?? 0) + value;
      for (const b of members) {
        if (a < b) together[a * groups + b] = (together[a * groups + b] ?? 0) + value;
      }
    }
  }
  let most = wholeness;
  let split: Split | undefined;
  together.forEach((value, pair) => {
    if (doubt(value) <= most) return;
    most = doubt(value);
    split = { kind: 'pair', a: Math.floor(pair / groups), b: pair % groups };
  });
  if (split) return split;
  places.forEach((value, place) => {
    if (doubt(value) <= most) return;
    most = doubt(value);
    split = {
      kind: 'place',
      group: Math.floor(place / shape.classes),
      class: place % shape.classes,
    };
  });
  return split;
}

/** The two halves: columns in which the split holds, and those in which it does not. */
export function splitPart(part: RelaxedPart, split: Split): RelaxedPart[] {
  const { columns } = part;
  const isIn = (column: number, holds: boolean): boolean => {
    const members = membersOf(columns, column);
    if (split.kind === 'pair') {
      const hasA = members.includes(split.a);
      const hasB = members.includes(split.b);
      return holds ? hasA === hasB : !(hasA && hasB);
    }
    if (!members.includes(split.group)) return true;
    return holds === (columns.classes[column] === split.class);
  };
  return [true, false].map((holds) => {
    const all = Int32Array.from({ length: columns.count }, (_, column) => column);
    const kept = all.filter((column) => isIn(column, holds));
    return {
      ...part,
      columns: selectColumns(columns, kept),
      reduced: Float64Array.from(kept, (column) => part.reduced[column] ?? 0),
      values: Float64Array.from(kept, (column) => part.values[column] ?? 0),
    };
  });
}
