import { DomainError } from '@wedsync/contracts/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { backoffDelayMs, describeFailure, outcomeOf } from './retry.ts';

const contract = { attempts: 3, backoffMs: 100 };
const first = { attempts: 1, random: 0.5 };
const postgresError = (code: string, message = 'pg') => Object.assign(new Error(message), { code });

describe('the retry policy', () => {
  it('tries again what is unavailable, a lost race and a lost connection', () => {
    const transient = [
      new DomainError('unavailable', 'x.y', 'Away.'),
      postgresError('40001'),
      postgresError('40P01'),
      postgresError('ECONNREFUSED'),
      new Error('Failed query', { cause: postgresError('57P01') }),
    ];
    for (const error of transient) expect(outcomeOf(error, contract, first).state).toBe('pending');
  });

  it('fails everything else at once', () => {
    const final = [
      new DomainError('invalid', 'x.y', 'No.'),
      new DomainError('conflict', 'x.y', 'No.'),
      postgresError('23505'),
      new TypeError('boom'),
      'a string',
    ];
    for (const error of final) expect(outcomeOf(error, contract, first).state).toBe('failed');
  });

  it('fails at the last attempt', () => {
    const error = new DomainError('unavailable', 'x.y', 'Away.');
    const last = outcomeOf(error, contract, { attempts: 3, random: 0 });
    expect(last).toEqual({ state: 'failed', error: 'x.y: Away.' });
  });

  it('waits between half of and the whole doubled span, and never above 15 minutes', () => {
    for (const backoffMs of [1, 50, 1_000, 60_000]) {
      for (let attempts = 1; attempts <= 60; attempts++) {
        const span = Math.min(backoffMs * 2 ** (attempts - 1), 900_000);
        const delays = [0, 0.5, 0.999].map((random) =>
          backoffDelayMs({ backoffMs }, attempts, random),
        );
        expect(delays[0]).toBe(Math.round(span / 2));
        expect(delays).toEqual(delays.toSorted((a, b) => a - b));
        expect(delays[2]).toBeLessThanOrEqual(span);
      }
    }
  });

  it('describes a failure without the row, the statement or the address in it', () => {
    const inner = postgresError('XX000', 'broken for ada@example.org');
    const wrapped = new Error("Failed query: insert into guests values ('Ada')", { cause: inner });
    expect(describeFailure(wrapped)).toMatch(/^Error: broken for \S+$/);
    expect(describeFailure(wrapped)).not.toContain('ada@example.org');
    const parsed = z.object({ key: z.string() }).safeParse({ key: 7 });
    expect(describeFailure(parsed.error)).toBe('invalid payload: key (invalid_type)');
  });
});
