import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatingCheck, SeatingWarning } from '@wedsync/contracts/seating-rules';
import type { SeatingWeights } from '@wedsync/contracts/seating-runs';
import { checkPlan, isRule, type PlannedSeat, type Violation } from './check-plan.ts';
import { guestNames } from './diff-plans.ts';
import { GuestMoves } from './guest-moves.ts';
import { indexPlan, type PlanFacts } from './plan-index.ts';
import { listNames, plural } from './planner-words.ts';

/** More than anybody reads; broken rules come first, then the heaviest wishes. */
const warningsMax = 500;
/** Guests of one warning for whom a move is looked for. */
const guestsTried = 4;

interface Words {
  names: ReadonlyMap<GuestId, string>;
  labels: ReadonlyMap<SeatingTableId, string>;
  capacity: number | null;
}

function put({ kind, guestIds, tableIds, weight }: Violation, words: Words): string {
  const all = guestIds.map((id) => words.names.get(id) ?? 'A guest');
  const who = listNames(all, 4);
  const are = all.length === 1 ? 'is' : 'are';
  const need = all.length === 1 ? 'needs' : 'need';
  const at = `table ${words.labels.get(tableIds[0] ?? ('' as SeatingTableId)) ?? '?'}`;
  const tables = listNames(
    tableIds.map((id) => words.labels.get(id) ?? '?'),
    5,
  );
  switch (kind) {
    case 'never-together':
      return `${who} must never share a table, but are at ${tableIds.length > 1 ? `tables ${tables}` : at}.`;
    case 'must-apart':
      return `${who} must sit together, but are at tables ${tables}.`;
    case 'avoid-together':
      return `${who} would rather not share ${tableIds.length > 1 ? `tables ${tables}` : at}.`;
    case 'prefer-apart':
      return `${who} would like to sit together, but are at tables ${tables}.`;
    case 'not-next-to':
      return `${who} should not sit side by side at ${at}.`;
    case 'next-to-apart':
      return `${who} would like to sit side by side.`;
    case 'household-split':
      return `A household is parted: ${who} are at tables ${tables}.`;
    case 'knows-nobody':
      return `${who} knows nobody at ${at}.`;
    case 'needs-step-free':
      return `${who} ${need} a step-free place, and ${at} is not step-free.`;
    case 'needs-near-exit':
      return `${who} ${need} a seat near an exit, and ${at} is not near one.`;
    case 'needs-quiet':
      return `${who} ${need} a quiet place, and ${at} is not marked as quiet.`;
    case 'allergy-far-from-kitchen':
      return `${who} has an allergy, and ${at} is not within reach of the kitchen pass.`;
    case 'high-chair-at-head':
      return `${who} needs a high chair, for which ${at} has no room.`;
    case 'declined-but-seated':
      return `${who} ${are} not coming, but still ${all.length === 1 ? 'has' : 'have'} a seat at ${at}.`;
    case 'over-room-capacity':
      return `The room may hold ${words.capacity} persons; ${plural(weight, 'guest')} too many ${weight === 1 ? 'is' : 'are'} seated.`;
  }
}

/** Finds for a violation the cheapest move of one of its guests that mends it. */
class Mender {
  readonly #moves: GuestMoves;
  readonly #facts: PlanFacts;
  readonly #words: Words;

  constructor(facts: PlanFacts, weights: SeatingWeights, words: Words) {
    this.#facts = facts;
    this.#words = words;
    const settings = { mode: 'full' as const, weights, includesUndecided: false };
    this.#moves = new GuestMoves(indexPlan(facts), settings);
  }

  fixOf(violation: Violation): SeatingWarning['fix'] {
    const { kind, guestIds } = violation;
    if (kind === 'over-room-capacity' || kind === 'not-next-to') return null;
    if (kind === 'declined-but-seated') return this.#unseat(guestIds);
    const tables = this.#wantedTables(violation) ?? this.#facts.plan.tables.keys();
    const open = [...tables].filter((table) => this.#moves.freeSeats(table) > 0);
    let best: { guest: number; table: number; delta: number } | undefined;
    for (const id of guestIds.slice(0, guestsTried)) {
      const guest = this.#moves.index.guestAt.get(id);
      if (guest === undefined) continue;
      for (const table of open) {
        if (table === this.#moves.index.tableOf[guest]) continue;
        const delta = this.#moves.delta(guest, table);
        const isUseful = (isRule(kind) || delta < 0) && delta < (best?.delta ?? Infinity);
        if (!isUseful) continue;
        const rule = this.#moves.rule(guest, table);
        // Whoever must join others is kept from every other table by that very rule.
        if (!rule || (rule.kind === 'must' && kind === 'must-apart'))
          best = { guest, table, delta };
      }
    }
    return best ? this.#move(best) : null;
  }

  /** Tables at which the guests would be together; undefined: any other table mends it. */
  #wantedTables({ kind, guestIds }: Violation): Iterable<number> | undefined {
    const joins =
      kind === 'must-apart' ||
      kind === 'prefer-apart' ||
      kind === 'next-to-apart' ||
      kind === 'household-split';
    if (!joins) return undefined;
    const { guestAt, tableOf } = this.#moves.index;
    return new Set(guestIds.map((id) => tableOf[guestAt.get(id) ?? -1] ?? -1));
  }

  #unseat(guestIds: GuestId[]): SeatingWarning['fix'] {
    const isHeld = this.#facts.plan.assignments.some(
      (seat) => seat.isLocked && guestIds.includes(seat.guestId),
    );
    if (isHeld) return null;
    const names = listNames(
      guestIds.map((id) => this.#words.names.get(id) ?? 'the guest'),
      3,
    );
    return { kind: 'unseat', guestIds, label: `Free the seat of ${names}` };
  }

  #move({ guest, table }: { guest: number; table: number }): SeatingWarning['fix'] {
    const { guests, tables } = this.#facts.plan;
    const [person, to] = [guests[guest], tables[table]];
    if (!person || !to) return null;
    const name = this.#words.names.get(person.id) ?? 'the guest';
    const label = `Move ${name} to table ${to.label}`;
    return { kind: 'move', guestId: person.id, tableId: to.id, label };
  }
}

/**
 * Everything that is wrong with a plan, in words, the most severe first, each with a ready fix where
 * moving one guest mends it.
 *
 * @param seats the plan to judge; absent: the stored one. Fixes are found for the stored one alone
 */
export function judgePlan(
  facts: PlanFacts,
  weights: SeatingWeights,
  seats?: readonly PlannedSeat[],
): Omit<SeatingCheck, 'revision'> {
  const options = { weights, includesUndecided: false, ...(seats ? { seats } : {}) };
  const { violations, happiness, cost } = checkPlan(facts, options);
  const { plan } = facts;
  const words: Words = {
    names: guestNames(plan),
    labels: new Map(plan.tables.map(({ id, label }) => [id, label])),
    capacity: plan.layout.capacity,
  };
  const severity = (kind: Violation['kind']) => (isRule(kind) ? 'rule' : 'wish');
  violations.sort((a, b) => Number(isRule(b.kind)) - Number(isRule(a.kind)) || b.weight - a.weight);
  const mender = seats || violations.length === 0 ? undefined : new Mender(facts, weights, words);
  const warnings = violations.slice(0, warningsMax).map(
    (violation): SeatingWarning => ({
      kind: violation.kind,
      severity: severity(violation.kind),
      guestIds: violation.guestIds,
      tableIds: violation.tableIds,
      relationshipId: violation.relationshipId,
      message: put(violation, words),
      fix: mender?.fixOf(violation) ?? null,
    }),
  );
  return { warnings, happiness, cost };
}
