import type { AccessibilityNeed, Answer } from '@wedsync/contracts/guest-fields';
import type { Diet } from '@wedsync/contracts/guest-import';
import type { RsvpEvent, RsvpGuest } from '@wedsync/contracts/rsvp';

type DietCode = Diet['code'];

export const answerWords: Readonly<Record<Answer, string>> = {
  yes: 'Yes',
  no: 'No',
  unsure: 'Not sure yet',
};

/** What a guest is allergic to or cannot digest; in the order of how often it is met. */
export const allergyWords: Partial<Readonly<Record<DietCode, string>>> = {
  gluten: 'Gluten',
  lactose: 'Lactose',
  nuts: 'Tree nuts',
  peanuts: 'Peanuts',
  dairy: 'Milk protein',
  egg: 'Egg',
  fish: 'Fish',
  shellfish: 'Shellfish',
  soy: 'Soy',
  sesame: 'Sesame',
  celery: 'Celery',
  mustard: 'Mustard',
  lupin: 'Lupin',
  sulphites: 'Sulphites',
  other: 'Something else',
};

/** Offered to everybody as a wish; others show only where a guest already has them. */
export const usualDiets: readonly DietCode[] = [
  'vegetarian',
  'vegan',
  'pescatarian',
  'halal',
  'kosher',
  'gluten',
  'lactose',
  'pork',
  'beef',
  'red-meat',
  'alcohol',
  'other',
];

export const accessibilityWords: Readonly<Record<AccessibilityNeed, string>> = {
  wheelchair: 'Comes in a wheelchair',
  'step-free': 'Cannot climb steps',
  'seat-near-exit': 'Seat near the exit',
  hearing: 'Hard of hearing',
  visual: 'Low vision',
  'sign-language': 'Sign language',
  'assistance-dog': 'Assistance dog',
  'quiet-place': 'A quiet place to rest',
  parking: 'Parking close by',
  'high-chair': 'High chair',
};

/** `2027-06-19` in words, in the wedding's language. */
export function dayInWords(day: string, locale: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const style = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const format = (tag: string) =>
    new Intl.DateTimeFormat(tag, { ...style, timeZone: 'UTC' }).format(date);
  try {
    return format(locale === 'en' ? 'en-GB' : locale);
  } catch {
    // A language that this runtime does not know must not close the page.
    return format('en-GB');
  }
}

/** Day, hours and place of an event, as far as they are known. */
export function whenAndWhere(event: RsvpEvent, locale: string): string[] {
  const day = event.startsOn ? dayInWords(event.startsOn, locale) : '';
  const hours = event.endsAt ? `${event.startsAt}–${event.endsAt}` : (event.startsAt ?? '');
  return [
    [day, hours].filter(Boolean).join(', '),
    [event.venue, event.address].filter(Boolean).join(', '),
  ].filter(Boolean);
}

/** How a guest is called; an open place by whom it belongs to. */
export function nameOf(guest: RsvpGuest, guests: readonly RsvpGuest[]): string {
  const name = [guest.firstName, guest.lastName].filter(Boolean).join(' ');
  if (name) return name;
  const host = guests.find(({ id }) => id === guest.plusOneOf);
  return host ? `Guest of ${host.firstName || host.lastName}` : 'Guest';
}

/** `A`, `A and B`, `A, B and C`. */
export function listOf(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
