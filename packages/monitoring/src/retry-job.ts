import { JobInput } from '@wedsync/contracts/monitoring';
import { retryJob as startOver } from '@wedsync/queue/inspect';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import type { MonitoringContext } from './ports.ts';
import { findJobName } from './queries/job-name.ts';
import { recordOperatorAction } from './record-operator-action.ts';

/**
 * Starts a job over that failed for good, with all its attempts.
 * @throws DomainError not-found where it is not failed any more; conflict where the same work has
 * been requested anew meanwhile
 */
export async function retryJob(ctx: MonitoringContext, input: JobInput): Promise<void> {
  requireOperator(ctx);
  const { jobId } = parseInput(JobInput, input);
  await writeTx(ctx, async ({ tx }) => {
    const job = await findJobName(tx, jobId);
    await startOver(tx, jobId);
    await recordOperatorAction(ctx, tx, {
      action: 'jobs.retry',
      entity: 'job',
      entityId: jobId,
      after: { job },
    });
  });
  // The relay also looks by itself: a lost wake-up only delays.
  await ctx.wake.publish('outbox', '').catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'monitoring.wake_failed');
  });
}
