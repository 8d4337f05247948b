import { refreshSeatingViewsJob } from '@wedsync/contracts/seating-runs';
import { requireOperator } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import type { MonitoringContext } from './ports.ts';
import { recordOperatorAction } from './record-operator-action.ts';

/**
 * Has a worker bring the views of seating up to date now. Asked again while that waits, it is done
 * once.
 */
export async function refreshSeatingViews(ctx: MonitoringContext): Promise<void> {
  requireOperator(ctx);
  await writeTx(ctx, async ({ tx, enqueue }) => {
    await enqueue(refreshSeatingViewsJob, { v: 1 }, { dedupeKey: 'seating.refresh-views/asked' });
    await recordOperatorAction(ctx, tx, {
      action: 'seating.refresh-views',
      entity: 'seating-views',
    });
  });
}
