import { timingSafeEqual } from 'node:crypto';
import type { Health } from '@wedsync/platform/health';
import type { Metrics } from '@wedsync/platform/metrics';
import { Hono } from 'hono';
import { isLoopback } from './client-address.ts';
import type { HttpContext, HttpEnv } from './http-context.ts';

export interface ProbeOptions {
  health: Health;
  metrics: Metrics;
  /** Opens /metrics to other machines that send it as a bearer token. */
  metricsToken?: string | undefined;
}

function hasToken(c: HttpContext, token: string | undefined): boolean {
  const given = Buffer.from(c.req.header('authorization') ?? '');
  const expected = Buffer.from(`Bearer ${token ?? ''}`);
  return (
    token !== undefined && given.length === expected.length && timingSafeEqual(given, expected)
  );
}

/** From this machine and not through a proxy on it. */
function isLocal(c: HttpContext): boolean {
  const remote = c.env.incoming?.socket?.remoteAddress ?? '';
  return isLoopback(remote.replace(/^::ffff:/, '')) && !c.req.header('x-forwarded-for');
}

/** /healthz and /readyz for whoever runs the process, /metrics for Prometheus. */
export function probes({ health, metrics, metricsToken }: ProbeOptions) {
  const app = new Hono<HttpEnv>();
  app.get('/healthz', () => health.healthz());
  app.get('/readyz', () => health.readyz());
  app.get('/metrics', async (c) => {
    if (!isLocal(c) && !hasToken(c, metricsToken)) return c.notFound();
    return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
  });
  return app;
}
