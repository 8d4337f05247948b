import type { QueueName } from '@wedsync/contracts/job';
import type { Logger } from '@wedsync/platform/log';
import type postgres from 'postgres';
import { type QueueConnection, wakeJobOptions } from './connection.ts';
import type { QueueMetrics } from './metrics.ts';
import type { Wake } from './wake.ts';

/** A job that belongs in the queue. `epoch` grows with every claim. */
export interface QueuedRow {
  id: string;
  jobName: string;
  queue: QueueName;
  epoch: string;
}

export interface RelayOptions {
  sql: postgres.Sql;
  connection: QueueConnection;
  wake: Wake;
  log: Logger;
  metrics: QueueMetrics;
  pollMs?: number;
}

export interface Loop {
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

const batchMax = 500;

/**
 * The queue's name for a row: the id and the epoch it will be claimed from. Adding the same one
 * twice adds nothing, so relays and sweeps may repeat each other; and a job that is tried again is
 * a new one to the queue, however long the old one takes to be forgotten.
 */
export const wakeJobId = (row: QueuedRow) => `${row.id}_${row.epoch}`;

/** The outbox id inside a queue job's id. */
export const outboxIdOf = (jobId: string) => jobId.slice(0, jobId.indexOf('_'));

/** Adds rows to their queues in bulk. Ids only: what the queue stores is clear text. */
export async function addToQueue(
  connection: QueueConnection,
  rows: readonly QueuedRow[],
): Promise<void> {
  const byQueue = Map.groupBy(rows, (row) => row.queue);
  const adding = Array.from(byQueue, ([queue, members]) =>
    connection.queue(queue).addBulk(
      members.map((row) => ({
        name: row.jobName,
        data: {},
        opts: { ...wakeJobOptions, jobId: wakeJobId(row) },
      })),
    ),
  );
  await Promise.all(adding);
}

/**
 * Moves due rows of the outbox to the queue: when woken, and once a second because a wake-up may be
 * lost. Several relays may run at once. A row is marked first and added afterwards: a worker may
 * look at it the moment it is added. Should the process die in between, the sweep adds it.
 */
export function startRelay(options: RelayOptions): Loop {
  const { wake, log, pollMs = 1_000 } = options;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function drain(): Promise<void> {
    do {
      again = false;
      try {
        while ((await relayBatch(options)) === batchMax && !stopped);
      } catch (err) {
        log.warn({ event: 'queue.relay_failed', err }, 'jobs stay in the outbox for now');
        return;
      }
    } while (again && !stopped);
  }

  function start(): void {
    if (stopped) return;
    again = true;
    running ??= drain().finally(() => {
      running = undefined;
    });
  }

  const timer = setInterval(start, pollMs);
  const subscribed = wake.subscribe('outbox', start).catch((err: unknown) => {
    log.warn({ event: 'queue.relay_unwoken', err }, 'the relay only polls');
  });
  start();

  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      const unsubscribe = await subscribed;
      await unsubscribe?.();
      await running;
    },
  };
}

/** Relays one batch; returns how many rows it held. */
async function relayBatch({ sql, connection, metrics }: RelayOptions): Promise<number> {
  const rows = await sql<QueuedRow[]>`
    with due as (
      select id from ops.outbox where state = 'pending' and run_at <= now()
      order by run_at limit ${batchMax} for update skip locked
    )
    update ops.outbox o set state = 'relayed', relayed_at = now(), lease_until = null
    from due where o.id = due.id
    returning o.id, job_name as "jobName", queue, lease_epoch as epoch`;
  if (rows.length === 0) return 0;
  try {
    await addToQueue(connection, rows);
  } catch (error) {
    await takeBack(sql, rows);
    throw error;
  }
  for (const row of rows) metrics.relayed.inc({ queue: row.queue });
  return rows.length;
}

/** The queue refused: the rows wait in the outbox, except those that a worker has got hold of. */
async function takeBack(sql: postgres.Sql, rows: readonly QueuedRow[]): Promise<void> {
  await sql`
    update ops.outbox o set state = 'pending', relayed_at = null
    from unnest(
      ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ epoch }) => epoch)}::bigint[]
    ) as r (id, epoch)
    where o.id = r.id and o.lease_epoch = r.epoch and o.state = 'relayed' and lease_until is null`;
}
