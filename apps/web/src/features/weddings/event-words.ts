import type { EventKind, WeddingEvent } from '@wedsync/contracts/weddings';
import { formatDay } from '../../lib/format.ts';

export const eventKindWords: Record<EventKind, string> = {
  welcome: 'Welcome',
  rehearsal: 'Rehearsal',
  ceremony: 'Ceremony',
  reception: 'Reception',
  dinner: 'Dinner',
  party: 'Party',
  brunch: 'Brunch',
  other: 'Something else',
};

/** Day and hours of an event, as far as they are known, as the wedding's locale writes them. */
export function whenWords(
  event: Pick<WeddingEvent, 'startsOn' | 'startsAt' | 'endsAt'>,
  locale: string,
): string {
  const hours = event.startsAt
    ? event.endsAt
      ? `${event.startsAt} to ${event.endsAt}`
      : event.startsAt
    : '';
  const day = event.startsOn ? formatDay(event.startsOn, locale) : '';
  return [day, hours].filter(Boolean).join(', ') || 'Time not fixed yet';
}
