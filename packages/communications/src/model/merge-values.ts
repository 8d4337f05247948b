import type { MergeFieldName } from '@wedsync/contracts/communications-templates';
import { type MergeValues, singleLine } from './wording.ts';

/** A guest, as far as an e-mail speaks of one. */
export interface MergeGuest {
  title: string;
  firstName: string;
  lastName: string;
}

export interface MergeEvent {
  name: string;
  /** `YYYY-MM-DD`, in the wedding's zone. */
  startsOn: string | null;
  /** `HH:MM` or `HH:MM:SS`, wall time. */
  startsAt: string | null;
  venue: string;
}

/** What every e-mail of a wedding has in common. */
export interface MergeWedding {
  title: string;
  partnerAName: string;
  partnerBName: string;
  date: string | null;
  venue: string;
  rsvpDeadline: string | null;
  locale: string;
}

/** What one e-mail adds. */
export interface MergeRecipient {
  guest: MergeGuest;
  /** Others of the household to whom the same e-mail speaks. */
  companions: readonly MergeGuest[];
  householdName: string;
  events: readonly MergeEvent[];
  rsvpLink: string;
}

const nameLengthMax = 300;
const eventsMax = 50;

/** What stands for something that is not known, by primary language subtag. */
const english = { date: 'to be announced', guest: 'dear guest' };
const unknowns: Readonly<Record<string, typeof english>> = {
  en: english,
  de: { date: 'wird noch bekannt gegeben', guest: 'liebe Gäste' },
  fr: { date: 'à préciser', guest: 'chers invités' },
  es: { date: 'por confirmar', guest: 'queridos invitados' },
  pt: { date: 'a anunciar', guest: 'queridos convidados' },
};
const unknown = (locale: string, what: 'date' | 'guest') =>
  (unknowns[locale.split('-', 1)[0] ?? ''] ?? english)[what];

/** Nearly every name: one line already, and short. */
const cleanAlready = /^(?:[!-~\u00a1-\u024f]+(?: [!-~\u00a1-\u024f]+)*)?$/;

/** Names come from people and files: one line, not a novel, and no half of a character. */
const clean = (text: string) =>
  text.length <= nameLengthMax && cleanAlready.test(text)
    ? text
    : singleLine(text.slice(0, nameLengthMax * 4))
        .slice(0, nameLengthMax)
        .toWellFormed();

const dayFormats = new Map<string, Intl.DateTimeFormat>();
const dayFormatsMax = 200;

/** Making a format is slow; there are few languages. */
function dayFormat(tag: string): Intl.DateTimeFormat {
  const known = dayFormats.get(tag);
  if (known) return known;
  const format = new Intl.DateTimeFormat(tag, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  if (dayFormats.size >= dayFormatsMax) dayFormats.clear();
  dayFormats.set(tag, format);
  return format;
}

/** `2027-06-19` as `Saturday, 19 June 2027` in the wedding's language. */
export function formatDay(day: string | null, locale: string): string {
  if (!day) return unknown(locale, 'date');
  const format = (tag: string) => dayFormat(tag).format(new Date(`${day}T00:00:00Z`));
  try {
    return format(locale === 'en' ? 'en-GB' : locale);
  } catch {
    // A locale that this runtime does not know must not stop a mailing.
    return format('en-GB');
  }
}

const lists = new Map<string, Intl.ListFormat>();

function listOf(locale: string): Intl.ListFormat {
  const known = lists.get(locale);
  if (known) return known;
  let list: Intl.ListFormat;
  try {
    list = new Intl.ListFormat(locale === 'en' ? 'en-GB' : locale, { type: 'conjunction' });
  } catch {
    list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
  }
  lists.set(locale, list);
  return list;
}

/** `A`, `A and B`, `A, B and C`; in the language of the reader. */
export function joinNames(names: readonly string[], locale: string): string {
  return names.length <= 1 ? (names[0] ?? '') : listOf(locale).format(names);
}

export function coupleNames(wedding: Pick<MergeWedding, 'partnerAName' | 'partnerBName'>): string {
  return [wedding.partnerAName, wedding.partnerBName].map(clean).filter(Boolean).join(' & ');
}

const fullName = ({ title, firstName, lastName }: MergeGuest) =>
  clean([title, firstName, lastName].filter(Boolean).join(' '));

/** How a guest is addressed: by first name, else by title and last name. */
const callName = (guest: MergeGuest) => clean(guest.firstName) || fullName(guest);

function eventLine(event: MergeEvent, locale: string): string {
  const parts = [
    clean(event.name),
    event.startsOn ? formatDay(event.startsOn, locale) : '',
    event.startsAt?.slice(0, 5) ?? '',
    clean(event.venue),
  ];
  return parts.filter(Boolean).join(', ');
}

const eventLines = new WeakMap<readonly MergeEvent[], { locale: string; lines: string }>();

/** Guests who are invited to the same share the array, and so the lines. */
function linesOf(events: readonly MergeEvent[], locale: string): string {
  const known = eventLines.get(events);
  if (known?.locale === locale) return known.lines;
  const lines = events
    .slice(0, eventsMax)
    .map((event) => eventLine(event, locale))
    .join('\n');
  eventLines.set(events, { locale, lines });
  return lines;
}

/** The fields whose value is the same for every guest of a wedding. */
export const sharedFields = [
  'couple_names',
  'wedding_title',
  'wedding_date',
  'venue',
  'rsvp_deadline',
] as const satisfies readonly MergeFieldName[];
export type SharedField = (typeof sharedFields)[number];

const sharedByWedding = new WeakMap<MergeWedding, Record<SharedField, string>>();

/** Fills the shared fields. */
export function weddingValues(wedding: MergeWedding): Record<SharedField, string> {
  const known = sharedByWedding.get(wedding);
  if (known) return known;
  const values = {
    couple_names: coupleNames(wedding),
    wedding_title: clean(wedding.title),
    wedding_date: formatDay(wedding.date, wedding.locale),
    venue: clean(wedding.venue) || unknown(wedding.locale, 'date'),
    rsvp_deadline: formatDay(wedding.rsvpDeadline, wedding.locale),
  };
  sharedByWedding.set(wedding, values);
  return values;
}

/** Fills every merge field; none of the values holds a control character except line ends in `events`. */
export function mergeValues(wedding: MergeWedding, recipient: MergeRecipient): MergeValues {
  const { guest, companions, events } = recipient;
  const { locale } = wedding;
  const names = [guest, ...companions].map(callName).filter(Boolean);
  const household = clean(recipient.householdName);
  return {
    ...weddingValues(wedding),
    first_name: callName(guest),
    last_name: clean(guest.lastName),
    full_name: fullName(guest),
    names: joinNames(names, locale) || household || unknown(locale, 'guest'),
    household_name: household || joinNames(names, locale),
    events: linesOf(events, locale),
    rsvp_link: recipient.rsvpLink,
  };
}
