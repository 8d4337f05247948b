import type { SeatingGuest } from '@wedsync/contracts/seating';
import type { PlanIndex } from './plan-index.ts';
import { type GuestWishes, households } from './seating-rules.ts';

/**
 * - `whole`: a household is one group wherever one table can hold it. One that no table can hold is
 *   parted into as few and as equal parts as possible: companions stay with their hosts, and no part
 *   is children alone.
 * - `units`: couples, and children with one adult; the household is held together by its price alone.
 *   For rooms in which whole households do not go up.
 * - `present`: those of a household who share a table now; for repairing a plan.
 * - `alone`: nobody but who must sit together by a rule.
 */
export type HouseholdPolicy = 'whole' | 'units' | 'present' | 'alone';

/** Guests by group, by position in the plan. */
export type GroupedGuests = readonly (readonly number[])[];

interface Places {
  allowed: Uint8Array;
  /** Seats per table. */
  capacities: Int32Array;
}

/** Sets of guests that only ever grow, each with the tables that can take all of it. */
class Clusters {
  readonly #parent: Int32Array;
  readonly #members: number[][];
  readonly #allowed: Uint8Array[];
  readonly #foes: Set<number>[];
  readonly #capacities: Int32Array;

  constructor(guests: number, { allowed, capacities }: Places, never: GuestWishes['never']) {
    const tables = capacities.length;
    this.#capacities = capacities;
    this.#parent = Int32Array.from({ length: guests }, (_, guest) => guest);
    this.#members = Array.from({ length: guests }, (_, guest) => [guest]);
    this.#allowed = Array.from({ length: guests }, (_, guest) =>
      allowed.slice(guest * tables, (guest + 1) * tables),
    );
    this.#foes = Array.from({ length: guests }, () => new Set());
    for (const [a, b] of never) {
      this.#foes[a]?.add(b);
      this.#foes[b]?.add(a);
    }
  }

  root(guest: number): number {
    let at = guest;
    while (this.#parent[at] !== at) at = this.#parent[at] ?? at;
    return at;
  }

  members(root: number): readonly number[] {
    return this.#members[root] ?? [];
  }

  /** Whether some table can take both at once, and nobody of one is kept from somebody of the other. */
  canJoin(a: number, b: number): boolean {
    const [one, other] = [this.root(a), this.root(b)];
    if (one === other) return true;
    const members = this.members(one);
    if (
      members.some((guest) =>
        [...(this.#foes[guest] ?? [])].some((foe) => this.root(foe) === other),
      )
    )
      return false;
    const size = members.length + this.members(other).length;
    return this.#capacities.some(
      (capacity, table) =>
        capacity >= size &&
        this.#allowed[one]?.[table] === 1 &&
        this.#allowed[other]?.[table] === 1,
    );
  }

  join(a: number, b: number): void {
    const [one, other] = [this.root(a), this.root(b)];
    if (one === other) return;
    this.#parent[other] = one;
    this.#members[one] = [...this.members(one), ...this.members(other)];
    this.#members[other] = [];
    const theirs = this.#allowed[other];
    const ours = this.#allowed[one];
    ours?.forEach((isAllowed, table) => {
      ours[table] = isAllowed & (theirs?.[table] ?? 0);
    });
  }
}

const isYoung = (guest: SeatingGuest | undefined) =>
  guest?.ageGroup === 'child' || guest?.ageGroup === 'infant';

/** Companions with their hosts, children alone; grown-ups first, the larger first. */
function unitsOf(index: PlanIndex, members: readonly number[]): number[][] {
  const { guests } = index.facts.plan;
  const units = new Map<number, number[]>(members.map((guest) => [guest, [guest]]));
  for (const guest of members) {
    const host = index.guestAt.get(guests[guest]?.plusOneOf ?? guests[guest]?.id ?? ('' as never));
    const unit = host === undefined || host === guest ? undefined : units.get(host);
    if (!unit) continue;
    unit.push(guest);
    units.delete(guest);
  }
  const youth = (unit: readonly number[]) => Number(unit.every((guest) => isYoung(guests[guest])));
  return [...units.values()].sort((a, b) => youth(a) - youth(b) || b.length - a.length);
}

/** Joins units into as few parts as possible, of up to `sizeMax` where that can be. */
function joinUnits(clusters: Clusters, units: readonly number[][], parts: number): void {
  const total = units.reduce((sum, unit) => sum + unit.length, 0);
  const sizeMax = Math.ceil(total / parts);
  const roots: number[] = [];
  for (const unit of units) {
    const [first] = unit;
    if (first === undefined) continue;
    for (const other of unit) if (clusters.canJoin(first, other)) clusters.join(first, other);
    const sizeOf = (root: number) => clusters.members(clusters.root(root)).length;
    const fitting = roots
      .filter((root) => sizeOf(root) + unit.length <= sizeMax && clusters.canJoin(root, first))
      .sort((a, b) => sizeOf(a) - sizeOf(b));
    // Grown-ups open the parts, so that children find one in each.
    const target = roots.length < parts ? undefined : fitting[0];
    if (target === undefined) roots.push(first);
    else clusters.join(target, first);
  }
}

function joinHousehold(
  clusters: Clusters,
  index: PlanIndex,
  { members, policy, seatsMax }: { members: number[]; policy: HouseholdPolicy; seatsMax: number },
): void {
  if (members.length < 2 || policy === 'alone') return;
  if (policy === 'present') {
    for (const guest of members) {
      const table = index.tableOf[guest];
      const mate = members.find((other) => index.tableOf[other] === table) ?? guest;
      if (clusters.canJoin(mate, guest)) clusters.join(mate, guest);
    }
    return;
  }
  const units = unitsOf(index, members);
  const adults = units.filter(
    (unit) => !unit.every((guest) => isYoung(index.facts.plan.guests[guest])),
  );
  const parts =
    policy === 'units' ? Math.max(1, adults.length) : Math.ceil(members.length / seatsMax);
  joinUnits(clusters, units, parts);
}

/**
 * Merges guests into the groups that the solvers move: who must sit together, then households by
 * `policy`. A group that a rule demands is made even where no table can take it, so that the
 * explanation can name it; a household is joined only as far as a table and the rules allow.
 *
 * @returns guests by group, in the order of the plan
 */
export function groupGuests(
  index: PlanIndex,
  taking: readonly number[],
  rules: { wishes: GuestWishes; places: Places; fixed: Int32Array; policy: HouseholdPolicy },
): GroupedGuests {
  const { wishes, places, fixed, policy } = rules;
  const clusters = new Clusters(index.facts.plan.guests.length, places, wishes.never);
  for (const [a, b] of wishes.must) {
    const [left, right] = [fixed[a] ?? -1, fixed[b] ?? -1];
    // Two whom people hold at different tables cannot be joined by a rule.
    if (left < 0 || right < 0 || left === right) clusters.join(a, b);
  }
  const seatsMax = Math.max(1, ...places.capacities);
  for (const members of households(index, taking)) {
    joinHousehold(clusters, index, { members, policy, seatsMax });
  }
  const groups = new Map<number, number[]>();
  for (const guest of taking) {
    const root = clusters.root(guest);
    const group = groups.get(root);
    if (group) group.push(guest);
    else groups.set(root, [guest]);
  }
  return [...groups.values()];
}
