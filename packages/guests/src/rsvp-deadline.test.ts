import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfDay } from './rsvp-deadline.ts';

const wallDay = (instant: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(instant);

describe('the end of a day in a time zone', () => {
  it.each([
    ['an ordinary day', '2027-06-12', 'Europe/Lisbon', '2027-06-12T23:00:00Z'],
    ['a day of 23 hours', '2027-03-28', 'Europe/Berlin', '2027-03-28T22:00:00Z'],
    ['a day of 25 hours', '2027-10-31', 'Europe/Berlin', '2027-10-31T23:00:00Z'],
    ['the zone furthest east', '2027-06-12', 'Pacific/Kiritimati', '2027-06-12T10:00:00Z'],
    ['the zone furthest west', '2027-06-12', 'Etc/GMT+12', '2027-06-13T12:00:00Z'],
    ['a zone at half an hour', '2027-06-12', 'Asia/Kolkata', '2027-06-12T18:30:00Z'],
    ['a zone at a quarter', '2027-06-12', 'Asia/Kathmandu', '2027-06-12T18:15:00Z'],
    ['a next day without midnight', '2024-04-25', 'Africa/Cairo', '2024-04-25T22:00:00Z'],
    ['a next day with two midnights', '2024-11-02', 'America/Havana', '2024-11-03T04:00:00Z'],
    [
      'an hour that falls back into the day',
      '2018-02-17',
      'America/Sao_Paulo',
      '2018-02-18T03:00:00Z',
    ],
    ['a day before one that was skipped', '2011-12-29', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
  ])('is exact for %s', (...[, day, zone, instant]) => {
    expect(endOfDay(day, zone).toISOString()).toBe(new Date(instant).toISOString());
  });

  it('divides that day from the next one in every zone', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const days = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2040-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, (zone, date) => {
        const day = date.toISOString().slice(0, 10);
        const end = endOfDay(day, zone).getTime();
        expect(wallDay(end, zone) > day).toBe(true);
        expect(wallDay(end - 1, zone) <= day).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
