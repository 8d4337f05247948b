import type { GuestFilter } from '@wedsync/contracts/guests';

/**
 * What the guest list shows, as it stands in the address: filters can be kept as a bookmark and sent
 * to a colleague, and Back undoes them.
 */
export interface GuestSearch {
  q?: string | undefined;
  event?: string | undefined;
  answer?: string | undefined;
  tag?: string | undefined;
  side?: string | undefined;
  diet?: string | undefined;
  need?: string | undefined;
  age?: string | undefined;
  missing?: string | undefined;
  /** The guest whose drawer is open, or `new`. */
  guest?: string | undefined;
}

const text = (value: unknown) =>
  typeof value === 'string' && value ? value.slice(0, 100) : undefined;

/** Reads the address; what it does not know is dropped. */
export function guestSearch(search: Record<string, unknown>): GuestSearch {
  return {
    q: text(search.q),
    event: text(search.event),
    answer: text(search.answer),
    tag: text(search.tag),
    side: text(search.side),
    diet: text(search.diet),
    need: text(search.need),
    age: text(search.age),
    missing: text(search.missing),
    guest: text(search.guest),
  };
}

/** The keys of an address that narrow the list. */
export const filterKeys = [
  'event',
  'answer',
  'tag',
  'side',
  'diet',
  'need',
  'age',
  'missing',
] as const satisfies readonly (keyof GuestSearch)[];
export type FilterKey = (typeof filterKeys)[number];

/** The server's filter; it validates every value itself and explains what it does not know. */
export function filterOf(search: GuestSearch): GuestFilter {
  const wanted = {
    eventId: search.event,
    answer: search.answer,
    tagIds: search.tag ? [search.tag] : undefined,
    side: search.side,
    diet: search.diet,
    accessibility: search.need,
    ageGroup: search.age,
    missing: search.missing,
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(([, value]) => value !== undefined),
  ) as GuestFilter;
}
