import type { Schedule } from '@wedsync/contracts/communications';

/** The dates of a wedding from which messages are counted; null while one is undecided. */
export interface WeddingDates {
  /** IANA name. */
  timeZone: string;
  /** `YYYY-MM-DD`, as all days here. */
  weddingDay: string | null;
  rsvpDeadline: string | null;
  eventDays: ReadonlyMap<string, string | null>;
}

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

/** What the clock on the wall shows, written as if it were UTC. */
function wallClock(at: number, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type) ?? 0);
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
}

const offsetAt = (at: number, timeZone: string) =>
  wallClock(at, timeZone) - Math.floor(at / 1_000) * 1_000;

/**
 * The moment at which a zone's clock shows a time of a day. A time that the clock jumps over is moved
 * on by the jump, and of a time that it shows twice the first one is meant: what Temporal calls
 * `compatible` (RFC 5545 §3.3.5 says the same).
 * @param day `YYYY-MM-DD`
 * @param time `HH:MM`
 * @param timeZone IANA name
 */
export function zonedMoment(day: string, time: string, timeZone: string): Date {
  const wall = Date.parse(`${day}T${time.slice(0, 5)}:00Z`);
  // No zone changes its clock twice within two days, so these are the offsets around the time.
  const before = offsetAt(wall - dayMs, timeZone);
  const after = offsetAt(wall + dayMs, timeZone);
  const candidates = [wall - before, wall - after].filter((at) => wallClock(at, timeZone) === wall);
  return new Date(candidates.length > 0 ? Math.min(...candidates) : wall - before);
}

/** The day a number of days later; earlier where the number is negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The first moment that is no longer of this day. */
export const endOfDayIn = (day: string, timeZone: string): Date =>
  zonedMoment(addDays(day, 1), '00:00', timeZone);

export interface DayAnchor {
  anchor: 'rsvp_deadline' | 'wedding_day' | 'event';
  eventId: string | null;
}

/** The day that is counted from; null while it is undecided or its event is gone. */
export function anchorDay({ anchor, eventId }: DayAnchor, dates: WeddingDates): string | null {
  if (anchor === 'rsvp_deadline') return dates.rsvpDeadline;
  if (anchor === 'wedding_day') return dates.weddingDay;
  return (eventId && dates.eventDays.get(eventId)) || null;
}

/** When a message leaves; null while the date that it hangs on is undecided. */
export function scheduledMoment(schedule: Schedule, dates: WeddingDates): Date | null {
  if (schedule.kind === 'at') return new Date(schedule.at);
  const day = anchorDay(schedule, dates);
  return day === null
    ? null
    : zonedMoment(addDays(day, schedule.days), schedule.time, dates.timeZone);
}

/** How long after its moment a message still starts by itself, where nobody said anything else. */
const graceMs = 12 * 3_600_000;

/** The last moment at which a scheduled message starts without a person's look. */
export function startsUntil({ sendAt, notAfter }: { sendAt: Date; notAfter: Date | null }): Date {
  return notAfter ?? new Date(sendAt.getTime() + graceMs);
}
