import type { GuestId } from '@wedsync/contracts/ids';
import { type SeatExplanation, SeatingWeights } from '@wedsync/contracts/seating-runs';
import { guestNames } from './diff-plans.ts';
import { GuestMoves, type MoveObstacle } from './guest-moves.ts';
import { isHonour, needsOf, type PlaceObstacle, zoneCost } from './place-rules.ts';
import { forEachPair, indexPlan, type PlanFacts, type PlanIndex } from './plan-index.ts';
import { listNames } from './planner-words.ts';

type Reason = SeatExplanation['reasons'][number];
type Alternative = SeatExplanation['alternatives'][number];

const needWords = {
  'needs-step-free': 'a step-free table',
  'needs-near-exit': 'a table near an exit',
  'needs-quiet': 'a quiet table',
  'allergy-far-from-kitchen': 'a table near the kitchen pass',
  'high-chair': 'room for a high chair',
} as const satisfies Record<PlaceObstacle, string>;

/** Everybody who matters to one guest, by what binds them. */
interface Bonds {
  must: number[];
  never: number[];
  wishes: number[];
  avoids: number[];
  household: number[];
}

function bondsOf(index: PlanIndex, guest: number): Bonds {
  const { guests } = index.facts.plan;
  const found = {
    must: new Set<number>(),
    never: new Set<number>(),
    wishes: new Set<number>(),
    avoids: new Set<number>(),
  };
  for (const relationship of index.facts.relationships) {
    forEachPair(index, relationship, (a, b) => {
      if (a !== guest && b !== guest) return;
      const other = a === guest ? b : a;
      if (relationship.kind === 'must') found.must.add(other);
      else if (relationship.kind === 'never') found.never.add(other);
      else if (relationship.kind === 'prefer' || relationship.kind === 'next-to')
        found.wishes.add(other);
      else if (relationship.kind === 'avoid') found.avoids.add(other);
    });
  }
  const household = guests.flatMap(({ householdId }, other) =>
    other !== guest && householdId === guests[guest]?.householdId ? [other] : [],
  );
  const { must, never, wishes, avoids } = found;
  return {
    must: [...must],
    never: [...never],
    wishes: [...wishes],
    avoids: [...avoids],
    household,
  };
}

/** Puts one guest's seat into words. */
class GuestExplainer {
  readonly #moves: GuestMoves;
  readonly #index: PlanIndex;
  readonly #names: ReadonlyMap<GuestId, string>;
  readonly #guest: number;
  readonly #bonds: Bonds;

  constructor(facts: PlanFacts, guest: number) {
    this.#index = indexPlan(facts);
    const weights = SeatingWeights.parse({});
    this.#moves = new GuestMoves(this.#index, { mode: 'full', weights, includesUndecided: true });
    this.#names = guestNames(facts.plan);
    this.#guest = guest;
    this.#bonds = bondsOf(this.#index, guest);
  }

  run(): Omit<SeatExplanation, 'guestId'> {
    const table = this.#index.tableOf[this.#guest] ?? -1;
    const tableId = this.#index.facts.plan.tables[table]?.id ?? null;
    const alternatives = this.#index.facts.plan.tables.flatMap((_, at) =>
      at === table ? [] : [this.#alternative(at)],
    );
    alternatives.sort((a, b) => (a.cost ?? Infinity) - (b.cost ?? Infinity));
    return { tableId, reasons: tableId === null ? [noSeat] : this.#reasons(table), alternatives };
  }

  #namesOf(guests: readonly number[], most = 3): string {
    const { plan } = this.#index.facts;
    return listNames(
      guests.map(
        (guest) => this.#names.get(plan.guests[guest]?.id ?? ('' as GuestId)) ?? 'a guest',
      ),
      most,
    );
  }

  #at(guests: readonly number[], table: number): number[] {
    return guests.filter((other) => this.#index.tableOf[other] === table);
  }

  #costOf(others: readonly number[]): number {
    const wanted = new Set(others);
    return (this.#moves.links[this.#guest] ?? []).reduce(
      (sum, { other, cost }) => (wanted.has(other) ? sum + cost : sum),
      0,
    );
  }

  #reasons(table: number): Reason[] {
    const bonds = this.#bonds;
    const elsewhere = (guests: readonly number[]) =>
      guests.filter((other) => {
        const at = this.#index.tableOf[other] ?? -1;
        return at >= 0 && at !== table;
      });
    const reasons: Reason[] = [];
    const add = (guests: readonly number[], sign: 1 | -1, words: (names: string) => string) => {
      if (guests.length === 0) return;
      reasons.push({ cost: sign * this.#costOf(guests), message: words(this.#namesOf(guests)) });
    };
    const kin = new Set(bonds.household);
    const friends = bonds.wishes.filter((other) => !kin.has(other));
    add(this.#at(bonds.household, table), 1, (names) => `Sits with the household: ${names}.`);
    add(this.#at(friends, table), 1, (names) => `Has a wish met: ${names} at the same table.`);
    add(this.#at(bonds.avoids, table), 1, (names) => `Would rather not sit with ${names}.`);
    add(elsewhere(bonds.household), -1, (names) => `Is parted from the household: ${names}.`);
    add(elsewhere(friends), -1, (names) => `Would like to sit with ${names}, who sit elsewhere.`);
    reasons.push(...this.#placeReasons(table));
    reasons.sort((a, b) => Math.abs(b.cost) - Math.abs(a.cost));
    return [...this.#ruleReasons(table), ...reasons];
  }

  /** What no weight can outweigh. */
  #ruleReasons(table: number): Reason[] {
    const { plan } = this.#index.facts;
    const rules: string[] = [];
    if (this.#index.seatOf[this.#guest]?.isLocked) rules.push('Is locked to this seat.');
    if (plan.tables[table]?.isLocked) rules.push('The table is locked.');
    const bound = this.#at(this.#bonds.must, table);
    if (bound.length > 0) rules.push(`Must sit with ${this.#namesOf(bound)}.`);
    const foes = this.#at(this.#bonds.never, table);
    if (foes.length > 0)
      rules.push(`Must never share a table with ${this.#namesOf(foes)}, but does.`);
    const person = plan.guests[this.#guest];
    const needs = person ? needsOf(person) : 0;
    const asked = Object.values(needWords).filter((_, bit) => needs & (1 << bit));
    if (asked.length > 0) rules.push(`Needs ${listNames(asked, 5)}.`);
    return rules.map((message) => ({ cost: 0, message }));
  }

  #placeReasons(table: number): Reason[] {
    const { plan } = this.#index.facts;
    const [person, row] = [plan.guests[this.#guest], plan.tables[table]];
    if (!person || !row) return [];
    const cost = zoneCost(person, row, plan.fixtures);
    const reasons: Reason[] = [];
    if (cost > 0) {
      const isLoud = person.ageGroup === 'child' || person.ageGroup === 'infant';
      reasons.push({
        cost,
        message: isLoud ? 'Is close to the band.' : 'Has a way to go to the door.',
      });
    }
    const others = this.#moves.company(table).filter((other) => other !== this.#guest);
    const { household, wishes, must } = this.#bonds;
    const known = this.#at([...household, ...wishes, ...must], table);
    if (
      known.length === 0 &&
      others.length > 0 &&
      household.length + wishes.length + must.length > 0
    )
      reasons.push({ cost: 100, message: 'Knows nobody at this table.' });
    if (isHonour(row)) reasons.push({ cost: 0, message: 'Sits at a table of honour.' });
    return reasons;
  }

  #alternative(table: number): Alternative {
    const { plan } = this.#index.facts;
    const row = plan.tables[table];
    const ground = { tableId: row?.id ?? ('' as never), tableLabel: row?.label ?? '' };
    const rule = this.#moves.rule(this.#guest, table);
    if (rule) return { ...ground, cost: null, message: this.#forbids(rule), swapWith: null };
    if (this.#moves.freeSeats(table) > 0) {
      const cost = this.#moves.delta(this.#guest, table);
      return { ...ground, cost, message: this.#changes(table), swapWith: null };
    }
    const swap = this.#bestSwap(table);
    if (!swap)
      return {
        ...ground,
        cost: null,
        message: 'Full, and nobody there may change places.',
        swapWith: null,
      };
    const message = `Full; could change places with ${this.#namesOf([swap.other])}. ${this.#changes(table)}`;
    return { ...ground, cost: swap.cost, message, swapWith: plan.guests[swap.other]?.id ?? null };
  }

  #forbids(rule: MoveObstacle): string {
    switch (rule.kind) {
      case 'guest-locked':
        return 'Is locked to the present seat.';
      case 'table-locked':
        return 'One of the two tables is locked.';
      case 'place':
        return `Needs ${needWords[rule.obstacle]}, which this table is not.`;
      case 'never':
        return `Must never share a table with ${this.#namesOf(rule.guests)}.`;
      case 'must':
        return `Must stay with ${this.#namesOf(rule.guests)}.`;
      case 'full':
        return 'Full.';
    }
  }

  /** Whom the guest would gain and lose. */
  #changes(table: number): string {
    const from = this.#index.tableOf[this.#guest] ?? -1;
    const { household, wishes, avoids } = this.#bonds;
    const dear = [...new Set([...household, ...wishes])];
    const gained = this.#at(dear, table);
    const lost = from < 0 ? [] : this.#at(dear, from);
    const met = this.#at(avoids, table);
    const parts = [
      gained.length > 0 ? `would sit with ${this.#namesOf(gained)}` : '',
      lost.length > 0 ? `would leave ${this.#namesOf(lost)}` : '',
      met.length > 0 ? `would meet ${this.#namesOf(met)}, rather not wanted` : '',
    ].filter((part) => part !== '');
    if (parts.length === 0) return 'Would meet nobody with a wish either way.';
    const text = parts.join('; ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  }

  #bestSwap(table: number): { other: number; cost: number } | undefined {
    const from = this.#index.tableOf[this.#guest] ?? -1;
    if (from < 0) return undefined;
    let best: { other: number; cost: number } | undefined;
    for (const other of this.#moves.company(table)) {
      if (this.#moves.rule(other, from)) continue;
      const cost = this.#moves.swapDelta(this.#guest, other);
      if (!best || cost < best.cost) best = { other, cost };
    }
    return best;
  }
}

const noSeat: Reason = { cost: 0, message: 'Has no seat yet.' };

/**
 * Why a guest sits where they sit, and what every other table would change: in names, with the
 * change of the objective at the usual weights. Undefined where the guest is not invited.
 */
export function explainGuest(facts: PlanFacts, guestId: GuestId): SeatExplanation | undefined {
  const guest = facts.plan.guests.findIndex(({ id }) => id === guestId);
  return guest < 0 ? undefined : { guestId, ...new GuestExplainer(facts, guest).run() };
}
