import { JobInput } from '@wedsync/contracts/monitoring';
import { cancelJob as cancel } from '@wedsync/queue/inspect';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import type { MonitoringContext } from './ports.ts';
import { findJobName } from './queries/job-name.ts';
import { recordOperatorAction } from './record-operator-action.ts';

/**
 * Cancels a job that has not finished. One that runs is told to stop and can write nothing more.
 * @throws DomainError not-found where it has finished meanwhile
 */
export async function cancelJob(ctx: MonitoringContext, input: JobInput): Promise<void> {
  requireOperator(ctx);
  const { jobId } = parseInput(JobInput, input);
  await writeTx(ctx, async ({ tx }) => {
    const job = await findJobName(tx, jobId);
    await cancel(tx, jobId);
    await recordOperatorAction(ctx, tx, {
      action: 'jobs.cancel',
      entity: 'job',
      entityId: jobId,
      after: { job },
    });
  });
}
