/** Locale of figures and moments: the reader's. */
const locale = () => navigator.language;

/** English without a country writes the day first, as the e-mails to guests do. */
const localeOfDays = (wanted: string) => (wanted === 'en' ? 'en-GB' : wanted);

/** `2027-06-19` → "Saturday, 19 June 2027" as the wedding's locale writes it; a day has no zone. */
export function formatDay(
  day: string,
  weddingLocale: string,
  style: 'long' | 'short' = 'long',
): string {
  const at = new Date(`${day}T00:00:00Z`);
  const options: Intl.DateTimeFormatOptions =
    style === 'long'
      ? { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }
      : { day: 'numeric', month: 'short', year: 'numeric' };
  return new Intl.DateTimeFormat(localeOfDays(weddingLocale), {
    ...options,
    timeZone: 'UTC',
  }).format(at);
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

/** A whole number with the reader's grouping. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat(locale()).format(count);
}

/** "1 guest", "2 guests". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
