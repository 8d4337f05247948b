import type { QueueName } from '@wedsync/contracts/job';
import { openRenewedClient } from '@wedsync/db/renewed-client';
import type { Metrics } from '@wedsync/platform/metrics';
import type postgres from 'postgres';
import { connectQueue, type QueueConnection } from './connection.ts';
import type { JobHandler } from './handler.ts';
import type { JobGround } from './job-run.ts';
import { createLedger } from './ledger.ts';
import { createQueueMetrics } from './metrics.ts';
import { startRelay } from './relay.ts';
import { startSchedules } from './schedules.ts';
import { startSweep } from './sweep.ts';
import type { Wake } from './wake.ts';
import { startJobWorker } from './worker.ts';

export interface QueueRuntimeOptions<Service> {
  databaseUrl: string;
  redisUrl?: string | undefined;
  /** Namespace in a shared Redis. */
  prefix?: string;
  wake: Wake;
  handlers: readonly JobHandler<Service>[];
  ground: JobGround<Service>;
  /** Of jobs that somebody waits for, so that they never wait for a connection of a mailing's. */
  interactiveGround?: JobGround<Service>;
  metrics: Metrics;
  concurrency?: Partial<Record<QueueName, number>>;
  /** How long a worker may be silent before its jobs go to another one. */
  leaseMs?: number;
  sweepEveryMs?: number;
  /** How long a job may wait in the queue before the sweep looks for it. */
  quietMs?: number;
  relayPollMs?: number;
}

export interface QueueRuntime {
  readonly connection: QueueConnection;
  /** Jobs under way in this process. */
  readonly running: number;
  /** Stops taking work, lets work under way end or hands it back, and closes everything. */
  close(deadlineMs?: number): Promise<void>;
}

const concurrencyDefault: Record<QueueName, number> = { interactive: 16, bulk: 8, maintenance: 2 };
/** Claims, results, lease renewals and the relay each get along with one connection. */
const connectionsMax = 4;

/** Starts everything a worker process does with jobs: relay, sweep, calendar and workers. */
export async function startQueueRuntime<Service>(
  options: QueueRuntimeOptions<Service>,
): Promise<QueueRuntime> {
  const { databaseUrl, redisUrl, prefix, wake, ground, handlers, leaseMs = 30_000 } = options;
  const { log } = ground;
  const sql = openLedgerSql(databaseUrl);
  const connection = connectQueue({ databaseUrl, redisUrl, log, ...(prefix ? { prefix } : {}) });
  await connection.migrate();
  const metrics = createQueueMetrics(options.metrics);
  const worker = startJobWorker({
    connection,
    ledger: createLedger({ sql, leaseMs }),
    handlers,
    ground,
    interactiveGround: options.interactiveGround,
    metrics,
    leaseMs,
    concurrency: { ...concurrencyDefault, ...options.concurrency },
  });
  const contracts = handlers.map((handler) => handler.contract);
  const schedules = startSchedules({ connection, sql, wake, log, contracts });
  await schedules.apply();
  const shared = { sql, connection, log, metrics };
  const { takeNow } = worker;
  const relay = startRelay({
    ...shared,
    wake,
    takeNow,
    ...defined({ pollMs: options.relayPollMs }),
  });
  const sweep = startSweep({
    ...shared,
    restoreSchedules: schedules.restore,
    ...defined({ everyMs: options.sweepEveryMs, quietMs: options.quietMs }),
  });

  async function closeAll(deadlineMs: number): Promise<void> {
    await Promise.all([relay.stop(), sweep.stop(), schedules.close(), worker.close(deadlineMs)]);
    await connection.close();
    await sql.end({ timeout: 2 });
  }

  let closing: Promise<void> | undefined;
  return {
    connection,
    get running() {
      return worker.running;
    },
    close(deadlineMs = 8_000) {
      closing ??= closeAll(deadlineMs);
      return closing;
    },
  };
}

/**
 * Every statement of the ledger goes from ids to rows by the primary key, or takes the head of a
 * partial index. A plan made while the table was small would read all of it ever after.
 */
const planByIndex = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
};

/** The connections of the ledger: plain autocommitted statements, prepared once each. */
export function openLedgerSql(databaseUrl: string): postgres.Sql {
  const options = { url: databaseUrl, max: connectionsMax, applicationName: 'wedsync-ledger' };
  return openRenewedClient({ ...options, settings: planByIndex }, (client) => client).use;
}

/** Leaves out what is undefined, so that defaults of the callee hold. */
function defined<T extends Record<string, unknown>>(values: T) {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
