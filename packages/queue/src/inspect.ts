import { DomainError } from '@wedsync/contracts/errors';
import type { OutboxId } from '@wedsync/contracts/ids';
import { type QueueName, queueNames } from '@wedsync/contracts/job';
import type { Tx } from '@wedsync/db/client';
import { sql } from 'drizzle-orm';
import { type QueueConnection, tickQueue } from './connection.ts';

/** Reads and repairs for operators. All of them work as `wedsync_app`. */

export interface QueueCounts {
  queue: QueueName;
  /** Jobs planned for later, retries among them. */
  scheduled: number;
  /** Due and not yet in the queue. */
  pending: number;
  waiting: number;
  running: number;
  failed: number;
}

/** What stands in the outbox, per queue: the authority, whatever the queue itself believes. */
export async function countJobs(tx: Tx): Promise<QueueCounts[]> {
  const rows = await tx.execute<QueueCounts & Record<string, unknown>>(sql`
    select queue,
      count(*) filter (where state = 'pending' and run_at > now())::int as scheduled,
      count(*) filter (where state = 'pending' and run_at <= now())::int as pending,
      count(*) filter (where state = 'relayed' and (lease_until is null or lease_until < now()))::int
        as waiting,
      count(*) filter (where state = 'relayed' and lease_until >= now())::int as running,
      count(*) filter (where state = 'failed')::int as failed
    from ops.outbox where state in ('pending', 'relayed', 'failed')
    group by queue`);
  const none = { scheduled: 0, pending: 0, waiting: 0, running: 0, failed: 0 };
  return queueNames.map((queue) => rows.find((row) => row.queue === queue) ?? { queue, ...none });
}

export interface OutboxLag {
  /** Jobs that are due and not yet in the queue. */
  pending: number;
  /** Age of the oldest of them. */
  lagMs: number;
}

export async function readOutboxLag(tx: Tx): Promise<OutboxLag> {
  const [row] = await tx.execute<{ pending: number; lag_ms: number }>(sql`
    select count(*)::int as pending,
      coalesce(extract(epoch from now() - min(run_at)) * 1000, 0)::float8 as lag_ms
    from ops.outbox where state = 'pending' and run_at <= now()`);
  return { pending: row?.pending ?? 0, lagMs: row?.lag_ms ?? 0 };
}

export interface FailedJob {
  id: OutboxId;
  jobName: string;
  queue: QueueName;
  /** Ids only, by the rule that payloads hold nothing else. */
  payload: unknown;
  attempts: number;
  error: string | null;
  requestId: string | null;
  createdAt: string;
  finishedAt: string;
}

export interface FailedJobsInput {
  limit: number;
  /** `finishedAt` and `id` of the last row of the page before. */
  before?: Pick<FailedJob, 'finishedAt' | 'id'>;
}

/** Jobs that failed for good, newest first. */
export async function listFailedJobs(tx: Tx, input: FailedJobsInput): Promise<FailedJob[]> {
  const { limit, before } = input;
  const older = before
    ? sql`and (finished_at, id) < (${before.finishedAt}::timestamptz, ${before.id}::uuid)`
    : sql``;
  return tx.execute<FailedJob & Record<string, unknown>>(sql`
    select id, job_name as "jobName", queue, payload, attempts, last_error as error,
      request_id as "requestId", created_at as "createdAt", finished_at as "finishedAt"
    from ops.outbox where state = 'failed' ${older}
    order by finished_at desc, id desc limit ${limit}`);
}

/**
 * Starts a failed job over, with all its attempts. Wake the `outbox` channel after the commit.
 * @throws DomainError not-found, or conflict when the same work has been requested anew meanwhile
 */
export async function retryJob(tx: Tx, id: OutboxId): Promise<void> {
  const [row] = await tx.execute<{ result: string }>(sql`select ops.retry_job(${id}) as result`);
  if (row?.result === 'duplicate') {
    throw new DomainError(
      'conflict',
      'queue.already-queued',
      'The same work is waiting or running already. Wait for that job to finish.',
    );
  }
  if (row?.result !== 'retried') throw notThere('only a failed job can be started over');
}

/**
 * Cancels a job that has not finished; a worker that runs it is fenced off and told to stop.
 * @throws DomainError not-found
 */
export async function cancelJob(tx: Tx, id: OutboxId): Promise<void> {
  const [row] = await tx.execute<{ result: boolean }>(sql`select ops.cancel_job(${id}) as result`);
  if (!row?.result) throw notThere('only a job that has not finished can be cancelled');
}

function notThere(reason: string): DomainError {
  const message = `This job is not in that state any more: ${reason}. Reload the list.`;
  return new DomainError('not-found', 'queue.job-not-found', message);
}

export interface ScheduleEntry {
  jobName: string;
  pattern?: string | undefined;
  everyMs?: number | undefined;
  tz?: string | undefined;
  nextAt: Date | null;
}

/** The calendar, next entry first. */
export async function listSchedules(connection: QueueConnection): Promise<ScheduleEntry[]> {
  const entries = await connection.queue(tickQueue).getJobSchedulers(0, -1, true);
  return entries.map(({ key, pattern, every, tz, next }) => ({
    jobName: key,
    pattern,
    everyMs: every,
    tz,
    nextAt: next ? new Date(next) : null,
  }));
}
