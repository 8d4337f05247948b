import { setTimeout } from 'node:timers/promises';
import type { OutboxId } from '@wedsync/contracts/ids';
import type { JobContract } from '@wedsync/contracts/job';
import { createServiceDb, createTenantDb } from '@wedsync/db/client';
import { isRetryable } from '@wedsync/db/pg-errors';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { createLogger } from '@wedsync/platform/log';
import { createMetrics } from '@wedsync/platform/metrics';
import { Redis } from 'ioredis';
import { enqueue, type JobRequest } from '../outbox.ts';
import { type QueueRuntime, type QueueRuntimeOptions, startQueueRuntime } from '../runtime.ts';
import { createWake } from '../wake.ts';
import { type RigService, rigHandlers } from './jobs.ts';

/** Where a rig's processes find their parts. */
export interface RigPlace {
  databaseUrl: string;
  redisUrl?: string | undefined;
}

type Tuning = Partial<Omit<QueueRuntimeOptions<RigService>, 'databaseUrl' | 'redisUrl' | 'ground'>>;

/** Times short enough for a test to wait for every way of recovery. */
export const quick = { leaseMs: 1_500, sweepEveryMs: 200, quietMs: 500, relayPollMs: 100 };

/** Starts the queue as a worker process does, with the rig's handlers. */
export async function startRig(
  place: RigPlace,
  name: string,
  tuning: Tuning = {},
): Promise<QueueRuntime> {
  const log = createLogger({ service: name, level: 'silent' });
  const pool = { url: place.databaseUrl, max: 10, applicationName: name };
  const db = createTenantDb(pool);
  const serviceDb = createServiceDb({ ...pool, max: 2 });
  const wake = createWake({ ...place, log });
  const runtime = await startQueueRuntime<RigService>({
    ...place,
    ...quick,
    wake,
    handlers: rigHandlers,
    metrics: createMetrics({ service: name, processMetrics: false }),
    ground: {
      db,
      serviceDb,
      log,
      clock: { now: () => new Date() },
      random: () => 0.5,
      service: () => ({ process: name }),
    },
    ...tuning,
  });
  return {
    connection: runtime.connection,
    get running() {
      return runtime.running;
    },
    async close(deadlineMs) {
      await runtime.close(deadlineMs);
      await Promise.all([db.end(), serviceDb.end(), wake.close()]);
    },
  };
}

/** Table of effects; no key, so that a doubled effect is seen. */
export async function createEffects(database: TestDatabase): Promise<void> {
  await database.admin.unsafe(`
    create schema if not exists rig;
    create table if not exists rig.effects (
      key text, job_id uuid, attempt int, process text, at timestamptz not null default clock_timestamp()
    );
    grant usage on schema rig to wedsync_worker;
    grant select, insert on rig.effects to wedsync_worker;`);
}

/** Writes jobs as the server does: in a transaction of `wedsync_app`. */
export function request<C extends JobContract>(
  database: TestDatabase,
  ...requests: JobRequest<C>[]
): Promise<OutboxId[]> {
  return database.app.write({ actorKind: 'system' }, async (tx) => {
    const ids: OutboxId[] = [];
    for (const each of requests) ids.push(await enqueue(tx, each));
    return ids;
  });
}

export interface OutboxRow {
  state: string;
  attempts: number;
  last_error: string | null;
  lease_epoch: string;
  run_at: Date;
}

export async function rowOf(database: TestDatabase, id: string): Promise<OutboxRow> {
  const [row] = await database.admin<OutboxRow[]>`select * from ops.outbox where id = ${id}`;
  if (!row) throw new Error(`no outbox row ${id}`);
  return row;
}

export async function effectsOf(database: TestDatabase, keyPrefix: string): Promise<string[]> {
  const rows = await database.admin<{ key: string }[]>`
    select key from rig.effects where starts_with(key, ${keyPrefix}) order by key`;
  return rows.map(({ key }) => key);
}

/** Polls until `probe` is true; fails with `what` after the time. */
export async function until(
  what: string,
  probe: () => Promise<boolean> | boolean,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await probe())) {
    if (performance.now() > deadline)
      throw new Error(`waited ${timeoutMs} ms in vain for: ${what}`);
    await setTimeout(25);
  }
}

export const untilState = (database: TestDatabase, id: string, state: string) =>
  until(`job ${id} to be ${state}`, async () => (await rowOf(database, id)).state === state);

/** Deletes everything the queue knows, under the feet of whoever works with it. */
export async function wipeQueue(database: TestDatabase, redisUrl?: string): Promise<void> {
  if (redisUrl) {
    const redis = new Redis(redisUrl);
    await redis.flushall();
    redis.disconnect();
    return;
  }
  const tables = await database.admin<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'bullmq' and tablename <> 'migration'`;
  const truncate = `truncate ${tables.map(({ name }) => name).join(', ')} cascade`;
  // TRUNCATE locks one table after the other, and whoever works meanwhile may hold the next one.
  for (;;) {
    try {
      await database.admin.unsafe(truncate);
      return;
    } catch (error) {
      if (!isRetryable(error)) throw error;
    }
  }
}
