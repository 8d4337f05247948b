import type { QueueName } from '@wedsync/contracts/job';
import type { Logger } from '@wedsync/platform/log';
import type postgres from 'postgres';
import { type QueueConnection, wakeJobOptions } from './connection.ts';
import type { QueueMetrics } from './metrics.ts';
import type { Wake } from './wake.ts';

/** A job that a worker should look at. */
export interface QueuedRow {
  id: string;
  queue: QueueName;
}

/** What travels through the queue: which rows wait. Ids only, for the queue stores clear text. */
export interface Ticket {
  ids: string[];
}

export interface RelayOptions {
  sql: postgres.Sql;
  connection: QueueConnection;
  wake: Wake;
  log: Logger;
  metrics: QueueMetrics;
  /** A worker of this process that starts a row at once; false where it has no room for it. */
  takeNow?: (row: QueuedRow) => boolean;
  pollMs?: number;
}

export interface Loop {
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

const batchMax = 500;
const ticketSizeMax = 25;
/** A batch is cut into so many tickets at least, as far as it reaches, so that workers share it. */
const ticketsMin = 20;

/**
 * Tells the queue about rows. A few rows are a ticket each, so that they start at once wherever
 * there is room; many rows share tickets, because then the cost of the queue is what limits.
 */
export async function addTickets(
  connection: QueueConnection,
  rows: readonly QueuedRow[],
): Promise<void> {
  const byQueue = Map.groupBy(rows, (row) => row.queue);
  const adding = Array.from(byQueue, ([queue, members]) => {
    const size = Math.min(ticketSizeMax, Math.ceil(members.length / ticketsMin));
    const tickets: Ticket[] = [];
    for (let start = 0; start < members.length; start += size) {
      tickets.push({ ids: members.slice(start, start + size).map(({ id }) => id) });
    }
    const jobs = tickets.map((data) => ({ name: 'ticket', data, opts: wakeJobOptions }));
    return connection.queue(queue).addBulk(jobs);
  });
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
    while (again && !stopped) {
      again = false;
      while ((await relayBatch(options)) === batchMax && !stopped);
    }
  }

  function start(): void {
    again = true;
    if (stopped || running) return;
    running = drain()
      .catch((err: unknown) => {
        log.warn({ event: 'queue.relay_failed', err }, 'jobs stay in the outbox for now');
      })
      .finally(() => {
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
async function relayBatch(options: RelayOptions): Promise<number> {
  const { sql, connection, metrics, takeNow = () => false } = options;
  const rows = await sql<QueuedRow[]>`
    with due as (
      select id from ops.outbox where state = 'pending' and run_at <= now()
      order by run_at limit ${batchMax} for update skip locked
    )
    update ops.outbox o set state = 'relayed', relayed_at = now(), lease_until = null
    from due where o.id = due.id
    returning o.id, o.queue`;
  if (rows.length === 0) return 0;
  // What somebody waits for starts here where there is room. The row says that it was handed over
  // either way, so the sweep finds it where this process ends before it is claimed.
  const queued = rows.filter((row) => row.queue !== 'interactive' || !takeNow(row));
  try {
    await addTickets(connection, queued);
  } catch (error) {
    const ids = queued.map(({ id }) => id);
    await putBack(sql, ids);
    throw error;
  }
  for (const row of rows) metrics.relayed.inc({ queue: row.queue });
  return rows.length;
}

/** Relayed rows wait in the outbox again, except those that a worker has got hold of. */
export async function putBack(sql: postgres.Sql, ids: readonly string[]): Promise<void> {
  // A parameter, so that the planner takes the primary key and not the index of relayed rows.
  const relayed = 'relayed';
  await sql`
    update ops.outbox set state = 'pending', relayed_at = null
    where id = any(${ids}::uuid[]) and state = ${relayed} and lease_until is null`;
}
