import type { AccessibilityNeed } from '@wedsync/contracts/guest-fields';
import type { AgeGroup, Diet } from '@wedsync/contracts/guest-import';
import type { GuestId, HouseholdId } from '@wedsync/contracts/ids';
import type {
  RoomPoint,
  SeatingFixture,
  SeatingGuest,
  SeatingPlan,
  SeatingTable,
} from '@wedsync/contracts/seating';
import { knownLocale } from './locale.ts';

/** Somebody who comes, as the prints call them. */
export interface PrintGuest {
  id: GuestId;
  /** Printable: what no font holds is marked, see `NameNote`. */
  name: string;
  firstName: string;
  lastName: string;
  householdId: HouseholdId;
  householdName: string;
  ageGroup: AgeGroup;
  diets: readonly Diet[];
  /** The guest's own words about food. */
  dietNotes: string;
  accessibility: readonly AccessibilityNeed[];
}

export interface PrintSeat {
  number: number;
  guest: PrintGuest | null;
}

export type PrintTable = Pick<
  SeatingTable,
  | 'label'
  | 'shape'
  | 'seatCount'
  | 'xMm'
  | 'yMm'
  | 'rotation'
  | 'widthMm'
  | 'depthMm'
  | 'zone'
  | 'features'
> & { seats: readonly PrintSeat[] };

export type PrintFixture = Omit<SeatingFixture, 'id' | 'version'>;

/** A text that the fonts cannot show whole: a person has to write it by hand. */
export interface NameNote {
  /** Stands beside the mark in the print, from 1. */
  number: number;
  /** What it is, e.g. "Guest, table 4, seat 2". */
  where: string;
  /** The text as far as it can be printed. */
  printed: string;
  /** The characters that no font holds. */
  characters: readonly string[];
}

/** Everything that a print shows; the same for all of them. */
export interface PrintScene {
  couple: string;
  eventName: string;
  /** `2027-06-19`; null = no day yet. */
  day: string | null;
  venue: string;
  /** BCP 47: order of names, form of dates. */
  locale: string;
  revision: number;
  /** The day on which it is printed, in the wedding's zone: the only time in a print. */
  asOf: string;
  outline: readonly RoomPoint[];
  fixtures: readonly PrintFixture[];
  /** By label, "2" before "10". */
  tables: readonly PrintTable[];
  /** Said yes and have no seat. */
  unseated: readonly PrintGuest[];
  notes: readonly NameNote[];
}

/** What a plan does not know of its wedding. */
export interface SceneFacts
  extends Pick<PrintScene, 'couple' | 'eventName' | 'day' | 'venue' | 'locale' | 'asOf'> {
  dietNotes: ReadonlyMap<GuestId, string>;
}

/** True where a font holds the character, given as one grapheme. */
export type CanPrint = (grapheme: string) => boolean;

/** Stands for what cannot be printed: a line to write on. */
const blank = '_____';
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Marks that only choose between forms of a character; without them it stays itself. */
const invisible = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/gu;

/** Pictures in a name are decoration: one that no font holds is left out. */
const picture = /\p{Extended_Pictographic}/u;

/** A text as far as the fonts hold it, and the characters that they do not. */
function printableText(text: string, canPrint: CanPrint): { marked: string; missing: string[] } {
  const missing = new Set<string>();
  const formOf = (grapheme: string) => {
    // The nearest form: full-width letters as plain ones, for example.
    const forms = [grapheme, grapheme.normalize('NFKC')];
    const form = forms.find((other) => [...other].every(canPrint));
    if (form !== undefined) return form;
    if (picture.test(grapheme)) return '';
    missing.add(grapheme);
    return '\0';
  };
  const clean = text.normalize().replace(invisible, '');
  const marked = [...graphemes.segment(clean)]
    .map(({ segment }) => formOf(segment))
    .join('')
    .replace(/\s+/gu, ' ')
    .trim()
    // One line to write on for each word, however long it is.
    .replace(/\0+/g, blank);
  return { marked, missing: [...missing] };
}

/** Texts of one print: what cannot be printed is marked and noted, each text once. */
function createTextMarker(canPrint: CanPrint) {
  const notes: NameNote[] = [];
  const seen = new Map<string, string>();
  return {
    notes,
    /** @param where what the text is, for whom has to write it by hand */
    mark(text: string, where: string): string {
      const key = `${where}\n${text}`;
      const known = seen.get(key);
      if (known !== undefined) return known;
      const { marked, missing } = printableText(text, canPrint);
      const number = notes.length + 1;
      const result = missing.length === 0 ? marked : `${marked} ✎${number}`;
      if (missing.length > 0) {
        const what = printableText(where, canPrint).marked;
        notes.push({ number, where: what, printed: marked, characters: missing });
      }
      seen.set(key, result);
      return result;
    },
  };
}

type Mark = ReturnType<typeof createTextMarker>['mark'];

/** How a guest is called; an open place by whom it belongs to. */
function plainName(guest: SeatingGuest, guests: ReadonlyMap<GuestId, SeatingGuest>): string {
  const name = [guest.firstName, guest.lastName].filter(Boolean).join(' ').trim();
  if (name) return name;
  const host = guest.plusOneOf ? guests.get(guest.plusOneOf) : undefined;
  const hostName = host ? [host.firstName, host.lastName].filter(Boolean).join(' ').trim() : '';
  return hostName ? `Guest of ${hostName}` : `Guest of ${guest.householdName || 'the couple'}`;
}

/** Orders labels as people count: "2" before "10". */
export const labelOrder = (locale: string) =>
  new Intl.Collator(knownLocale(locale), { numeric: true, sensitivity: 'base' });

function toTable(table: SeatingTable, seats: readonly PrintSeat[], mark: Mark): PrintTable {
  const { shape, seatCount, xMm, yMm, rotation, widthMm, depthMm, features } = table;
  const place = { xMm, yMm, rotation, widthMm, depthMm };
  const label = mark(table.label, 'Name of a table');
  const zone = mark(table.zone, 'Part of the room');
  return { label, zone, shape, seatCount, ...place, features, seats };
}

/**
 * The plan as the prints need it. Guests who have declined and still hold a seat are left out:
 * nobody lays a place for them.
 */
export function buildPrintScene(
  plan: SeatingPlan,
  facts: SceneFacts,
  canPrint: CanPrint,
): PrintScene {
  const { mark, notes } = createTextMarker(canPrint);
  const { dietNotes, couple, eventName, venue, ...rest } = facts;
  const heading = {
    couple: mark(couple, 'The couple'),
    eventName: mark(eventName, 'Name of the event'),
    venue: mark(venue, 'Place of the event'),
  };
  const guests = new Map(plan.guests.map((guest) => [guest.id, guest]));
  const toGuest = (guest: SeatingGuest, where: string): PrintGuest => {
    const plain = plainName(guest, guests);
    // An open place is looked up where its host stands.
    const host = guest.plusOneOf ? guests.get(guest.plusOneOf) : undefined;
    const named = guest.firstName || guest.lastName ? guest : (host ?? guest);
    return {
      id: guest.id,
      name: mark(
        plain,
        `${where}${guest.householdName ? `, household ${guest.householdName}` : ''}`,
      ),
      // Only put in order by these, never printed.
      firstName: named.firstName || plain,
      lastName: named.lastName,
      householdId: guest.householdId,
      householdName: guest.householdName,
      ageGroup: guest.ageGroup,
      diets: guest.diets,
      dietNotes: mark(dietNotes.get(guest.id) ?? '', `Words about food of ${where.toLowerCase()}`),
      accessibility: guest.accessibility,
    };
  };
  const bySeat = new Map(plan.assignments.map(({ seatId, guestId }) => [seatId, guestId]));
  const { compare } = labelOrder(facts.locale);
  const tables = plan.tables
    .toSorted((one, other) => compare(one.label, other.label))
    .map((table) => {
      const seats = plan.seats
        .filter(({ tableId }) => tableId === table.id)
        .toSorted((one, other) => one.number - other.number)
        .map(({ id, number }): PrintSeat => {
          const guest = guests.get(bySeat.get(id) as GuestId);
          const comes = guest !== undefined && guest.answer !== 'no';
          const where = `Guest at table ${table.label}, seat ${number}`;
          return { number, guest: comes ? toGuest(guest, where) : null };
        });
      return toTable(table, seats, mark);
    });
  const seated = new Set(plan.assignments.map(({ guestId }) => guestId));
  const unseated = plan.guests
    .filter(({ id, answer }) => answer === 'yes' && !seated.has(id))
    .map((guest) => toGuest(guest, 'Guest without a seat'));
  const fixtures = plan.fixtures.map(({ id: _, version: __, ...fixture }) => ({
    ...fixture,
    label: mark(fixture.label, 'Thing in the room'),
  }));
  const { outline, revision } = plan.layout;
  return { ...rest, ...heading, revision, outline, fixtures, tables, unseated, notes };
}

/** Guests with their seats, in the order of tables and seats. */
export function seatedGuests(
  scene: PrintScene,
): { guest: PrintGuest; table: PrintTable; seatNumber: number }[] {
  return scene.tables.flatMap((table) =>
    table.seats.flatMap(({ guest, number }) =>
      guest ? [{ guest, table, seatNumber: number }] : [],
    ),
  );
}
