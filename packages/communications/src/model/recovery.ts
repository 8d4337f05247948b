import type { DeliveryReason } from '@wedsync/contracts/communications';
import type { DeliveryId } from '@wedsync/contracts/ids';
import type { JournalReading } from '../ports.ts';

export interface ExpiredDelivery {
  id: DeliveryId;
  /** Since the lease ran out. */
  expiredMs: number;
  /** The provider refuses to take it twice, so there is nothing to doubt: it is handed in again. */
  isRepeatable?: boolean;
}

export interface RecoveryDecision {
  id: DeliveryId;
  state: 'sent' | 'ready' | 'in_doubt';
  reason?: DeliveryReason;
}

/** How long a journal on another machine may take to come back before its rows are put in doubt. */
const journalWaitMs = 600_000;

/**
 * What became of a delivery whose claimant went silent, by the journal of its batch. Undefined: wait, the journal may still be read elsewhere.
 */
export function decideRecovery(
  { id, expiredMs, isRepeatable }: ExpiredDelivery,
  journal: JournalReading | undefined,
): RecoveryDecision | undefined {
  if (!journal) {
    if (isRepeatable) return { id, state: 'ready' };
    if (expiredMs < journalWaitMs) return undefined;
    return { id, state: 'in_doubt', reason: 'journal_lost' };
  }
  const mark = journal.marks.get(id);
  if (mark === 'accepted') return { id, state: 'sent' };
  if (isRepeatable) return { id, state: 'ready' };
  // Neither a missing record nor the last that is left is the last that was written.
  if (!journal.isComplete) return { id, state: 'in_doubt', reason: 'journal_lost' };
  if (!mark || mark === 'refused') return { id, state: 'ready' };
  return { id, state: 'in_doubt', reason: 'process_died' };
}
