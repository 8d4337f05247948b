import type { DeliveryReason } from '@wedsync/contracts/communications';
import type { DeliveryId } from '@wedsync/contracts/ids';
import type { ClaimedBatch, ClaimedDelivery } from './claim-batch.ts';
import { assembleEmail, type WordedFrame } from './model/assemble-email.ts';
import { attemptsMax, retryDelayMs } from './model/retry-policy.ts';
import type { CommunicationsDeps, ComposedEmail, JournalBatch, SendOutcome } from './ports.ts';

/** What the ledger shall say of a delivery; the shape that `complete_deliveries` reads. */
export interface DeliveryResult {
  id: DeliveryId;
  state: 'sent' | 'ready' | 'failed' | 'skipped' | 'in_doubt';
  reason?: DeliveryReason;
  code?: string;
  /** Whether this counts as an attempt at the recipient. */
  counts: boolean;
  delayMs?: number;
}

export interface SendScope {
  deps: CommunicationsDeps;
  frame: WordedFrame;
  batch: ClaimedBatch;
  journal: JournalBatch;
}

export interface SentDelivery {
  result: DeliveryResult;
  /** The server could not be reached: the others would fare no better. */
  isDown: boolean;
}

/** Back into the line as if it had not been claimed. */
export const untouched = (id: DeliveryId): DeliveryResult => ({
  id,
  state: 'ready',
  counts: false,
});

function compose(scope: SendScope, delivery: ClaimedDelivery): Promise<ComposedEmail> {
  const { publicUrl, transport } = scope.deps;
  const email = assembleEmail(scope.frame, {
    id: delivery.id,
    address: delivery.address,
    recipient: { ...delivery.recipient, rsvpLink: `${publicUrl}/r/${delivery.rsvpToken}` },
    unsubscribeUrl: `${publicUrl}/u/${delivery.unsubscribeToken}`,
  });
  return transport.compose(email);
}

function resultOf(delivery: ClaimedDelivery, outcome: SendOutcome): DeliveryResult {
  const { id, attempts } = delivery;
  if (outcome.kind === 'accepted') return { id, state: 'sent', counts: true };
  if (outcome.kind === 'withheld') return untouched(id);
  const { code } = outcome;
  switch (outcome.kind) {
    case 'deferred': {
      const attempt = attempts + 1;
      if (attempt >= attemptsMax) {
        return { id, state: 'failed', reason: 'attempts_exhausted', code, counts: true };
      }
      return {
        id,
        state: 'ready',
        code,
        counts: true,
        delayMs: retryDelayMs(attempt, Math.random()),
      };
    }
    case 'rejected':
      return { id, state: 'failed', reason: 'rejected', code, counts: true };
    case 'unknown':
      return { id, state: 'in_doubt', reason: 'connection_lost', code, counts: true };
    case 'unreachable':
      return { ...untouched(id), code };
  }
}

async function handOver(
  scope: SendScope,
  delivery: ClaimedDelivery,
  email: ComposedEmail,
): Promise<SentDelivery> {
  const { id } = delivery;
  if (!scope.batch.isFresh()) return { result: untouched(id), isDown: false };
  scope.journal.start(id);
  if (!scope.batch.isFresh()) {
    scope.journal.finish(id, 'refused');
    return { result: untouched(id), isDown: false };
  }
  const outcome = await scope.deps.transport.send(email);
  if (outcome.kind === 'accepted') scope.journal.finish(id, 'accepted');
  else if (outcome.kind !== 'unknown') scope.journal.finish(id, 'refused');
  return { result: resultOf(delivery, outcome), isDown: outcome.kind === 'unreachable' };
}

/**
 * Sends one delivery and says what became of it. The journal hears of it before the first byte
 * leaves, and the lease is looked at after that: a process that slept through its lease and wakes
 * here either sees that it is too late, or has left a record that makes recovery hold the row back.
 */
export async function sendDelivery(
  scope: SendScope,
  delivery: ClaimedDelivery,
): Promise<SentDelivery> {
  const { id } = delivery;
  let email: ComposedEmail;
  try {
    email = await compose(scope, delivery);
  } catch {
    // One guest whose data cannot be worded must not hold up the others.
    return {
      result: { id, state: 'failed', reason: 'render_failed', counts: true },
      isDown: false,
    };
  }
  // Waiting for a connection comes first: only what is about to leave is written down as such.
  return scope.deps.transport.withConnection(() => handOver(scope, delivery, email));
}
