import { defineJob } from '@wedsync/contracts/job';
import { sweepHeartbeats } from '@wedsync/contracts/monitoring';
import { createServiceDb, createTenantDb } from '@wedsync/db/client';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { createLogger } from '@wedsync/platform/log';
import { createMetrics } from '@wedsync/platform/metrics';
import { defineHandler } from '@wedsync/queue/handler';
import { startQueueRuntime } from '@wedsync/queue/runtime';
import { createWake } from '@wedsync/queue/wake';
import { createPostgresBackend, Queue, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/** What a job does, the same in both contestants. */
export type Work = () => Promise<unknown>;

/** One way to carry out jobs. */
export interface Contestant {
  /** Hands over `count` jobs and waits until all of them are done; returns milliseconds. */
  run(count: number, work: Work): Promise<number>;
  close(): Promise<void>;
}

export interface Arena {
  database: TestDatabase;
  redisUrl?: string | undefined;
  concurrency: number;
}

const log = createLogger({ service: 'bench', level: 'silent' });
const addBulkMax = 500;

/** Counts jobs down to the last one. */
class Countdown {
  #left = 0;
  #finish: () => void = () => {};

  start(count: number): Promise<void> {
    this.#left = count;
    return new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  tick(): void {
    if (--this.#left === 0) this.#finish();
  }
}

const bareName = 'bare';
const OnPostgres = withBackend(createPostgresBackend);

/** The queue and worker of BullMQ by itself, on either backend, opened as its guides say. */
function openBare({ database, redisUrl, concurrency }: Arena, processor: () => Promise<unknown>) {
  const settings = { concurrency, autorun: true };
  if (redisUrl) {
    const producer = new Redis(redisUrl);
    const consumer = new Redis(redisUrl, { maxRetriesPerRequest: null });
    return {
      queue: new Queue(bareName, { connection: producer }),
      worker: new Worker(bareName, processor, { ...settings, connection: consumer }),
      async end() {
        producer.disconnect();
        consumer.disconnect();
      },
    };
  }
  const pool = new pg.Pool({
    connectionString: database.url('worker'),
    options: '-c search_path=bullmq',
    max: 5,
  });
  return {
    queue: new OnPostgres.Queue(bareName, { connection: pool }),
    worker: new OnPostgres.Worker(bareName, processor, { ...settings, connection: pool }),
    end: () => pool.end(),
  };
}

/** BullMQ by itself: jobs are added in bulk, a worker calls the handler, and nothing else happens. */
export async function startBare(arena: Arena): Promise<Contestant> {
  const countdown = new Countdown();
  let work: Work = async () => {};
  const { queue, worker, end } = openBare(arena, () => work());
  worker.on('completed', () => countdown.tick());
  await worker.waitUntilReady();
  return {
    async run(count, chosen) {
      work = chosen;
      const startedAt = performance.now();
      const finished = countdown.start(count);
      for (let added = 0; added < count; added += addBulkMax) {
        const length = Math.min(addBulkMax, count - added);
        const opts = { removeOnComplete: true };
        await queue.addBulk(
          Array.from({ length }, () => ({ name: 'bench', data: { v: 1 }, opts })),
        );
      }
      await finished;
      return performance.now() - startedAt;
    },
    async close() {
      await worker.close();
      await queue.close();
      await end();
    },
  };
}

const benchJob = defineJob({
  name: 'bench.run-work',
  queue: 'bulk',
  payload: sweepHeartbeats.payload,
});

/**
 * Our pipeline: rows are committed to the outbox, the relay moves them to BullMQ, the worker claims
 * each under a lease, runs it and records the end. Done means: its row says so.
 */
export async function startOurs(arena: Arena): Promise<Contestant> {
  const { database, redisUrl, concurrency } = arena;
  const databaseUrl = database.url('worker');
  const db = createTenantDb({ url: databaseUrl, max: 1, applicationName: 'bench' });
  const serviceDb = createServiceDb({ url: databaseUrl, max: 1, applicationName: 'bench' });
  const wake = createWake({ databaseUrl, redisUrl, log });
  const countdown = new Countdown();
  let work: Work = async () => {};
  const handler = defineHandler(benchJob, async () => {
    await work();
    countdown.tick();
  });
  const runtime = await startQueueRuntime<undefined>({
    databaseUrl,
    redisUrl,
    wake,
    handlers: [handler],
    concurrency: { bulk: concurrency },
    metrics: createMetrics({ service: 'bench', processMetrics: false }),
    ground: {
      db,
      serviceDb,
      log,
      clock: { now: () => new Date() },
      random: Math.random,
      service: () => undefined,
    },
  });
  async function untilRecorded(): Promise<void> {
    let open: unknown;
    do [open] = await database.admin`select from ops.outbox where state <> 'done' limit 1`;
    while (open);
  }
  return {
    async run(count, chosen) {
      work = chosen;
      const startedAt = performance.now();
      const finished = countdown.start(count);
      for (let added = 0; added < count; added += addBulkMax) {
        await database.admin`
          insert into ops.outbox (id, job_name, queue, payload)
          select gen_random_uuid(), ${benchJob.name}, ${benchJob.queue}, '{"v": 1}'
          from generate_series(1, ${Math.min(addBulkMax, count - added)}::int)`;
        await wake.publish('outbox', '');
      }
      await finished;
      await untilRecorded();
      const tookMs = performance.now() - startedAt;
      await database.admin`truncate ops.outbox`;
      return tookMs;
    },
    async close() {
      await runtime.close();
      await Promise.all([db.end(), serviceDb.end(), wake.close()]);
    },
  };
}
