import { OutboxId } from '@wedsync/contracts/ids';
import { describe, expect, it } from 'vitest';
import { tickId, tickMsOf } from './schedules.ts';

describe('a tick of the calendar', () => {
  it('has the same id in every process and another one at every moment', () => {
    const id = tickId('guests.check-links', 1_790_000_000_000);
    expect(id).toBe(tickId('guests.check-links', 1_790_000_000_000));
    expect(id).not.toBe(tickId('guests.check-links', 1_790_000_000_001));
    expect(id).not.toBe(tickId('guests.check-tags', 1_790_000_000_000));
    expect(OutboxId.safeParse(id).success).toBe(true);
  });

  it('is read from the name BullMQ gives it', () => {
    expect(tickMsOf('repeat:guests.check-links:1790000000000')).toBe(1_790_000_000_000);
    expect(() => tickMsOf('something else')).toThrow('not a tick');
  });
});
