import { CancelSeatingRun, type SeatingRun } from '@wedsync/contracts/seating-runs';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { requireSeating } from './permission.ts';
import { readRun, toRun } from './run-rows.ts';

/**
 * Ends a run: one that waits at once, one that works within half a second, keeping the best plan so
 * far. A run that has ended stays as it is.
 * @throws DomainError `not-found`
 */
export async function cancelRun(ctx: ServiceContext, input: CancelSeatingRun): Promise<SeatingRun> {
  const { runId } = parseInput(CancelSeatingRun, input);
  await requireSeating(ctx, 'seating.optimize');
  const where = { weddingId: requireWedding(ctx), runId };
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const rows = await tx.execute<{ eventId: string }>(sql`
      update wedding.seating_runs r set is_cancel_requested = true,
        state = case when r.state = 'queued' then 'cancelled' else r.state end,
        ended_at = case when r.state = 'queued' then now() end
      where r.wedding_id = ${where.weddingId} and r.id = ${runId}
        and r.state in ('queued', 'running') and not r.is_cancel_requested
      returning r.event_id as "eventId"`);
    const run = toRun(await readRun(tx, where));
    if (rows.length === 0) return run;
    await audit({ action: 'seating.cancel-run', entity: 'seating-run', entityId: runId });
    await change({ entity: 'seating-run', entityId: run.eventId, kind: 'updated' });
    return run;
  });
}
