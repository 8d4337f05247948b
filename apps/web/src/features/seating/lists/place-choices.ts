import type { AccessibilityNeed } from '@wedsync/contracts/guest-fields';
import type { GuestId } from '@wedsync/contracts/ids';
import type { SeatingGuest, TableFeature, TableShape } from '@wedsync/contracts/seating';
import { guestName, needWords } from '../../guests/words.ts';
import type { PlanIndex, TableView } from '../plan-model.ts';
import { partnersOf, type ReadRule } from '../rules/rule-members.ts';
import { tableLine } from './guest-lines.ts';
import { freeCount } from './plan-lookups.ts';

/** Something that speaks against a table, or for it. */
export interface PlaceNote {
  /** `rule`: the plan would be wrong. `wish`: it could be better. `good`: it speaks for the table. */
  weight: 'rule' | 'wish' | 'good';
  message: string;
}

/** One table as a place for the chosen guests. */
export interface PlaceChoice {
  view: TableView;
  /** Free seats, those counted in that the chosen guests have there already. */
  room: number;
  /** Why nobody can be put there; null where all of them fit. */
  obstacle: string | null;
  notes: PlaceNote[];
}

const neededFeatures: Partial<Record<AccessibilityNeed, TableFeature>> = {
  wheelchair: 'step-free',
  'step-free': 'step-free',
  'seat-near-exit': 'near-exit',
  'quiet-place': 'quiet',
};
const withoutHighChair: ReadonlySet<TableShape> = new Set(['head', 'sweetheart']);

function needNotes(guest: SeatingGuest, { table }: TableView): PlaceNote[] {
  return guest.accessibility.flatMap((need): PlaceNote[] => {
    const feature = neededFeatures[need];
    const isMissing = feature !== undefined && !table.features.includes(feature);
    const isTooNarrow = need === 'high-chair' && withoutHighChair.has(table.shape);
    if (!isMissing && !isTooNarrow) return [];
    return [
      { weight: 'rule', message: `${guestName(guest)} needs: ${needWords[need].toLowerCase()}` },
    ];
  });
}

interface Question {
  index: PlanIndex;
  rules: readonly ReadRule[];
  chosen: ReadonlySet<GuestId>;
}

/** Whom the table has, the chosen ones left out. */
const otherGuests = ({ seats }: TableView, chosen: ReadonlySet<GuestId>) =>
  seats.flatMap(({ guest }) => (guest && !chosen.has(guest.id) ? [guest] : []));

function ruleNotes(guest: SeatingGuest, view: TableView, question: Question): PlaceNote[] {
  const { index, rules, chosen } = question;
  const others = otherGuests(view, chosen);
  return rules.flatMap((read): PlaceNote[] => {
    const { kind } = read.rule;
    const partners = partnersOf(read, guest.id);
    if (partners.size === 0) return [];
    const here = others.find(({ id }) => partners.has(id));
    const name = guestName(guest);
    if (kind === 'never' || kind === 'avoid') {
      if (!here) return [];
      const verb = kind === 'never' ? 'never sits with' : 'would rather not sit with';
      const weight = kind === 'never' ? 'rule' : 'wish';
      return [{ weight, message: `${name} ${verb} ${guestName(here)}` }];
    }
    if (kind === 'prefer' || kind === 'next-to') {
      if (!here) return [];
      return [{ weight: 'good', message: `${name} would like to sit with ${guestName(here)}` }];
    }
    if (kind !== 'must') return [];
    const elsewhere = [...partners].find((id) => {
      const place = index.assignments.get(id);
      return place && !chosen.has(id) && place.tableId !== view.table.id;
    });
    const partner = elsewhere && index.guests.get(elsewhere);
    const at =
      elsewhere && index.tables.get(index.assignments.get(elsewhere)?.tableId ?? view.table.id);
    if (!partner || !at) return [];
    const message = `${name} must sit with ${guestName(partner)}, who is at ${tableLine(at.table)}`;
    return [{ weight: 'rule', message }];
  });
}

function householdNotes(guests: readonly SeatingGuest[], view: TableView, question: Question) {
  const households = new Set(guests.map(({ householdId }) => householdId));
  const family = otherGuests(view, question.chosen).filter((other) =>
    households.has(other.householdId),
  );
  const [first, ...rest] = family;
  if (!first) return [];
  const and = rest.length > 0 ? ` and ${rest.length} more` : '';
  const message = `${guestName(first)}${and} of the same household ${and ? 'sit' : 'sits'} here`;
  return [{ weight: 'good' as const, message }];
}

function obstacleOf(view: TableView, room: number, size: number): string | null {
  if (view.table.isLocked) return 'The table is locked';
  if (room >= size) return null;
  if (room <= 0) return 'Full';
  return `Only ${room} free, ${size} needed`;
}

const costs = { rule: 100, wish: 10, good: -3 };
const costOf = ({ notes }: PlaceChoice) =>
  notes.reduce((sum, { weight }) => sum + costs[weight], 0);

/**
 * Every table as a place for `guestIds`, the best first: those with room before those without, then
 * the ones that nothing speaks against, then those that something speaks for.
 */
export function placeChoices(
  guestIds: readonly GuestId[],
  { index, rules }: Omit<Question, 'chosen'>,
): PlaceChoice[] {
  const chosen = new Set(guestIds);
  const guests = guestIds.flatMap((id) => index.guests.get(id) ?? []);
  const choices = index.tableList.map((view): PlaceChoice => {
    const own = view.seats.filter(({ guest }) => guest && chosen.has(guest.id)).length;
    const room = freeCount(view) + own;
    const question = { index, rules, chosen };
    const notes = [
      ...guests.flatMap((guest) => [
        ...needNotes(guest, view),
        ...ruleNotes(guest, view, question),
      ]),
      ...householdNotes(guests, view, question),
    ];
    const seen = new Map(notes.map((note) => [note.message, note]));
    return {
      view,
      room,
      obstacle: obstacleOf(view, room, guests.length),
      notes: [...seen.values()].sort((a, b) => costs[b.weight] - costs[a.weight]),
    };
  });
  // The order of labels stays among equals: sorting is stable.
  return choices.sort(
    (a, b) => Number(a.obstacle !== null) - Number(b.obstacle !== null) || costOf(a) - costOf(b),
  );
}
