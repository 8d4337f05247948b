import { type GroupedGuests, groupGuests, type HouseholdPolicy } from './group-guests.ts';
import { balanceCosts, companyCost, honourCost, householdCost, leaveCost } from './objective.ts';
import { isHonour, zoneCost } from './place-rules.ts';
import type { PlanIndex } from './plan-index.ts';
import type { Assignment, SeatingProblem, TableSpec } from './problem.ts';
import {
  allowedPlaces,
  fillShare,
  fixedTables,
  type GuestWishes,
  guestWishes,
  householdPairs,
  type PlanSettings,
  participants,
} from './seating-rules.ts';

/** A stored plan as the engine reads it, and the way back. */
export interface CompiledProblem {
  readonly problem: SeatingProblem;
  readonly index: PlanIndex;
  readonly settings: PlanSettings;
  /** Guests of each group, by position. */
  readonly groups: GroupedGuests;
  /** Who gets a seat. */
  readonly taking: readonly number[];
  /** Table that a guest may not leave, -1 = free. */
  readonly fixed: Int32Array;
  /** Cost of what no plan of these groups can change: cost of a plan = cost of the problem + this. */
  readonly offset: number;
}

function groupOf(groups: GroupedGuests, guests: number): Int32Array {
  const found = new Int32Array(guests).fill(-1);
  groups.forEach((group, at) => {
    for (const guest of group) found[guest] = at;
  });
  return found;
}

/** Sums the costs of guests by pairs of groups; what is inside a group can no longer change. */
function groupPairs(wishes: GuestWishes, groupAt: Int32Array, groups: number) {
  const sums = new Map<number, number>();
  let offset = 0;
  for (const { a, b, cost } of wishes.pairs) {
    const [left, right] = [groupAt[a] ?? 0, groupAt[b] ?? 0];
    if (left === right) offset += cost;
    else {
      const key = Math.min(left, right) * groups + Math.max(left, right);
      sums.set(key, (sums.get(key) ?? 0) + cost);
    }
  }
  const pairs = [...sums].flatMap(([key, cost]) =>
    cost === 0 ? [] : [{ a: Math.floor(key / groups), b: key % groups, cost }],
  );
  return { pairs, offset };
}

function distinctPairs(
  found: readonly (readonly [number, number])[],
  groupAt: Int32Array,
  groups: number,
): [number, number][] {
  const keys = new Set<number>();
  for (const [a, b] of found) {
    const [left, right] = [groupAt[a] ?? 0, groupAt[b] ?? 0];
    if (left !== right) keys.add(Math.min(left, right) * groups + Math.max(left, right));
  }
  return [...keys].map((key) => [Math.floor(key / groups), key % groups]);
}

/** What sitting at a table costs a guest, whoever else sits there. */
export function placeCost(
  index: PlanIndex,
  settings: PlanSettings,
  { guest, table }: { guest: number; table: number },
): number {
  const { guests, tables, fixtures } = index.facts.plan;
  const [person, to] = [guests[guest], tables[table]];
  if (!person || !to) return 0;
  const present = index.tableOf[guest] ?? -1;
  const from = tables[present];
  let cost = zoneCost(person, to, fixtures);
  if (present >= 0 && present !== table)
    cost += leaveCost(settings.weights, settings.mode === 'reflow');
  if (present === table) return cost;
  if (isHonour(to)) cost += honourCost;
  if (from && isHonour(from) && index.seatOf[guest]?.placedBy !== 'optimizer') cost += honourCost;
  return cost;
}

function placeArrays(
  { index, settings, groups }: Pick<CompiledProblem, 'index' | 'settings' | 'groups'>,
  allowedGuests: Uint8Array,
): { placeCosts: Int32Array; allowed: Uint8Array } {
  const tables = index.facts.plan.tables.length;
  const placeCosts = new Int32Array(groups.length * tables);
  const allowed = new Uint8Array(groups.length * tables).fill(1);
  groups.forEach((group, at) => {
    for (const guest of group) {
      for (let table = 0; table < tables; table++) {
        const cell = at * tables + table;
        placeCosts[cell] = (placeCosts[cell] ?? 0) + placeCost(index, settings, { guest, table });
        if (!allowedGuests[guest * tables + table]) allowed[cell] = 0;
      }
    }
  });
  return { placeCosts, allowed };
}

/** Locks may put two enemies at one table, and part two who belong together: that is not undone. */
function freeNever(never: GuestWishes['never'], fixed: Int32Array): GuestWishes['never'] {
  return never.filter(([a, b]) => (fixed[a] ?? -1) < 0 || fixed[a] !== fixed[b]);
}

/** Somebody alone in a group who knows others of the event should meet one at the table. */
function companyOf(
  { groups, settings }: Pick<CompiledProblem, 'groups' | 'settings'>,
  known: [number, number][],
): NonNullable<SeatingProblem['company']> {
  const hasFriends = new Uint8Array(groups.length);
  for (const [a, b] of known) {
    hasFriends[a] = 1;
    hasFriends[b] = 1;
  }
  const wanted = Int32Array.from(groups, (group, at) =>
    group.length === 1 && hasFriends[at] ? 1 : 0,
  );
  return { known, wanted, costs: wanted.map((count) => count * companyCost(settings.weights)) };
}

/**
 * Turns the stored plan into the problem that the engine solves: groups, integer costs, and the
 * rules that no plan may break. Seats of declined guests are free; tables that are locked keep
 * exactly whom they have.
 *
 * @param policy how far households are kept whole; see `HouseholdPolicy`
 */
export function compileProblem(
  index: PlanIndex,
  settings: PlanSettings,
  policy: HouseholdPolicy = settings.mode === 'reflow' ? 'present' : 'whole',
): CompiledProblem {
  const { tables, guests } = index.facts.plan;
  const taking = participants(index, settings.includesUndecided);
  const fixed = fixedTables(index, settings.mode);
  const found = guestWishes(index, settings.weights, taking);
  const wishes = { ...found, never: freeNever(found.never, fixed) };
  const allowedGuests = allowedPlaces(index, fixed);
  const places = { allowed: allowedGuests, capacities: index.seatCounts };
  const groups = groupGuests(index, taking, { wishes, places, fixed, policy });
  const groupAt = groupOf(groups, guests.length);
  const { pairs, offset } = groupPairs(wishes, groupAt, groups.length);
  const share = fillShare(index, taking.length);
  const specs = tables.map((table, at): TableSpec => {
    const capacity = index.seatCounts[at] ?? 0;
    if (isHonour(table) || settings.weights.balance === 0) return { capacity };
    return { capacity, loadCosts: balanceCosts(settings.weights, capacity, share) };
  });
  const ground = { index, settings, groups };
  const known = distinctPairs(wishes.known, groupAt, groups.length);
  const problem: SeatingProblem = {
    sizes: Int32Array.from(groups, ({ length }) => length),
    pairs,
    apart: distinctPairs(wishes.never, groupAt, groups.length),
    tables: specs,
    ...placeArrays(ground, allowedGuests),
    company: companyOf(ground, known),
  };
  const parted = householdCost * householdPairs(index, taking);
  return { ...ground, problem, taking, fixed, offset: offset + parted };
}

/**
 * The present plan in the groups of a problem. A group that is not seated, or is parted, stands
 * where most of it is, or else at the first table that may and can take it.
 */
export function presentAssignment({ problem, groups, index }: CompiledProblem): Assignment {
  const tables = problem.tables.length;
  const loads = new Int32Array(tables);
  const plan = new Int32Array(groups.length).fill(-1);
  const sit = (group: number, table: number) => {
    plan[group] = table;
    loads[table] = (loads[table] ?? 0) + (problem.sizes[group] ?? 0);
  };
  const isAllowed = (group: number, table: number) =>
    problem.allowed?.[group * tables + table] !== 0;
  groups.forEach((group, at) => {
    const counts = new Map<number, number>();
    for (const guest of group) {
      const table = index.tableOf[guest] ?? -1;
      if (table >= 0 && isAllowed(at, table)) counts.set(table, (counts.get(table) ?? 0) + 1);
    }
    const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (most) sit(at, most[0]);
  });
  const free = (table: number) => (problem.tables[table]?.capacity ?? 0) - (loads[table] ?? 0);
  const order = [...plan.keys()].filter((at) => (plan[at] ?? -1) < 0);
  order.sort((a, b) => (problem.sizes[b] ?? 0) - (problem.sizes[a] ?? 0) || a - b);
  for (const at of order) {
    const open = [...problem.tables.keys()].filter((table) => isAllowed(at, table));
    const roomy = open.find((table) => free(table) >= (problem.sizes[at] ?? 0));
    sit(at, roomy ?? open[0] ?? 0);
  }
  return plan;
}

/** Table of every guest of a plan in groups, -1 for who has none. */
export function tablesOfGuests({ groups, index }: CompiledProblem, plan: Assignment): Int32Array {
  const tables = new Int32Array(index.facts.plan.guests.length).fill(-1);
  groups.forEach((group, at) => {
    for (const guest of group) tables[guest] = plan[at] ?? -1;
  });
  return tables;
}
