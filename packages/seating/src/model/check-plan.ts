import type { GuestId, SeatingRelationshipId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatingGuest, SeatingTable } from '@wedsync/contracts/seating';
import {
  type SeatingRelationship,
  type SeatingWarningKind,
  tablesBesideMm,
} from '@wedsync/contracts/seating-rules';
import type { SeatingWeights } from '@wedsync/contracts/seating-runs';
import { PlanCost } from './plan-cost.ts';
import type { PlanFacts } from './plan-index.ts';

/** A place of somebody in a plan, stored or proposed. */
export interface PlannedSeat {
  guestId: GuestId;
  tableId: SeatingTableId;
  seatNumber: number;
}

export interface CheckOptions {
  weights: SeatingWeights;
  includesUndecided: boolean;
  /** The plan to judge; absent: the stored one. */
  seats?: readonly PlannedSeat[];
  /** Costs of moves away from the stored plan, as in a repair. */
  isReflow?: boolean;
}

/** One thing that is wrong with a plan. */
export interface Violation {
  kind: SeatingWarningKind;
  guestIds: GuestId[];
  tableIds: SeatingTableId[];
  relationshipId: SeatingRelationshipId | null;
  /** How much it matters among its kind. */
  weight: number;
}

export interface PlanCheck {
  violations: Violation[];
  /** 0 to 100: share of the wishes that are met, by weight; null without wishes. */
  happiness: number | null;
  cost: number;
}

const ruleKinds: ReadonlySet<SeatingWarningKind> = new Set([
  'never-together',
  'must-apart',
  'needs-step-free',
  'needs-near-exit',
  'needs-quiet',
  'allergy-far-from-kitchen',
  'high-chair-at-head',
  'declined-but-seated',
  'over-room-capacity',
]);

/** Whether it must be mended; the others could be better. */
export const isRule = (kind: SeatingWarningKind): boolean => ruleKinds.has(kind);

/** Where everybody sits, by id. */
class Seating {
  readonly guests: ReadonlyMap<GuestId, SeatingGuest>;
  readonly tables: ReadonlyMap<SeatingTableId, SeatingTable>;
  readonly places: ReadonlyMap<GuestId, PlannedSeat>;
  readonly #sides = new Map<string, SeatingGuest[]>();
  readonly #seatCounts = new Map<SeatingTableId, number>();

  constructor({ plan }: PlanFacts, seats: readonly PlannedSeat[]) {
    this.guests = new Map(plan.guests.map((guest) => [guest.id, guest]));
    this.tables = new Map(plan.tables.map((table) => [table.id, table]));
    this.places = new Map(seats.map((seat) => [seat.guestId, seat]));
    for (const guest of plan.guests) {
      for (const key of [guest.id, guest.householdId, ...guest.tagIds]) {
        const members = this.#sides.get(key);
        if (members) members.push(guest);
        else this.#sides.set(key, [guest]);
      }
    }
    for (const { tableId } of plan.seats)
      this.#seatCounts.set(tableId, (this.#seatCounts.get(tableId) ?? 0) + 1);
  }

  tableOf(guestId: GuestId): SeatingTableId | undefined {
    return this.places.get(guestId)?.tableId;
  }

  /** Everybody that one side of a relationship stands for. */
  side(id: string): readonly SeatingGuest[] {
    return this.#sides.get(id) ?? [];
  }

  /** Neighbouring chairs; at a head table and along a curve the two ends are not neighbours. */
  areNeighbours(a: GuestId, b: GuestId): boolean {
    const [one, other] = [this.places.get(a), this.places.get(b)];
    if (!one || !other || one.tableId !== other.tableId) return false;
    const apart = Math.abs(one.seatNumber - other.seatNumber);
    if (apart === 1) return true;
    const shape = this.tables.get(one.tableId)?.shape ?? 'round';
    const isRow = shape === 'head' || shape === 'sweetheart' || shape === 'serpentine';
    return !isRow && apart === (this.#seatCounts.get(one.tableId) ?? 0) - 1;
  }
}

const expects = {
  must: 'must-apart',
  never: 'never-together',
  prefer: 'prefer-apart',
  avoid: 'avoid-together',
  'next-to': 'next-to-apart',
  'not-next-to': 'not-next-to',
} as const satisfies Record<SeatingRelationship['kind'], SeatingWarningKind>;

function isMet(kind: SeatingRelationship['kind'], seating: Seating, pair: [GuestId, GuestId]) {
  const [a, b] = pair;
  switch (kind) {
    case 'next-to':
      return seating.areNeighbours(a, b);
    case 'not-next-to':
      return !seating.areNeighbours(a, b);
    case 'must':
    case 'prefer':
      return seating.tableOf(a) === seating.tableOf(b);
    case 'never':
    case 'avoid':
      return seating.tableOf(a) !== seating.tableOf(b);
  }
}

/** Pairs that a relationship speaks of, each once. */
function* pairsOf(seating: Seating, { one, other }: SeatingRelationship) {
  const [left, right] = [seating.side(one.id), seating.side(other.id)];
  if (left.length === 1 && right.length === 1) {
    if (left[0] && right[0] && left[0] !== right[0]) yield [left[0], right[0]] as const;
    return;
  }
  const seen = new Set<string>();
  for (const a of left) {
    for (const b of right) {
      const key = a.id < b.id ? a.id + b.id : b.id + a.id;
      if (a.id === b.id || seen.has(key)) continue;
      seen.add(key);
      yield [a, b] as const;
    }
  }
}

function tablesOf(seating: Seating, guestIds: Iterable<GuestId>): SeatingTableId[] {
  const found = new Set<SeatingTableId>();
  for (const id of guestIds) {
    const table = seating.tableOf(id);
    if (table) found.add(table);
  }
  return [...found];
}

function featureViolations(
  seating: Seating,
  guest: SeatingGuest,
  kitchen: readonly SeatingTable[],
): SeatingWarningKind[] {
  const table = seating.tables.get(seating.tableOf(guest.id) ?? ('' as SeatingTableId));
  if (!table) return [];
  const { accessibility, diets } = guest;
  const lacks = (feature: SeatingTable['features'][number]) => !table.features.includes(feature);
  const found: SeatingWarningKind[] = [];
  const needsStepFree = accessibility.includes('wheelchair') || accessibility.includes('step-free');
  if (needsStepFree && lacks('step-free')) found.push('needs-step-free');
  if (accessibility.includes('seat-near-exit') && lacks('near-exit')) found.push('needs-near-exit');
  if (accessibility.includes('quiet-place') && lacks('quiet')) found.push('needs-quiet');
  const isHead = table.shape === 'head' || table.shape === 'sweetheart';
  if (accessibility.includes('high-chair') && isHead) found.push('high-chair-at-head');
  const isReached = kitchen.some(
    ({ xMm, yMm }) => Math.hypot(xMm - table.xMm, yMm - table.yMm) <= tablesBesideMm,
  );
  const hasAllergy = diets.some(({ severity }) => severity === 'allergy');
  if (hasAllergy && kitchen.length > 0 && !isReached) found.push('allergy-far-from-kitchen');
  return found;
}

function guestViolations(facts: PlanFacts, seating: Seating): Violation[] {
  const kitchen = facts.plan.tables.filter(({ features }) => features.includes('near-kitchen'));
  return facts.plan.guests.flatMap((guest) => {
    const tableId = seating.tableOf(guest.id);
    if (!tableId) return [];
    const kinds = featureViolations(seating, guest, kitchen);
    if (guest.answer === 'no') kinds.push('declined-but-seated');
    return kinds.map((kind) => ({
      kind,
      guestIds: [guest.id],
      tableIds: [tableId],
      relationshipId: null,
      weight: 10,
    }));
  });
}

/** Households of which the seated members are at more than one table. */
function splitHouseholds(facts: PlanFacts, seating: Seating): Violation[] {
  const households = new Map<string, GuestId[]>();
  for (const { id, householdId } of facts.plan.guests) {
    if (!seating.tableOf(id)) continue;
    const members = households.get(householdId);
    if (members) members.push(id);
    else households.set(householdId, [id]);
  }
  return [...households.values()].flatMap((guestIds) => {
    const tableIds = tablesOf(seating, guestIds);
    if (tableIds.length < 2) return [];
    return [
      { kind: 'household-split' as const, guestIds, tableIds, relationshipId: null, weight: 8 },
    ];
  });
}

/**
 * Judges a plan from the stored rows alone, without anything of the solvers: every rule, every wish
 * and the cost. What the solvers return is held against it.
 */
export function checkPlan(facts: PlanFacts, options: CheckOptions): PlanCheck {
  const seating = new Seating(facts, options.seats ?? facts.plan.assignments);
  const cost = new PlanCost(facts, options, (guestId) => seating.tableOf(guestId));
  const violations: Violation[] = guestViolations(facts, seating);
  let wished = 0;
  let met = 0;
  for (const relationship of facts.relationships) {
    const { kind, weight, id } = relationship;
    const isWish = kind !== 'must' && kind !== 'never';
    const broken = new Set<GuestId>();
    for (const [a, b] of pairsOf(seating, relationship)) {
      cost.takeRelation(kind, weight, [a.id, b.id]);
      if (!cost.takesPart(a.id) || !cost.takesPart(b.id)) continue;
      const areSeated = seating.tableOf(a.id) !== undefined && seating.tableOf(b.id) !== undefined;
      const isFine = areSeated && isMet(kind, seating, [a.id, b.id]);
      if (isWish) wished += weight;
      if (isWish && isFine) met += weight;
      if (areSeated && !isFine) broken.add(a.id).add(b.id);
    }
    if (broken.size === 0) continue;
    violations.push({
      kind: expects[kind],
      guestIds: [...broken],
      tableIds: tablesOf(seating, broken),
      relationshipId: id,
      weight,
    });
  }
  violations.push(...splitHouseholds(facts, seating));
  const { lonely, total } = cost.finish();
  for (const guestId of lonely) {
    const tableIds = tablesOf(seating, [guestId]);
    violations.push({
      kind: 'knows-nobody',
      guestIds: [guestId],
      tableIds,
      relationshipId: null,
      weight: 7,
    });
  }
  const { capacity } = facts.plan.layout;
  if (capacity !== null && seating.places.size > capacity) {
    violations.push({
      kind: 'over-room-capacity',
      guestIds: [],
      tableIds: [],
      relationshipId: null,
      weight: seating.places.size - capacity,
    });
  }
  const happiness = wished === 0 ? null : Math.round((100 * met) / wished);
  return { violations, happiness, cost: total };
}
