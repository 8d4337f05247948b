import type { Logger } from '@wedsync/platform/log';
import type postgres from 'postgres';
import { type QueueConnection, tickQueue } from './connection.ts';
import type { QueueMetrics } from './metrics.ts';
import { addTickets, type Loop, type QueuedRow } from './relay.ts';

export interface SweepOptions {
  sql: postgres.Sql;
  connection: QueueConnection;
  log: Logger;
  metrics: QueueMetrics;
  everyMs?: number;
  /** How long a job may wait before it is told of again; doubles each time, up to 5 minutes. */
  quietMs?: number;
  /** Runs along with every sweep: restores the calendar where the queue has lost it. */
  restoreSchedules?: () => Promise<void>;
}

const batchMax = 500;

/**
 * Tells the queue again about jobs that it may have lost: those that were relayed a while ago and
 * that nobody has claimed, and those whose worker let the lease run out. It runs on a timer of the
 * process and not as a scheduled job: a job that lives in the queue cannot heal the loss of it.
 *
 * Telling twice is harmless, because a job is claimed in PostgreSQL and only once. The pauses
 * double, so that a long queue is not made longer; and where the queue has lost everything, its
 * mark is gone too, and everything is told again at once.
 */
export function startSweep(options: SweepOptions): Loop {
  const { log, everyMs = 5_000, restoreSchedules } = options;
  let running: Promise<void> | undefined;

  async function sweep(): Promise<void> {
    try {
      await sweepOnce(options);
      await restoreSchedules?.();
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

/** One sweep; returns how many jobs it told the queue of. */
export async function sweepOnce(options: SweepOptions): Promise<number> {
  const { sql, connection, metrics, log, quietMs = 15_000 } = options;
  const [clock] = await sql<{ now: string }[]>`select now()::text as now`;
  const wiped = !(await hasMark(connection));
  const before = wiped ? (clock?.now ?? null) : null;
  let told = 0;
  for (;;) {
    const rows = await takeQuiet(sql, quietMs, before);
    if (rows.length > 0) await addTickets(connection, rows);
    for (const { queue } of rows) metrics.stalled.inc({ queue });
    told += rows.length;
    if (rows.length < batchMax) break;
  }
  // Last: should this process die before, the next sweep starts over.
  if (wiped) await setMark(connection);
  if (told > 0) log.info({ event: 'queue.swept', jobs: told, wiped }, 'jobs were told of again');
  return told;
}

/**
 * Marks the rows as relayed anew, so that several sweeps share the work.
 * @param before tells of everything that was relayed before this moment, however short ago
 */
function takeQuiet(
  sql: postgres.Sql,
  quietMs: number,
  before: string | null,
): Promise<QueuedRow[]> {
  return sql<QueuedRow[]>`
    with quiet as (
      select id from ops.outbox
      where state = 'relayed' and (lease_until is null or lease_until < now())
        and (
          now() - relayed_at > greatest(
            ${quietMs}::float8 * interval '1 ms',
            least(relayed_at - greatest(created_at, run_at), interval '5 minutes'))
          or relayed_at < lease_until
          or relayed_at < ${before}::timestamptz
        )
      order by relayed_at limit ${batchMax} for update skip locked
    )
    update ops.outbox o set relayed_at = now()
    from quiet where o.id = quiet.id
    returning o.id, o.queue`;
}

const markId = 'intact';
const tenYearsMs = 10 * 365 * 24 * 3_600_000;

/** Whether the queue still holds what it was given when it was empty. */
async function hasMark(connection: QueueConnection): Promise<boolean> {
  return (await connection.queue(tickQueue).getJobState(markId)) === 'delayed';
}

async function setMark(connection: QueueConnection): Promise<void> {
  const opts = { jobId: markId, delay: tenYearsMs };
  await connection.queue(tickQueue).addBulk([{ name: markId, data: {}, opts }]);
}
