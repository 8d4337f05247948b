import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatAssignment, SeatingGuest, SeatingPlan } from '@wedsync/contracts/seating';
import type { RelationshipSide, SeatingRelationship } from '@wedsync/contracts/seating-rules';

/** The stored plan of an event with every relationship that holds there. */
export interface PlanFacts {
  plan: SeatingPlan;
  relationships: readonly SeatingRelationship[];
}

/** The same by position: guests and tables are numbers, in the order in which they are stored. */
export interface PlanIndex {
  readonly facts: PlanFacts;
  readonly guestAt: ReadonlyMap<GuestId, number>;
  readonly tableAt: ReadonlyMap<SeatingTableId, number>;
  /** Seats that a table has, from the rows of its seats. */
  readonly seatCounts: Int32Array;
  /** Where each guest sits; undefined = unseated. */
  readonly seatOf: readonly (SeatAssignment | undefined)[];
  /** Table of each guest, -1 = unseated. */
  readonly tableOf: Int32Array;
  /** The guests of a side of a relationship, those that are not invited left out. */
  members(side: RelationshipSide): readonly number[];
}

function grouped(guests: readonly SeatingGuest[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const add = (key: string, guest: number) => {
    const list = found.get(key);
    if (list) list.push(guest);
    else found.set(key, [guest]);
  };
  guests.forEach(({ householdId, tagIds }, guest) => {
    add(householdId, guest);
    for (const tagId of tagIds) add(tagId, guest);
  });
  return found;
}

/** Looks the plan up once, so that rules and costs are read in constant time. */
export function indexPlan(facts: PlanFacts): PlanIndex {
  const { guests, tables, seats, assignments } = facts.plan;
  const guestAt = new Map(guests.map(({ id }, at) => [id, at]));
  const tableAt = new Map(tables.map(({ id }, at) => [id, at]));
  const seatCounts = new Int32Array(tables.length);
  for (const { tableId } of seats) {
    const at = tableAt.get(tableId);
    if (at !== undefined) seatCounts[at] = (seatCounts[at] ?? 0) + 1;
  }
  const seatOf = new Array<SeatAssignment | undefined>(guests.length).fill(undefined);
  const tableOf = new Int32Array(guests.length).fill(-1);
  for (const assignment of assignments) {
    const guest = guestAt.get(assignment.guestId);
    if (guest === undefined) continue;
    seatOf[guest] = assignment;
    tableOf[guest] = tableAt.get(assignment.tableId) ?? -1;
  }
  const groups = grouped(guests);
  return {
    facts,
    guestAt,
    tableAt,
    seatCounts,
    seatOf,
    tableOf,
    members(side) {
      if (side.kind !== 'guest') return groups.get(side.id) ?? [];
      const guest = guestAt.get(side.id);
      return guest === undefined ? [] : [guest];
    },
  };
}

/**
 * Every pair of guests that a relationship speaks of, each once. Both sides the same: its members
 * among themselves.
 */
export function forEachPair(
  index: PlanIndex,
  { one, other }: SeatingRelationship,
  visit: (a: number, b: number) => void,
): void {
  const left = index.members(one);
  const right = index.members(other);
  if (left.length === 1 && right.length === 1) {
    const [a, b] = [left[0] ?? 0, right[0] ?? 0];
    if (a !== b) visit(a, b);
    return;
  }
  const [inLeft, inRight] = [new Set(left), new Set(right)];
  for (const a of left) {
    for (const b of right) {
      const isTwice = a > b && inRight.has(a) && inLeft.has(b);
      if (a !== b && !isTwice) visit(a, b);
    }
  }
}
