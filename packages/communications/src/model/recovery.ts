import type { DeliveryReason } from '@wedsync/contracts/communications';
import type { DeliveryId } from '@wedsync/contracts/ids';
import type { JournalReading } from '../ports.ts';

export interface ExpiredDelivery {
  id: DeliveryId;
  epoch: number;
  /** Since the lease ran out. */
  expiredMs: number;
}

export interface RecoveryDecision {
  id: DeliveryId;
  state: 'sent' | 'ready' | 'in_doubt';
  reason?: DeliveryReason;
}

/** How long a journal on another machine may take to come back before its rows are put in doubt. */
const journalWaitMs = 600_000;

/**
 * What became of a delivery whose claimant went silent. A record under another epoch belongs to an
 * earlier claim and says nothing. Undefined: wait, the journal may still be read elsewhere.
 */
export function decideRecovery(
  { id, epoch, expiredMs }: ExpiredDelivery,
  journal: JournalReading | undefined,
): RecoveryDecision | undefined {
  if (!journal) {
    if (expiredMs < journalWaitMs) return undefined;
    return { id, state: 'in_doubt', reason: 'journal_lost' };
  }
  const record = journal.get(id);
  if (!record || record.epoch !== epoch || record.mark === 'refused') return { id, state: 'ready' };
  if (record.mark === 'accepted') return { id, state: 'sent' };
  return { id, state: 'in_doubt', reason: 'process_died' };
}
