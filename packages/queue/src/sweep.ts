import type { Logger } from '@wedsync/platform/log';
import type postgres from 'postgres';
import type { QueueConnection } from './connection.ts';
import type { QueueMetrics } from './metrics.ts';
import { addToQueue, type Loop, type QueuedRow, wakeJobId } from './relay.ts';

export interface SweepOptions {
  sql: postgres.Sql;
  connection: QueueConnection;
  log: Logger;
  metrics: QueueMetrics;
  everyMs?: number;
  /** How long a job may wait in the queue before it is looked for. */
  quietMs?: number;
  /** Runs along with every sweep: restores the calendar where the queue has lost it. */
  restoreSchedules?: () => Promise<void>;
}

const batchMax = 500;
const sampleMax = 10;

/**
 * Adds to the queue what it should hold and may have lost: jobs that were relayed a while ago and
 * that nobody has claimed, and jobs whose worker let the lease run out. It runs on a timer of the
 * process and not as a scheduled job: a job that lives in the queue cannot heal the loss of it.
 */
export function startSweep(options: SweepOptions): Loop {
  const { log, everyMs = 5_000, restoreSchedules } = options;
  let running: Promise<void> | undefined;

  async function sweep(): Promise<void> {
    try {
      await restoreSchedules?.();
      await sweepOnce(options);
    } catch (err) {
      log.warn({ event: 'queue.sweep_failed', err }, 'lost jobs are looked for again soon');
    }
  }

  function start(): void {
    running ??= sweep().finally(() => {
      running = undefined;
    });
  }

  const timer = setInterval(start, everyMs);
  start();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/**
 * One sweep; returns how many jobs it added anew. Where the queue still knows what it is given, one
 * batch is enough: a long queue is not a lost one, and its next rows are looked at next time.
 */
export async function sweepOnce(options: SweepOptions): Promise<number> {
  const { sql, connection, metrics, log, quietMs = 15_000 } = options;
  let added = 0;
  for (;;) {
    const rows = await takeSuspects(sql, quietMs);
    if (rows.length === 0) return added;
    const missing = await countMissing(connection, rows);
    await addToQueue(connection, rows);
    if (missing === 0) return added;
    added += rows.length;
    for (const row of rows) metrics.stalled.inc({ queue: row.queue });
    log.info({ event: 'queue.swept', jobs: rows.length }, 'jobs were given to the queue again');
    if (rows.length < batchMax) return added;
  }
}

/** Marks the rows as relayed anew, so that several sweeps share the work. */
function takeSuspects(sql: postgres.Sql, quietMs: number): Promise<QueuedRow[]> {
  return sql<QueuedRow[]>`
    with suspect as (
      select id from ops.outbox
      where state = 'relayed' and (
        (lease_until is null and relayed_at < now() - ${quietMs}::float8 * interval '1 ms')
        or (lease_until < now() and relayed_at < greatest(
          lease_until, now() - ${quietMs}::float8 * interval '1 ms'))
      )
      order by relayed_at limit ${batchMax} for update skip locked
    )
    update ops.outbox o set relayed_at = now()
    from suspect where o.id = suspect.id
    returning o.id, job_name as "jobName", queue, lease_epoch as epoch`;
}

/** Asks the queue for a sample, evenly spread: asking for each would cost more than adding each. */
async function countMissing(connection: QueueConnection, rows: readonly QueuedRow[]) {
  const step = Math.max(1, Math.floor(rows.length / sampleMax));
  const sample = rows.filter((_, index) => index % step === 0);
  const states = await Promise.all(
    sample.map((row) => connection.queue(row.queue).getJobState(wakeJobId(row))),
  );
  return states.filter((state) => state === 'unknown').length;
}
