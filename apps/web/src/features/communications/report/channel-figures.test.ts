import { describe, expect, it } from 'vitest';
import { figuresOf, shareWords } from './channel-figures.ts';

describe('figures of channels', () => {
  it('count every delivery once, over all channels', () => {
    const email = { counts: { sent: 5, delivered: 80, bounced: 3, complained: 1, skipped: 10 } };
    const sms = { counts: { ready: 4, claimed: 1, failed: 2, in_doubt: 1, cancelled: 3 } };
    expect(figuresOf([email, sms])).toEqual({
      ...{ all: 110, waiting: 5, left: 89, delivered: 80, cameBack: 4 },
      ...{ failed: 2, inDoubt: 1, leftOut: 10, stopped: 3 },
    });
    expect(figuresOf([]).all).toBe(0);
  });
});

describe('a share', () => {
  it.each([
    [0, 0, undefined],
    [0, 200, '0 %'],
    [1, 200, 'less than 1 %'],
    [100, 200, '50 %'],
    [1_999, 2_000, '99 %'],
    [2_000, 2_000, '100 %'],
  ])('of %i in %i reads %s', (part, whole, words) => {
    expect(shareWords(part, whole)).toBe(words);
  });
});
