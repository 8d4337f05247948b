import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

describe('createMetrics', () => {
  it('prints what was counted, with the service on every line', async () => {
    const metrics = createMetrics({ service: 'worker', processMetrics: false });
    metrics
      .counter({ name: 'jobs_total', help: 'Jobs.', labels: ['queue'] })
      .inc({ queue: 'mail' });
    expect(await metrics.text()).toContain('jobs_total{queue="mail",service="worker"} 1');
  });

  it('yields the same metric for the same name and refuses another kind', () => {
    const metrics = createMetrics({ service: 'worker', processMetrics: false });
    const counter = metrics.counter({ name: 'x_total', help: 'X.' });
    expect(metrics.counter({ name: 'x_total', help: 'X.' })).toBe(counter);
    expect(() => metrics.gauge({ name: 'x_total', help: 'X.' })).toThrow(/of another kind/);
  });

  it('asks a gauge for its value at each scrape', async () => {
    const metrics = createMetrics({ service: 's', processMetrics: false });
    let lag = 1;
    metrics.gauge({ name: 'lag_ms', help: 'Lag.', collect: (gauge) => gauge.set(lag) });
    expect(await metrics.text()).toMatch(/lag_ms\{.*\} 1\n/);
    lag = 2;
    expect(await metrics.text()).toMatch(/lag_ms\{.*\} 2\n/);
  });
});
