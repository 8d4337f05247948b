/** Parts of an instant on the clock of a zone. */
function clockOf(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** `2027-06-19T10:00`: what a clock in `timeZone` shows at the instant. */
export function wallTimeOf(iso: string, timeZone: string): string {
  return clockOf(new Date(iso), timeZone);
}

/**
 * The instant at which a clock in `timeZone` shows `wall` (`YYYY-MM-DDTHH:MM`). Of an hour that
 * comes twice the first one; in an hour that is left out, the time the same distance behind the gap.
 */
export function instantOf(wall: string, timeZone: string): string {
  const asUtc = Date.parse(`${wall}:00Z`);
  const offsetAt = (ms: number) => Date.parse(`${clockOf(new Date(ms), timeZone)}:00Z`) - ms;
  // The offset a day before holds unless the clocks change between; then the later one may.
  const offsets = [offsetAt(asUtc - 86_400_000), offsetAt(asUtc + 86_400_000)];
  const fitting = offsets.map((offset) => asUtc - offset).find((ms) => ms + offsetAt(ms) === asUtc);
  return new Date(fitting ?? asUtc - (offsets[0] ?? 0)).toISOString();
}
