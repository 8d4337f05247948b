/** Locale of figures and dates: the reader's. */
const locale = () => navigator.language;

/** `2027-06-19` → "Saturday, 19 June 2027"; a day has no zone. */
export function formatDay(day: string, style: 'long' | 'short' = 'long'): string {
  const at = new Date(`${day}T00:00:00Z`);
  const options: Intl.DateTimeFormatOptions =
    style === 'long'
      ? { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }
      : { day: 'numeric', month: 'short', year: 'numeric' };
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(at);
}

/** An instant as date and time of the reader. */
export function formatMoment(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(iso),
  );
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "2 hours ago", "in 3 days"; under a minute "just now". */
export function formatAgo(iso: string, now: number = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1_000;
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) {
      const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
      return format.format(Math.trunc(seconds / size), unit);
    }
  }
  return 'just now';
}

/** Days from today to a day, both read in `timeZone`; negative when it has passed. */
export function daysUntil(day: string, timeZone: string, now: Date = new Date()): number {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
  return Math.round(
    (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000,
  );
}

/** A whole number with the reader's grouping. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat(locale()).format(count);
}

/** "1 guest", "2 guests". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
