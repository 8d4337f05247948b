import { createServiceDb, createTenantDb } from '@wedsync/db/client';
import { createLogger } from '@wedsync/platform/log';
import { createMetrics } from '@wedsync/platform/metrics';
import type { JobInfo } from '@wedsync/queue/job-run';
import { type QueueRuntime, startQueueRuntime } from '@wedsync/queue/runtime';
import { createWake } from '@wedsync/queue/wake';
import { createContext, type ServiceContext, systemClock } from '@wedsync/service/context';
import { systemContext } from '@wedsync/testing/contexts';
import { seatingJobs } from '../jobs.ts';

/** Times short enough for a test to wait for a job that is taken over. */
const quick = { leaseMs: 5_000, sweepEveryMs: 250, quietMs: 500, relayPollMs: 100 };

/** Starts the queue as a worker process does, with the jobs of this room. */
export async function startRunWorker(databaseUrl: string): Promise<QueueRuntime> {
  const log = createLogger({ service: 'test-worker', level: 'silent' });
  const pool = { url: databaseUrl, max: 6, applicationName: 'test-worker' };
  const db = createTenantDb(pool);
  const serviceDb = createServiceDb({ ...pool, max: 2 });
  const wake = createWake({ databaseUrl, log });
  const service = (claims: Parameters<typeof db.read>[0], job: JobInfo): ServiceContext => {
    const ground = systemContext(db, claims.weddingId ? { weddingId: claims.weddingId } : {});
    const { name, requestId, signal } = job;
    return createContext(
      { ...ground, log: job.log, wake, requestId, signal },
      { actor: { kind: 'system', name }, weddingId: ground.weddingId },
    );
  };
  const runtime = await startQueueRuntime<ServiceContext>({
    databaseUrl,
    ...quick,
    wake,
    handlers: seatingJobs,
    metrics: createMetrics({ service: 'test-worker', processMetrics: false }),
    ground: { db, serviceDb, log, clock: systemClock, random: () => 0.5, service },
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
