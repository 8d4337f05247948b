export { formatAgo, formatCount, formatDay, formatMoment, plural } from '@wedsync/ui/format';

/** Days from today to a day, both read in `timeZone`; negative when it has passed. */
export function daysUntil(day: string, timeZone: string, now: Date = new Date()): number {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
  return Math.round(
    (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000,
  );
}
