import { DeliveryId, newId } from '@wedsync/contracts/ids';
import { describe, expect, it } from 'vitest';
import { parseJournal } from '../adapters/file-journal.ts';
import type { JournalReading } from '../ports.ts';
import { decideRecovery } from './recovery.ts';

const id = newId(DeliveryId);
const whole = (text: string): JournalReading => ({ marks: parseJournal(text), isComplete: true });
const torn = (text: string): JournalReading => ({ marks: parseJournal(text), isComplete: false });
const expired = { id, expiredMs: 1_000 };

describe('a delivery whose claimant went silent', () => {
  it('was sent where the server had accepted it', () => {
    const journal = whole(`>${id}\n+${id}\n`);
    expect(decideRecovery(expired, journal)).toEqual({ id, state: 'sent' });
  });

  it('is in doubt where sending had begun and no answer was noted', () => {
    expect(decideRecovery(expired, whole(`>${id}\n`))).toEqual({
      id,
      state: 'in_doubt',
      reason: 'process_died',
    });
  });

  it('is ready again where nothing had begun, or the server had refused', () => {
    expect(decideRecovery(expired, whole(''))).toEqual({ id, state: 'ready' });
    expect(decideRecovery(expired, whole(`>${id}\n-${id}\n`))).toEqual({
      id,
      state: 'ready',
    });
  });

  it('is handed in again where the provider refuses to take it twice', () => {
    const repeatable = { ...expired, isRepeatable: true };
    expect(decideRecovery(repeatable, whole(`>${id}\n`))).toEqual({ id, state: 'ready' });
    expect(decideRecovery(repeatable, undefined)).toEqual({ id, state: 'ready' });
    expect(decideRecovery(repeatable, whole(`>${id}\n+${id}\n`))).toMatchObject({
      state: 'sent',
    });
  });

  it('is in doubt after a power cut, unless an acceptance outlived it', () => {
    const doubt = { id, state: 'in_doubt', reason: 'journal_lost' };
    expect(decideRecovery(expired, torn(''))).toEqual(doubt);
    expect(decideRecovery(expired, torn(`>${id}\n`))).toEqual(doubt);
    // It may have been started once more after the refusal.
    expect(decideRecovery(expired, torn(`>${id}\n-${id}\n`))).toEqual(doubt);
    expect(decideRecovery(expired, torn(`>${id}\n+${id}\n`))).toEqual({ id, state: 'sent' });
    expect(decideRecovery({ ...expired, isRepeatable: true }, torn(''))).toEqual({
      id,
      state: 'ready',
    });
  });

  it('does not trust a half-written line', () => {
    expect(decideRecovery(expired, whole(`>${id}\n+${id}`))).toMatchObject({
      state: 'in_doubt',
    });
  });

  it('waits for a journal that is elsewhere, then says that it is lost', () => {
    expect(decideRecovery(expired, undefined)).toBeUndefined();
    expect(decideRecovery({ ...expired, expiredMs: 600_000 }, undefined)).toEqual({
      id,
      state: 'in_doubt',
      reason: 'journal_lost',
    });
  });
});
