import { describe, expect, it } from 'vitest';
import { describeSchedule, jobRoom, jobTitle } from './job-words.ts';

describe('jobs in words', () => {
  it('turns the name of a job into a phrase and its room', () => {
    expect(jobTitle('weddings.send-account-email')).toBe('Send account email');
    expect(jobRoom('weddings.send-account-email')).toBe('Weddings');
  });

  it.each([
    [{ everyMs: 3_600_000 }, 'Every hour'],
    [{ everyMs: 30_000 }, 'Every 30 seconds'],
    [{ everyMs: 172_800_000 }, 'Every 2 days'],
    [{ pattern: '15 3 * * *' }, 'Every day at 03:15 (UTC)'],
    [{ pattern: '0 4 * * 1' }, 'Every Monday at 04:00 (UTC)'],
    [{ pattern: '7 * * * *' }, 'Every hour at minute 7 (UTC)'],
    [{ pattern: '*/5 8-18 * * 1-5' }, '*/5 8-18 * * 1-5 (UTC)'],
    [{}, 'Not planned'],
  ])('says when %o runs', (schedule, words) => {
    expect(describeSchedule({ pattern: null, everyMs: null, tz: 'UTC', ...schedule })).toBe(words);
  });
});
