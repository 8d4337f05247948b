import type { SeatingWeights } from '@wedsync/contracts/seating-runs';
import { householdCost, shareCost, wishCost } from './objective.ts';
import { isHonour, lacksOf, needsOf } from './place-rules.ts';
import { forEachPair, type PlanIndex } from './plan-index.ts';

/** How a plan is to be made: what the planner trades off, and who may be moved. */
export interface PlanSettings {
  mode: 'full' | 'unseated' | 'reflow';
  weights: SeatingWeights;
  includesUndecided: boolean;
}

/** What guests want of each other, by position, for those who take part. */
export interface GuestWishes {
  /** Same table, whatever it costs. */
  readonly must: readonly (readonly [number, number])[];
  /** Never the same table. */
  readonly never: readonly (readonly [number, number])[];
  /** Cost of two guests at one table. */
  readonly pairs: readonly { a: number; b: number; cost: number }[];
  /** Guests who know each other: households, and all who are wished or told to be together. */
  readonly known: readonly (readonly [number, number])[];
}

/** Guests who get a seat: who comes, who sits already and has not declined, and whom a lock holds. */
export function participants(index: PlanIndex, includesUndecided: boolean): number[] {
  const { guests } = index.facts.plan;
  return [...guests.keys()].filter((guest) => {
    const answer = guests[guest]?.answer;
    if (answer === 'yes') return true;
    if (answer === 'no') return isHeld(index, guest);
    return includesUndecided || (index.tableOf[guest] ?? -1) >= 0;
  });
}

/** A lock on the guest or on the table keeps the guest where they are. */
function isHeld(index: PlanIndex, guest: number): boolean {
  const table = index.facts.plan.tables[index.tableOf[guest] ?? -1];
  return table !== undefined && (table.isLocked || index.seatOf[guest]?.isLocked === true);
}

/** Table that each guest may not leave, -1 = free: locks, and hands where only others are seated. */
export function fixedTables(index: PlanIndex, mode: PlanSettings['mode']): Int32Array {
  return index.tableOf.map((table, guest) => {
    if (table < 0) return -1;
    const byHand = index.seatOf[guest]?.placedBy !== 'optimizer';
    return isHeld(index, guest) || (mode === 'unseated' && byHand) ? table : -1;
  });
}

/**
 * 1 where a guest may sit, row by row (`guest * tables + table`). A guest who is fixed may sit there
 * alone, whatever the rules say: a person decided so, and the check names it.
 */
export function allowedPlaces(index: PlanIndex, fixed: Int32Array): Uint8Array {
  const { tables, guests } = index.facts.plan;
  const lacks = lacksOf(tables);
  const allowed = new Uint8Array(guests.length * tables.length);
  guests.forEach((guest, at) => {
    const needs = needsOf(guest);
    const held = fixed[at] ?? -1;
    tables.forEach((table, to) => {
      const fits = !table.isLocked && (needs & (lacks[to] ?? 0)) === 0;
      if (held >= 0 ? held === to : fits) allowed[at * tables.length + to] = 1;
    });
  });
  return allowed;
}

interface Wish {
  a: number;
  b: number;
  weight: number;
}

function pairCosts(
  wanted: readonly Wish[],
  unwanted: readonly Wish[],
  { weights, guests }: { weights: SeatingWeights; guests: number },
): { a: number; b: number; cost: number }[] {
  const totals = new Int32Array(guests);
  for (const { a, b, weight } of wanted) {
    totals[a] = (totals[a] ?? 0) + weight;
    totals[b] = (totals[b] ?? 0) + weight;
  }
  const share = (guest: number, weight: number) => shareCost(weights, weight, totals[guest] ?? 1);
  return [
    ...wanted.map(({ a, b, weight }) => ({
      a,
      b,
      cost: -wishCost(weights, weight) - share(a, weight) - share(b, weight),
    })),
    ...unwanted.map(({ a, b, weight }) => ({ a, b, cost: wishCost(weights, weight) })),
  ];
}

/** Reads all relationships among the guests who take part. */
export function guestWishes(
  index: PlanIndex,
  weights: SeatingWeights,
  taking: readonly number[],
): GuestWishes {
  const { guests } = index.facts.plan;
  const takes = new Uint8Array(guests.length);
  for (const guest of taking) takes[guest] = 1;
  const must: [number, number][] = [];
  const never: [number, number][] = [];
  const known: [number, number][] = [];
  const wanted: Wish[] = [];
  const unwanted: Wish[] = [];
  for (const relationship of index.facts.relationships) {
    const { kind, weight } = relationship;
    forEachPair(index, relationship, (a, b) => {
      if (!takes[a] || !takes[b] || kind === 'not-next-to') return;
      if (kind === 'never') never.push([a, b]);
      else if (kind === 'avoid') unwanted.push({ a, b, weight });
      else {
        known.push([a, b]);
        if (kind === 'must') must.push([a, b]);
        else wanted.push({ a, b, weight });
      }
    });
  }
  const pairs = pairCosts(wanted, unwanted, { weights, guests: guests.length });
  for (const members of households(index, taking)) {
    for (const [at, a] of members.entries()) {
      for (const b of members.slice(at + 1)) {
        // What is lost apart is won together: the sum for all of them stands in the offset.
        pairs.push({ a, b, cost: -householdCost });
        known.push([a, b]);
      }
    }
  }
  return { must, never, pairs, known };
}

/** Pairs of guests who take part and are of one household. */
export const householdPairs = (index: PlanIndex, taking: readonly number[]): number =>
  households(index, taking).reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);

/** Those who take part by household, in the order of the plan. */
export function households(index: PlanIndex, taking: readonly number[]): number[][] {
  const found = new Map<string, number[]>();
  for (const guest of taking) {
    const id = index.facts.plan.guests[guest]?.householdId ?? '';
    const members = found.get(id);
    if (members) members.push(guest);
    else found.set(id, [guest]);
  }
  return [...found.values()];
}

/** Share of all open seats that will be taken, head and VIP tables apart. */
export function fillShare(index: PlanIndex, seated: number): number {
  let seats = 0;
  index.facts.plan.tables.forEach((table, at) => {
    if (!isHonour(table)) seats += index.seatCounts[at] ?? 0;
  });
  return seats === 0 ? 0 : Math.min(1, seated / seats);
}
