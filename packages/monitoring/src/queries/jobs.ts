import { OutboxId } from '@wedsync/contracts/ids';
import type { QueueName } from '@wedsync/contracts/job';
import {
  type FailedJob,
  ListFailedJobs,
  type OpenJob,
  type OutboxReading,
  type QueueReading,
} from '@wedsync/contracts/monitoring';
import type { Page } from '@wedsync/contracts/paging';
import type { Tx } from '@wedsync/db/client';
import { countJobs, listFailedJobs as readFailedJobs, readOutboxLag } from '@wedsync/queue/inspect';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from '../ports.ts';
import { moment } from './moment.ts';

type Finished = { queue: QueueName; done: number; failed: number };

function readFinished(tx: Tx): Promise<Finished[]> {
  return tx.execute<Finished>(sql`
    select queue, count(*) filter (where state = 'done')::int as done,
      count(*) filter (where state = 'failed')::int as failed
    from ops.outbox
    where state in ('done', 'failed', 'cancelled') and finished_at > now() - interval '1 hour'
    group by queue`);
}

/** Jobs per queue and state, as the ledger has them. */
export async function listQueues(ctx: MonitoringContext): Promise<QueueReading[]> {
  requireOperator(ctx);
  return readTx(ctx, async (tx) => {
    const [counts, finished] = await Promise.all([countJobs(tx), readFinished(tx)]);
    return counts.map((reading) => ({
      ...reading,
      doneLastHour: finished.find((row) => row.queue === reading.queue)?.done ?? 0,
    }));
  });
}

function readCursor(cursor: string | undefined) {
  if (!cursor) return {};
  const [finishedAt = '', id = ''] = cursor.split('|');
  return { before: { finishedAt, id: OutboxId.parse(id) } };
}

/** Jobs that failed for good, newest first. */
export async function listFailedJobs(
  ctx: MonitoringContext,
  input: ListFailedJobs,
): Promise<Page<FailedJob>> {
  requireOperator(ctx);
  const { cursor, limit } = parseInput(ListFailedJobs, input);
  const rows = await readTx(ctx, (tx) =>
    readFailedJobs(tx, { limit: limit + 1, ...readCursor(cursor) }),
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ id, finishedAt, createdAt, ...job }) => ({
      ...job,
      jobId: id,
      createdAt: moment(createdAt),
      failedAt: moment(finishedAt),
    })),
    nextCursor: rows.length > limit && last ? `${last.finishedAt}|${last.id}` : null,
  };
}

const oldestMax = 100;

type OpenRow = Omit<OpenJob, 'runAt' | 'createdAt'> & {
  jobId: OutboxId;
  run_at: string;
  created_at: string;
};

function readOldest(tx: Tx): Promise<OpenRow[]> {
  return tx.execute<OpenRow>(sql`
    select id as "jobId", job_name as "jobName", queue, attempts, last_error as error, run_at, created_at,
      case
        when state = 'pending' and run_at > now() then 'scheduled'
        when state = 'pending' then 'pending'
        when lease_until >= now() then 'running'
        else 'waiting'
      end as state
    from ops.outbox where state in ('pending', 'relayed')
    order by run_at, id limit ${oldestMax}`);
}

/** How far the hand-over of jobs to the queue lags behind, and the jobs that are open. */
export async function getOutbox(ctx: MonitoringContext): Promise<OutboxReading> {
  requireOperator(ctx);
  return readTx(ctx, async (tx) => {
    const [lag, counts, finished, oldest] = await Promise.all([
      readOutboxLag(tx),
      countJobs(tx),
      readFinished(tx),
      readOldest(tx),
    ]);
    return {
      ...lag,
      scheduled: counts.reduce((sum, reading) => sum + reading.scheduled, 0),
      doneLastHour: finished.reduce((sum, row) => sum + row.done, 0),
      failedLastHour: finished.reduce((sum, row) => sum + row.failed, 0),
      oldest: oldest.map(({ run_at, created_at, ...job }) => ({
        ...job,
        runAt: moment(run_at),
        createdAt: moment(created_at),
      })),
    };
  });
}
