import type { SeatingWarning } from '@wedsync/contracts/seating-rules';
import type { SeatingDiff, SeatingMove } from '@wedsync/contracts/seating-runs';
import { compareLabels } from '../lists/plan-lookups.ts';

/** Moves of one kind, by the table they lead to. */
export interface MoveGroups {
  /** Had no seat, gets one. */
  seated: SeatingMove[];
  /** Changes the table. */
  moved: SeatingMove[];
  /** Another chair at the same table. */
  shifted: SeatingMove[];
  /** Loses the seat. */
  unseated: SeatingMove[];
}

function byPlace(a: SeatingMove, b: SeatingMove): number {
  const [one, other] = [a.to ?? a.from, b.to ?? b.from];
  return (
    compareLabels(one?.tableLabel ?? '', other?.tableLabel ?? '') ||
    (one?.seatNumber ?? 0) - (other?.seatNumber ?? 0) ||
    compareLabels(a.name, b.name)
  );
}

/** Sorts the moves of a difference by what they mean to the guests. */
export function moveGroups(moves: readonly SeatingMove[]): MoveGroups {
  const groups: MoveGroups = { seated: [], moved: [], shifted: [], unseated: [] };
  for (const move of moves) {
    if (!move.to) groups.unseated.push(move);
    else if (!move.from) groups.seated.push(move);
    else if (move.from.tableId === move.to.tableId) groups.shifted.push(move);
    else groups.moved.push(move);
  }
  for (const group of Object.values(groups)) group.sort(byPlace);
  return groups;
}

const keyOf = ({ kind, guestIds, tableIds, relationshipId }: SeatingWarning) =>
  [kind, relationshipId ?? '', guestIds.toSorted().join(), tableIds.toSorted().join()].join('|');

/** Which warnings a change mends, and which it brings. */
export function warningChanges({ before, after }: Pick<SeatingDiff, 'before' | 'after'>): {
  mended: SeatingWarning[];
  brought: SeatingWarning[];
} {
  const [had, has] = [new Set(before.warnings.map(keyOf)), new Set(after.warnings.map(keyOf))];
  return {
    mended: before.warnings.filter((warning) => !has.has(keyOf(warning))),
    brought: after.warnings.filter((warning) => !had.has(keyOf(warning))),
  };
}
