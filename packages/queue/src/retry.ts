import type { JobContract } from '@wedsync/contracts/job';
import { toDomainError } from '@wedsync/db/pg-errors';
import { redactText } from '@wedsync/platform/log';
import { ZodError } from 'zod';
import type { Outcome } from './ledger.ts';

const delayMsMax = 15 * 60_000;
const errorLengthMax = 500;

/** True where the same work may succeed later: a part is unavailable, or a transaction lost a race. */
export function isTransient(error: unknown): boolean {
  return toDomainError(error).kind === 'unavailable';
}

/**
 * Back-off before the attempt after `attempts` failed ones: doubles each time up to 15 minutes, and
 * is drawn from the upper half of that span so that jobs that failed together do not return together.
 * `random` lies in [0, 1).
 */
export function backoffDelayMs(
  contract: Pick<JobContract, 'backoffMs'>,
  attempts: number,
  random: number,
): number {
  const span = Math.min(contract.backoffMs * 2 ** (attempts - 1), delayMsMax);
  return Math.round(span * (0.5 + random / 2));
}

/**
 * What a failed attempt leads to. Only what may pass by itself is tried again, as often as the
 * contract allows; a mistake fails at once and stays visible.
 */
export function outcomeOf(
  error: unknown,
  contract: Pick<JobContract, 'attempts' | 'backoffMs'>,
  { attempts, random }: { attempts: number; random: number },
): Outcome {
  const message = describeFailure(error);
  if (!isTransient(error) || attempts >= contract.attempts) {
    return { state: 'failed', error: message };
  }
  return { state: 'pending', error: message, delayMs: backoffDelayMs(contract, attempts, random) };
}

/**
 * One line for the operator. Addresses and links are cut out, and of a database error only the
 * message is kept: its detail quotes the row.
 */
export function describeFailure(error: unknown): string {
  const known = toDomainError(error);
  const text = known.kind === 'bug' ? rawMessage(error) : `${known.code}: ${known.message}`;
  return redactText(text).slice(0, errorLengthMax);
}

function rawMessage(error: unknown): string {
  if (error instanceof ZodError) {
    const paths = error.issues.map(
      (issue) => `${issue.path.join('.') || 'payload'} (${issue.code})`,
    );
    return `invalid payload: ${paths.join(', ')}`;
  }
  if (!(error instanceof Error)) return 'a value that is no error was thrown';
  // Drizzle's own message quotes the statement with its parameters.
  const origin = error.cause instanceof Error ? error.cause : error;
  return `${origin.name}: ${origin.message}`;
}
