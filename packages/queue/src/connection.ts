import { type QueueName, queueNames } from '@wedsync/contracts/job';
import type { Logger } from '@wedsync/platform/log';
import type { JobsOptions, Processor, Queue, Worker, WorkerOptions } from 'bullmq';
import { connectPostgres } from './connection-postgres.ts';
import { connectRedis } from './connection-redis.ts';

/** The queue that carries calendar ticks; apart, so that a backlog never delays the calendar. */
export const tickQueue = 'ticks';
export type QueueKey = QueueName | typeof tickQueue;
export const queueKeys: readonly QueueKey[] = [...queueNames, tickQueue];

/** What we use of a BullMQ queue; the same on both backends. */
export type WakeQueue = Pick<
  Queue,
  | 'addBulk'
  | 'getJobState'
  | 'getJobCounts'
  | 'getJobSchedulers'
  | 'upsertJobScheduler'
  | 'removeJobScheduler'
  | 'waitUntilReady'
>;
export type WakeWorker = Pick<Worker, 'run' | 'close'>;

export interface ConnectionOptions {
  /** Set: BullMQ runs on Redis. Unset: on PostgreSQL, in the schema `bullmq`. */
  redisUrl?: string | undefined;
  /** Of the login that works the queue: `wedsync_worker`, or `wedsync_app` for a producer. */
  databaseUrl: string;
  log: Logger;
  /** PostgreSQL connections besides the one each worker listens on. */
  poolMax?: number;
  /** Namespace in a shared Redis. */
  prefix?: string;
}

export type WorkerSettings = Pick<
  WorkerOptions,
  'concurrency' | 'lockDuration' | 'stalledInterval'
>;

/** BullMQ on one of its two backends. */
export interface QueueConnection {
  readonly kind: 'redis' | 'postgres';
  /** Creates or updates BullMQ's own tables; nothing to do on Redis. Run by the worker at start. */
  migrate(): Promise<void>;
  /** The queue of that name, opened once. */
  queue(name: QueueKey): WakeQueue;
  /** A worker that has not started yet: call `run`. */
  worker(name: QueueKey, processor: Processor, settings: WorkerSettings): WakeWorker;
  /** Throws when the backend does not answer. */
  ping(): Promise<void>;
  /** Closes queues and connections; workers must have been closed before. */
  close(): Promise<void>;
}

/** Opens the backend that the environment chose. */
export function connectQueue(options: ConnectionOptions): QueueConnection {
  const { redisUrl } = options;
  return redisUrl ? connectRedis({ ...options, redisUrl }) : connectPostgres(options);
}

/**
 * The queue only wakes: what it held is gone once it has been handed over, whatever became of it,
 * because the rows of `ops.outbox` say that.
 */
export const wakeJobOptions: JobsOptions = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: true,
};
