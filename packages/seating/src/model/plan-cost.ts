import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatingGuest, SeatingTable } from '@wedsync/contracts/seating';
import type { RelationshipKind } from '@wedsync/contracts/seating-rules';
import type { SeatingWeights } from '@wedsync/contracts/seating-runs';
import {
  balanceCosts,
  companyCost,
  honourCost,
  householdCost,
  leaveCost,
  shareCost,
  unseatedCost,
  wishCost,
} from './objective.ts';
import { isHonour, zoneCost } from './place-rules.ts';
import type { PlanFacts } from './plan-index.ts';

interface CostOptions {
  weights: SeatingWeights;
  includesUndecided: boolean;
  isReflow?: boolean;
}

interface MetWish {
  guestId: GuestId;
  weight: number;
}

/**
 * Adds up the objective of a plan guest by guest, from rows: relationships are taken one pair after
 * the other, then `finish` adds what guests, places and tables cost.
 */
export class PlanCost {
  readonly #facts: PlanFacts;
  readonly #options: CostOptions;
  readonly #tableOf: (guestId: GuestId) => SeatingTableId | undefined;
  readonly #taking: ReadonlySet<GuestId>;
  /** Weight of all that a guest wishes of others. */
  readonly #wished = new Map<GuestId, number>();
  readonly #met: MetWish[] = [];
  readonly #hasFriends = new Set<GuestId>();
  readonly #meetsFriend = new Set<GuestId>();
  #total = 0;

  constructor(
    facts: PlanFacts,
    options: CostOptions,
    tableOf: (guestId: GuestId) => SeatingTableId | undefined,
  ) {
    this.#facts = facts;
    this.#options = options;
    this.#tableOf = tableOf;
    const { plan } = facts;
    const locked = new Set(plan.tables.flatMap(({ id, isLocked }) => (isLocked ? [id] : [])));
    const [seated, held] = [new Set<GuestId>(), new Set<GuestId>()];
    for (const { guestId, isLocked, tableId } of plan.assignments) {
      seated.add(guestId);
      if (isLocked || locked.has(tableId)) held.add(guestId);
    }
    const takes = ({ id, answer }: SeatingGuest) => {
      if (answer === 'yes') return true;
      if (answer === 'no') return held.has(id);
      return options.includesUndecided || seated.has(id);
    };
    this.#taking = new Set(plan.guests.filter(takes).map(({ id }) => id));
  }

  /** Whether the guest is one of those who get a seat. */
  takesPart(guestId: GuestId): boolean {
    return this.#taking.has(guestId);
  }

  takeRelation(kind: RelationshipKind, weight: number, [a, b]: [GuestId, GuestId]): void {
    if (!this.takesPart(a) || !this.takesPart(b)) return;
    const table = this.#tableOf(a);
    const isTogether = table !== undefined && table === this.#tableOf(b);
    if (kind === 'avoid' && isTogether) this.#total += wishCost(this.#options.weights, weight);
    if (kind === 'must') this.#know(a, b, isTogether);
    if (kind !== 'prefer' && kind !== 'next-to') return;
    this.#know(a, b, isTogether);
    for (const guestId of [a, b]) {
      this.#wished.set(guestId, (this.#wished.get(guestId) ?? 0) + weight);
      if (isTogether) this.#met.push({ guestId, weight });
    }
    if (isTogether) this.#total -= wishCost(this.#options.weights, weight);
  }

  /** @returns the objective, and who sits without knowing anybody although friends are invited */
  finish(): { total: number; lonely: GuestId[] } {
    const { weights } = this.#options;
    this.#addHouseholds();
    for (const { guestId, weight } of this.#met)
      this.#total -= shareCost(weights, weight, this.#wished.get(guestId) ?? 1);
    const lonely = [...this.#hasFriends].filter(
      (guestId) => this.#tableOf(guestId) !== undefined && !this.#meetsFriend.has(guestId),
    );
    this.#total += lonely.length * companyCost(weights);
    this.#addPlaces();
    this.#addBalance();
    return { total: this.#total, lonely };
  }

  #know(a: GuestId, b: GuestId, isTogether: boolean): void {
    this.#hasFriends.add(a).add(b);
    if (isTogether) this.#meetsFriend.add(a).add(b);
  }

  #addHouseholds(): void {
    const members = new Map<string, GuestId[]>();
    for (const { id, householdId } of this.#facts.plan.guests) {
      if (!this.takesPart(id)) continue;
      const others = members.get(householdId) ?? [];
      for (const other of others) {
        const table = this.#tableOf(id);
        const isTogether = table !== undefined && table === this.#tableOf(other);
        this.#know(id, other, isTogether);
        if (!isTogether) this.#total += householdCost;
      }
      members.set(householdId, [...others, id]);
    }
  }

  #addPlaces(): void {
    const { plan } = this.#facts;
    const tables = new Map(plan.tables.map((table) => [table.id, table]));
    const stored = new Map(plan.assignments.map((assignment) => [assignment.guestId, assignment]));
    for (const guest of plan.guests) {
      if (!this.takesPart(guest.id)) continue;
      const table = tables.get(this.#tableOf(guest.id) ?? ('' as SeatingTableId));
      if (!table) {
        this.#total += unseatedCost;
        continue;
      }
      this.#total += zoneCost(guest, table, plan.fixtures);
      const present = stored.get(guest.id);
      if (present?.tableId === table.id) continue;
      const from = present && tables.get(present.tableId);
      this.#total += this.#moveCost(table, from, present?.placedBy !== 'optimizer');
    }
  }

  #moveCost(to: SeatingTable, from: SeatingTable | undefined, isByHand: boolean): number {
    let cost = isHonour(to) ? honourCost : 0;
    if (!from) return cost;
    cost += leaveCost(this.#options.weights, this.#options.isReflow ?? false);
    return isHonour(from) && isByHand ? cost + honourCost : cost;
  }

  #addBalance(): void {
    const { plan } = this.#facts;
    const loads = new Map<SeatingTableId, number>();
    for (const guestId of this.#taking) {
      const table = this.#tableOf(guestId);
      if (table) loads.set(table, (loads.get(table) ?? 0) + 1);
    }
    const seats = new Map<SeatingTableId, number>();
    for (const { tableId } of plan.seats) seats.set(tableId, (seats.get(tableId) ?? 0) + 1);
    const plain = plan.tables.filter((table) => !isHonour(table));
    const open = plain.reduce((sum, { id }) => sum + (seats.get(id) ?? 0), 0);
    const share = open === 0 ? 0 : Math.min(1, this.#taking.size / open);
    for (const { id } of plain) {
      const capacity = seats.get(id) ?? 0;
      const load = Math.min(capacity, loads.get(id) ?? 0);
      this.#total += balanceCosts(this.#options.weights, capacity, share)[load] ?? 0;
    }
  }
}
