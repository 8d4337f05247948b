import { getCountries } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { isOpenNow, nextOpening, zonesOfCountry, zonesOfPhone } from './quiet-hours.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const allZones = Intl.supportedValuesOf('timeZone');
const from = Date.UTC(2026, 0, 1);
const until = Date.UTC(2028, 0, 1);

/** Minutes since midnight on the wall of a zone, by another way than the model's. */
function clock(zone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
    year: 'numeric',
  });
  return (at: number) => {
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(at)) ?? [];
    const offset = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
    return (((Math.floor(at / minuteMs) + offset) % 1440) + 1440) % 1440;
  };
}
const isDay = (minutes: number) => minutes >= 8 * 60 && minutes < 21 * 60;

/** The days of two years on which a zone changes its clock. */
function changeDays(zone: string): number[] {
  const minutesAt = clock(zone);
  const days: number[] = [];
  for (let day = from; day < until; day += dayMs) {
    if (minutesAt(day) !== minutesAt(day + dayMs)) days.push(day);
  }
  return days;
}

describe('quiet hours in every zone of the world', () => {
  it('knows more than 400 zones', () => {
    expect(allZones.length).toBeGreaterThan(400);
  });

  it('never opens at night: every zone, around every change of the clock and each month', () => {
    const wrong: string[] = [];
    let looked = 0;
    let changes = 0;
    for (const zone of allZones) {
      const minutesAt = clock(zone);
      const ofChange = changeDays(zone);
      changes += ofChange.length;
      const days = ofChange.flatMap((day) => [day - dayMs, day, day + dayMs]);
      for (let month = 0; month < 24; month++) days.push(Date.UTC(2026, month, 13));
      for (const day of days) {
        // Seven minutes is no divisor of a quarter: every minute of the clock comes up.
        for (let at = day; at < day + dayMs; at += 7 * minuteMs) {
          looked++;
          if (isOpenNow([zone], new Date(at)) && !isDay(minutesAt(at))) wrong.push(`${zone} ${at}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(changes).toBeGreaterThan(400);
    expect(looked).toBeGreaterThan(2_000_000);
  }, 120_000);

  it('moves a text of the night to 8:00 sharp, also in the night in which the clock changes', () => {
    const wrong: string[] = [];
    for (const zone of allZones) {
      const minutesAt = clock(zone);
      for (const day of [Date.UTC(2026, 5, 1), ...changeDays(zone)]) {
        for (let at = day; at < day + dayMs; at += 97 * minuteMs) {
          const opening = nextOpening([zone], new Date(at))?.getTime() ?? 0;
          const waits = opening !== at;
          if (!isDay(minutesAt(opening))) wrong.push(`${zone} opens at night after ${at}`);
          if (waits && minutesAt(opening) !== 8 * 60) wrong.push(`${zone} not at 8:00 after ${at}`);
          if (waits && opening - at > 13 * 3_600_000) wrong.push(`${zone} waits long after ${at}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('the day on which the clock changes', () => {
  it.each([
    ['Europe/Lisbon', '2026-03-29'],
    ['Europe/Lisbon', '2026-10-25'],
    ['America/New_York', '2026-03-08'],
    ['America/New_York', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-04-05'],
    ['Antarctica/Troll', '2026-03-29'],
  ])('is open for exactly thirteen hours: %s on %s', (zone, day) => {
    const start = Date.parse(day) - 2 * dayMs;
    const runs: number[] = [];
    let run = 0;
    for (let at = start; at < start + 5 * dayMs; at += minuteMs) {
      if (isOpenNow([zone], new Date(at))) run++;
      else if (run > 0) run = 0 * runs.push(run);
    }
    // Without the last minute, in which a text could arrive too late; the first run may be cut.
    expect(runs.slice(1).length).toBeGreaterThanOrEqual(3);
    for (const minutes of runs.slice(1)) expect(minutes).toBe(13 * 60 - 1);
  });
});

describe('where the owner of a number may be', () => {
  it('is the one zone of the country, wherever the wedding is', () => {
    expect(zonesOfPhone('+33612345678', 'America/New_York')).toEqual(['Europe/Paris']);
    expect(zonesOfPhone('+81312345678', 'Europe/Lisbon')).toEqual(['Asia/Tokyo']);
  });

  it('is any zone of a large country, and a text waits until all of them are awake', () => {
    const zones = zonesOfPhone('+12125551234', 'America/New_York');
    expect(zones).toContain('Pacific/Honolulu');
    // 9:00 in New York is 3:00 in Honolulu.
    expect(isOpenNow(zones, new Date('2026-06-10T13:00:00Z'))).toBe(false);
    expect(nextOpening(zones, new Date('2026-06-10T13:00:00Z'))?.toISOString()).toBe(
      '2026-06-10T18:00:00.000Z',
    );
    // 20:58 in New York, and 20:59 is too late to arrive in time.
    expect(isOpenNow(zones, new Date('2026-06-11T00:58:59Z'))).toBe(true);
    expect(isOpenNow(zones, new Date('2026-06-11T00:59:01Z'))).toBe(false);
  });

  it('tells countries apart that share a calling code', () => {
    expect(zonesOfPhone('+77012345678', 'Europe/Lisbon')).toContain('Asia/Almaty');
    expect(zonesOfPhone('+18762345678', 'Europe/Lisbon')).toEqual(['America/Jamaica']);
  });

  it('falls back to the zone of the wedding for a number of no country', () => {
    expect(zonesOfPhone('+870773111632', 'Europe/Lisbon')).toEqual(['Europe/Lisbon']);
    expect(zonesOfPhone('not a number', 'Europe/Lisbon')).toEqual(['Europe/Lisbon']);
  });

  it('has at least one zone for every country with telephones, and a common hour on every day', () => {
    const shut: string[] = [];
    for (const country of getCountries()) {
      const zones = zonesOfCountry(country);
      expect(zones, country).not.toEqual([]);
      for (let month = 0; month < 24; month++) {
        const day = new Date(Date.UTC(2026, month, 15));
        const opening = nextOpening(zones, day);
        if (!opening || opening.getTime() - day.getTime() > dayMs) shut.push(`${country} ${month}`);
      }
    }
    expect(shut).toEqual([]);
  });
});
