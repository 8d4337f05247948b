import { describe, expect, it } from 'vitest';
import { createHealth } from './health.ts';

describe('createHealth', () => {
  it('is ready only while every part answers', async () => {
    let up = true;
    const health = createHealth({
      checks: { database: () => (up ? Promise.resolve() : Promise.reject(new Error('host db-7'))) },
    });
    expect((await health.readyz()).status).toBe(200);
    up = false;
    const response = await health.readyz();
    const body = await response.text();
    expect(response.status).toBe(503);
    expect(body).toContain('"database"');
    expect(body).not.toContain('db-7');
    expect(health.healthz().status).toBe(200);
  });

  it('counts a check that hangs as failed', async () => {
    const health = createHealth({ checks: { queue: () => new Promise(() => {}) }, timeoutMs: 20 });
    expect(await health.check()).toMatchObject([{ name: 'queue', ok: false }]);
  });

  it('sends traffic away while draining', async () => {
    const health = createHealth({ checks: {} });
    health.drain();
    expect((await health.readyz()).status).toBe(503);
  });
});
