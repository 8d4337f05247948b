import { formatMoment } from '@wedsync/ui/format';
import { wallTimeOf } from './zoned-time.ts';

export { formatAgo, formatCount, formatDay, formatMoment, plural } from '@wedsync/ui/format';

/** Days from today to a day, both read in `timeZone`; negative when it has passed. */
export function daysUntil(day: string, timeZone: string, now: Date = new Date()): number {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
  return Math.round(
    (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000,
  );
}

/** `2027-06-19 10:00` on some clock, as the reader writes day and time; it belongs to no zone. */
export function formatWallTime(wall: string): string {
  return new Intl.DateTimeFormat(navigator.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${wall.replace(' ', 'T')}:00Z`));
}

/** An instant as the reader's clock shows it, and as the clock at the wedding does if it differs. */
export function formatMomentThere(iso: string, timeZone: string): string {
  const here = formatMoment(iso);
  const there = formatWallTime(wallTimeOf(iso, timeZone));
  return there === here ? here : `${here} (${there} in ${timeZone.replaceAll('_', ' ')})`;
}
