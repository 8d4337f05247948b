import { describe, expect, it } from 'vitest';
import { countdownWords } from './countdown.ts';

describe('the countdown', () => {
  it.each([
    [-1, '1 day ago'],
    [0, 'Today'],
    [1, 'Tomorrow'],
    [21, 'In 21 days'],
    [22, 'In 3 weeks'],
    [200, 'In 7 months'],
  ])('says %i days as “%s”', (days, words) => {
    expect(countdownWords(days)).toBe(words);
  });
});
