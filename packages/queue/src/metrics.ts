import type { ServiceDb } from '@wedsync/db/client';
import type { Metrics } from '@wedsync/platform/metrics';
import { countJobs, readOutboxLag } from './inspect.ts';

const durationBucketsS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1_800];

export type QueueMetrics = ReturnType<typeof createQueueMetrics>;

/** What the queue tells Prometheus about the work of this process. */
export function createQueueMetrics(metrics: Metrics) {
  const byJob = ['queue', 'job'] as const;
  return {
    wait: metrics.histogram({
      name: 'wedsync_queue_wait_duration_seconds',
      help: 'From the moment a job is due to the moment a worker claims it',
      labels: byJob,
      buckets: durationBucketsS,
    }),
    run: metrics.histogram({
      name: 'wedsync_queue_run_duration_seconds',
      help: 'From claim to end of an attempt',
      labels: byJob,
      buckets: durationBucketsS,
    }),
    attempts: metrics.counter({
      name: 'wedsync_queue_attempts_total',
      help: 'Attempts by how they ended: done, failed, pending (to be retried), lost, handed-back',
      labels: [...byJob, 'outcome'] as const,
    }),
    stalled: metrics.counter({
      name: 'wedsync_queue_stalled_total',
      help: 'Jobs that nobody worked on any more and that were given to the queue again',
      labels: ['queue'] as const,
    }),
    relayed: metrics.counter({
      name: 'wedsync_queue_relayed_total',
      help: 'Jobs moved from the outbox to the queue',
      labels: ['queue'] as const,
    }),
  };
}

/** Gauges that are read from the outbox at each scrape. */
export function observeOutbox(metrics: Metrics, db: ServiceDb): void {
  metrics.gauge({
    name: 'wedsync_queue_depth_jobs',
    help: 'Unfinished and failed jobs by state: scheduled, pending, waiting, running, failed',
    labels: ['queue', 'state'] as const,
    async collect(gauge) {
      for (const { queue, ...states } of await db.run('outbox.inspect', countJobs)) {
        for (const [state, jobs] of Object.entries(states)) gauge.set({ queue, state }, jobs);
      }
    },
  });
  metrics.gauge({
    name: 'wedsync_outbox_lag_seconds',
    help: 'Age of the oldest job that is due and has not been given to the queue',
    labels: [],
    async collect(gauge) {
      const { lagMs } = await db.run('outbox.inspect', readOutboxLag);
      gauge.set(lagMs / 1_000);
    },
  });
}
