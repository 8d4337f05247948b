import { describe, expect, it } from 'vitest';
import { instantOf, wallTimeOf } from './zoned-time.ts';

describe('a time of the wedding’s zone', () => {
  it('is the same moment on the clock of UTC', () => {
    expect(instantOf('2027-06-19T10:00', 'Europe/Lisbon')).toBe('2027-06-19T09:00:00.000Z');
    expect(instantOf('2027-01-19T10:00', 'America/New_York')).toBe('2027-01-19T15:00:00.000Z');
    expect(wallTimeOf('2027-06-19T09:00:00.000Z', 'Europe/Lisbon')).toBe('2027-06-19T10:00');
  });

  it('is the first of an hour that comes twice', () => {
    expect(instantOf('2027-10-31T01:30', 'Europe/Lisbon')).toBe('2027-10-31T00:30:00.000Z');
  });

  it('moves behind the gap in an hour that is left out', () => {
    const instant = instantOf('2027-03-28T01:30', 'Europe/Lisbon');
    expect(wallTimeOf(instant, 'Europe/Lisbon')).toBe('2027-03-28T02:30');
  });
});
