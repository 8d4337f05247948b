import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  scheduledMoment,
  startsUntil,
  type WeddingDates,
  zonedMoment,
} from './schedule-times.ts';

/** @param wall `YYYY-MM-DD HH:MM` */
const moment = (wall: string, zone: string) => {
  const [day = '', time = ''] = wall.split(' ');
  return zonedMoment(day, time, zone).toISOString();
};

describe('a time of a day in a zone', () => {
  it.each([
    ['2027-01-15 10:00', 'Europe/Lisbon', '2027-01-15T10:00:00.000Z'],
    ['2027-07-15 10:00', 'Europe/Lisbon', '2027-07-15T09:00:00.000Z'],
    ['2027-07-15 10:00', 'America/New_York', '2027-07-15T14:00:00.000Z'],
    ['2027-07-15 10:00', 'Asia/Kathmandu', '2027-07-15T04:15:00.000Z'],
    ['2027-07-15 00:00', 'Pacific/Kiritimati', '2027-07-14T10:00:00.000Z'],
    ['2027-07-15 23:59', 'Pacific/Pago_Pago', '2027-07-16T10:59:00.000Z'],
  ])('%s in %s is %s', (wall, zone, expected) => {
    expect(moment(wall, zone)).toBe(expected);
  });

  it.each([
    // The clock goes from 2:00 to 3:00, from 1:00 to 2:00 and, in Lord Howe, from 2:00 to 2:30.
    ['2027-03-28 02:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z'],
    ['2027-03-28 01:30', 'Europe/Lisbon', '2027-03-28T01:30:00.000Z'],
    ['2027-10-03 02:15', 'Australia/Lord_Howe', '2027-10-02T15:45:00.000Z'],
    // The clock goes from 24:00 to 1:00: the day has no midnight.
    ['2024-04-26 00:30', 'Africa/Cairo', '2024-04-25T22:30:00.000Z'],
    // The day that Samoa left out.
    ['2011-12-30 10:00', 'Pacific/Apia', '2011-12-30T20:00:00.000Z'],
  ])('that the clock jumps over, %s in %s, is moved on by the jump', (wall, zone, at) => {
    expect(moment(wall, zone)).toBe(at);
  });

  it.each([
    ['2027-10-31 02:30', 'Europe/Berlin', '2027-10-31T00:30:00.000Z'],
    ['2027-11-07 01:30', 'America/New_York', '2027-11-07T05:30:00.000Z'],
    ['2027-04-04 01:45', 'Australia/Lord_Howe', '2027-04-03T14:45:00.000Z'],
  ])('that the clock shows twice, %s in %s, is the first of the two', (wall, zone, at) => {
    expect(moment(wall, zone)).toBe(at);
  });

  it('is what the clock of that zone shows, on any day in any zone', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 365 * 12 }),
        fc.integer({ min: 0, max: 24 * 60 - 1 }),
        (zone, days, minutes) => {
          const day = addDays('2024-01-01', days);
          const time = new Date(minutes * 60_000).toISOString().slice(11, 16);
          const at = zonedMoment(day, time, zone);
          const clock = new Intl.DateTimeFormat('sv-SE', {
            timeZone: zone,
            dateStyle: 'short',
            timeStyle: 'short',
          });
          const shown = clock.format(at);
          // Later only where the clock jumped, and no jump of today is longer than an hour.
          expect(shown >= `${day} ${time}`).toBe(true);
          const laterMs = Date.parse(`${shown.replace(' ', 'T')}Z`) - Date.parse(`${day}T${time}Z`);
          expect(laterMs).toBeLessThanOrEqual(3_600_000);
          if (laterMs > 0) {
            const before = new Date(at.getTime() - laterMs);
            expect(clock.format(before) < `${day} ${time}`).toBe(true);
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});

describe('a schedule', () => {
  const dates: WeddingDates = {
    timeZone: 'Europe/Lisbon',
    weddingDay: '2027-06-19',
    rsvpDeadline: '2027-04-03',
    eventDays: new Map([
      ['a', '2027-06-20'],
      ['b', null],
    ]),
  };
  const relative = (fields: object) =>
    scheduledMoment(
      {
        kind: 'relative',
        anchor: 'event',
        eventId: null,
        days: 0,
        time: '10:00',
        ...fields,
      } as never,
      dates,
    )?.toISOString();

  it('counts days and not hours, so that the clock may change in between', () => {
    // A week before 3 April is before the last Sunday of March.
    expect(relative({ anchor: 'rsvp_deadline', days: -7 })).toBe('2027-03-27T10:00:00.000Z');
    expect(relative({ anchor: 'rsvp_deadline', days: -6 })).toBe('2027-03-28T09:00:00.000Z');
    expect(relative({ anchor: 'wedding_day', days: 1 })).toBe('2027-06-20T09:00:00.000Z');
    expect(relative({ eventId: 'a', days: -365 })).toBe('2026-06-20T09:00:00.000Z');
  });

  it('has no moment while its date is undecided or its event is gone', () => {
    expect(relative({ eventId: 'b' })).toBeUndefined();
    expect(relative({ eventId: 'c' })).toBeUndefined();
  });

  it('starts by itself for half a day, or as long as somebody said', () => {
    const sendAt = new Date('2027-03-27T10:00:00Z');
    expect(startsUntil({ sendAt, notAfter: null }).toISOString()).toBe('2027-03-27T22:00:00.000Z');
    const notAfter = new Date('2027-03-27T11:00:00Z');
    expect(startsUntil({ sendAt, notAfter })).toBe(notAfter);
  });
});
