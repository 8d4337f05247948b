const hourMs = 3_600_000;
const minuteMs = 60_000;

/**
 * The instant at which a calendar day ends in a time zone: the first one that the zone's wall clock
 * calls the next day. Found by search over what the zone database says, so that days of 23 and 25
 * hours, and zones whose clocks change at midnight, need no rules of their own.
 * @param day `YYYY-MM-DD`
 * @param timeZone IANA name
 */
export function endOfDay(day: string, timeZone: string): Date {
  const wallDay = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const midnightUtc = Date.parse(`${day}T00:00:00Z`) + 24 * hourMs;
  // Zones lie between UTC-12 and UTC+14. Their clocks change at whole minutes.
  let before = midnightUtc - 15 * hourMs;
  let after = midnightUtc + 13 * hourMs;
  while (after - before > minuteMs) {
    const middle = before + Math.floor((after - before) / 2 / minuteMs) * minuteMs;
    if (wallDay.format(middle) > day) after = middle;
    else before = middle;
  }
  return new Date(after);
}
