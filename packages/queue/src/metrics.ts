import { queueNames } from '@wedsync/contracts/job';
import type { Metrics } from '@wedsync/platform/metrics';
import type { QueueConnection } from './connection.ts';

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
      help: 'Jobs found without a living worker or without a place in the queue, and started again',
      labels: ['queue'] as const,
    }),
    relayed: metrics.counter({
      name: 'wedsync_queue_relayed_total',
      help: 'Jobs moved from the outbox to the queue',
      labels: ['queue'] as const,
    }),
  };
}

/** Gauges that are read from the queue and the outbox at each scrape. */
export function observeQueueState(
  metrics: Metrics,
  connection: QueueConnection,
  outboxLag: () => Promise<{ pending: number; lagMs: number }>,
): void {
  metrics.gauge({
    name: 'wedsync_queue_depth_jobs',
    help: 'Jobs in the queue by state',
    labels: ['queue', 'state'] as const,
    async collect(gauge) {
      for (const queue of queueNames) {
        const counts = await connection.queue(queue).getJobCounts('waiting', 'active', 'delayed');
        for (const [state, jobs] of Object.entries(counts)) gauge.set({ queue, state }, jobs);
      }
    },
  });
  const pending = metrics.gauge({
    name: 'wedsync_outbox_pending_jobs',
    help: 'Jobs that are due and not yet in the queue',
    labels: [],
  });
  metrics.gauge({
    name: 'wedsync_outbox_lag_seconds',
    help: 'Age of the oldest job that is due and not yet in the queue',
    labels: [],
    async collect(gauge) {
      const lag = await outboxLag();
      pending.set(lag.pending);
      gauge.set(lag.lagMs / 1_000);
    },
  });
}
