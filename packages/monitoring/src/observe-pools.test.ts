import { createMetrics } from '@wedsync/platform/metrics';
import { expect, it } from 'vitest';
import { observePools } from './observe-pools.ts';

it('reads the pools anew at every scrape', async () => {
  const metrics = createMetrics({ service: 'test', processMetrics: false });
  let busy = 1;
  observePools(metrics, () => [{ name: 'app', max: 8, busy, waiting: 0, refused: 3 }]);
  expect(await metrics.text()).toContain('wedsync_db_pool_busy{pool="app",service="test"} 1');
  busy = 5;
  const text = await metrics.text();
  expect(text).toContain('wedsync_db_pool_busy{pool="app",service="test"} 5');
  expect(text).toContain('wedsync_db_pool_refused{pool="app",service="test"} 3');
});
