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
const toBeAnnounced = 'to be announced';

/** Names come from people and files: one line, and not a novel. */
const clean = (text: string) =>
  singleLine(text.slice(0, nameLengthMax * 4)).slice(0, nameLengthMax);

/** `2027-06-19` as `Saturday, 19 June 2027` in the wedding's language. */
export function formatDay(day: string | null, locale: string): string {
  if (!day) return toBeAnnounced;
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const format = (tag: string) =>
    new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' }).format(
      new Date(`${day}T00:00:00Z`),
    );
  try {
    return format(locale === 'en' ? 'en-GB' : locale);
  } catch {
    // A locale that this runtime does not know must not stop a mailing.
    return format('en-GB');
  }
}

/** `A`, `A and B`, `A, B and C`. */
export function joinNames(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
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

/** Fills every merge field; none of the values holds a control character except line ends in `events`. */
export function mergeValues(wedding: MergeWedding, recipient: MergeRecipient): MergeValues {
  const { guest, companions, events } = recipient;
  const names = [guest, ...companions].map(callName).filter(Boolean);
  const household = clean(recipient.householdName);
  return {
    first_name: callName(guest),
    last_name: clean(guest.lastName),
    full_name: fullName(guest),
    names: joinNames(names) || household || 'dear guest',
    household_name: household || joinNames(names),
    couple_names: coupleNames(wedding),
    wedding_title: clean(wedding.title),
    wedding_date: formatDay(wedding.date, wedding.locale),
    venue: clean(wedding.venue) || toBeAnnounced,
    events: events
      .slice(0, eventsMax)
      .map((event) => eventLine(event, wedding.locale))
      .join('\n'),
    rsvp_link: recipient.rsvpLink,
    rsvp_deadline: formatDay(wedding.rsvpDeadline, wedding.locale),
  };
}
