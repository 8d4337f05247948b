import type { PoolReading } from '@wedsync/contracts/monitoring';
import type { Metrics } from '@wedsync/platform/metrics';

const meanings = {
  max: 'Database connections the pool may open',
  busy: 'Database connections in use',
  waiting: 'Transactions that wait for a connection',
  refused: 'Transactions refused since the start because no connection became free in time',
} as const;
type Kind = keyof typeof meanings;

/** Tells Prometheus, at each scrape, how much of a process's pools is in use. */
export function observePools(metrics: Metrics, readPools: () => readonly PoolReading[]): void {
  for (const kind of Object.keys(meanings) as Kind[]) {
    metrics.gauge({
      name: `wedsync_db_pool_${kind}`,
      help: meanings[kind],
      labels: ['pool'] as const,
      collect(gauge) {
        for (const pool of readPools()) gauge.set({ pool: pool.name }, pool[kind]);
      },
    });
  }
}
