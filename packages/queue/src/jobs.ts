import { removeFinishedJobs } from '@wedsync/contracts/queue';
import { sql } from 'drizzle-orm';
import { defineHandler, type JobContext } from './handler.ts';

/** What was done needs no long memory; what failed waits for an operator. */
const keptDays = { done: 7, failed: 30, cancelled: 30 } as const;
const batchMax = 5_000;

/**
 * Deletes in batches of their own transactions, so that nothing is held locked for long. The list
 * of states beside the parameter lets every plan use the partial index of finished jobs.
 */
const removeFinished = defineHandler(
  removeFinishedJobs,
  async ({ serviceDb, signal, log }: JobContext<unknown>) => {
    for (const [state, days] of Object.entries(keptDays)) {
      let removed: number;
      do {
        signal.throwIfAborted();
        const rows = await serviceDb.run('maintenance.run', (tx) =>
          tx.execute(sql`
            with old as (
              select id from ops.outbox
              where state = ${state} and state in ('done', 'failed', 'cancelled')
                and finished_at < now() - ${days} * interval '1 day'
              order by finished_at limit ${batchMax} for update skip locked
            )
            delete from ops.outbox o using old where o.id = old.id returning o.id`),
        );
        removed = rows.length;
        if (removed > 0) log.info({ event: 'queue.finished_removed', state, jobs: removed });
      } while (removed === batchMax);
    }
  },
);

/** The queue's own jobs. */
export const queueJobs = [removeFinished] as const;
