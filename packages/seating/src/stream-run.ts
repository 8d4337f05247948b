import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@wedsync/contracts/errors';
import { GetSeatingRun, type SeatingRun } from '@wedsync/contracts/seating-runs';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { readRun, toRun } from './run-rows.ts';

/** The worker writes about three times a second; nobody sees more than that. */
const lookMs = 300;

export interface RunStreamOptions {
  /** Whether the caller may still read this wedding. */
  mayContinue: () => Promise<boolean>;
}

/**
 * A run as it goes: at first as it is, then whenever something changed, and a last time when it has
 * ended. Ends when the request does; fails with `unauthenticated` when access has ended.
 * @throws DomainError `not-found`
 */
export async function* streamRun(
  ctx: ServiceContext,
  input: GetSeatingRun,
  { mayContinue }: RunStreamOptions,
): AsyncGenerator<SeatingRun, void, void> {
  const { runId } = parseInput(GetSeatingRun, input);
  requirePermission(ctx, 'seating.read');
  const where = { weddingId: requireWedding(ctx), runId };
  let seen = 0;
  while (!ctx.signal.aborted) {
    const record = await readTx(ctx, (tx) => readRun(tx, where));
    if (record.version !== seen) {
      seen = record.version;
      yield toRun(record);
    }
    if (record.endedAt !== null) return;
    if (!(await mayContinue())) {
      throw new DomainError(
        'unauthenticated',
        'seating.access-ended',
        'You no longer have access here. Sign in again or ask the planner.',
      );
    }
    await pause(lookMs, undefined, { signal: ctx.signal }).catch(() => undefined);
  }
}
