import { randomUUID } from 'node:crypto';
import type { Logger } from '@wedsync/platform/log';
import { redactPath } from '@wedsync/platform/log';
import type { Metrics } from '@wedsync/platform/metrics';
import { createMiddleware } from 'hono/factory';
import { clientAddress } from './client-address.ts';
import type { HttpContext, HttpEnv } from './http-context.ts';
import type { Surface } from './surface.ts';

export interface RequestLogOptions {
  surface: Surface;
  log: Logger;
  metrics: Metrics;
  trustProxy: boolean;
}

const requestIdPattern = /^[\w-]{8,64}$/;

/** Bounded: a label may not hold what anybody can type into an address bar. */
function routeOf(c: HttpContext): string {
  const [, first = '', second = ''] = c.req.path.split('/');
  if (first === 'trpc') return `trpc ${c.res.status === 404 ? 'unknown' : second.split(',')[0]}`;
  if (first === 'api') return 'auth';
  if (['r', 'u', 'webhooks', 'healthz', 'readyz', 'metrics'].includes(first)) return first;
  return first === 'assets' ? 'assets' : 'page';
}

/**
 * Gives each request an id, a logger that carries it, one line when it is answered, and its place in
 * the metrics. Ids from outside are believed only from our own proxy: they end up in our logs.
 */
export function requestLog({ surface, log, metrics, trustProxy }: RequestLogOptions) {
  const duration = metrics.histogram({
    name: 'wedsync_http_request_duration_seconds',
    help: 'Time until the answer was ready; for event streams until it was opened',
    labels: ['surface', 'route', 'method', 'status'],
  });
  const series = new Map<string, ReturnType<typeof duration.labels>>();
  // To look a series up by its labels costs more than to write into it.
  const seriesOf = (route: string, method: string, status: number) => {
    const key = `${route} ${method} ${status}`;
    const known = series.get(key);
    if (known) return known;
    const found = duration.labels({ surface, route, method, status: String(status) });
    series.set(key, found);
    return found;
  };
  return createMiddleware<HttpEnv>(async (c, next) => {
    const startedAt = performance.now();
    const given = trustProxy ? c.req.header('x-request-id') : undefined;
    const requestId = given && requestIdPattern.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    c.set('log', log.child({ requestId }));
    c.set(
      'clientIp',
      clientAddress(
        c.env.incoming?.socket?.remoteAddress,
        c.req.header('x-forwarded-for'),
        trustProxy,
      ),
    );
    await next();
    c.res.headers.set('X-Request-Id', requestId);
    const tookMs = performance.now() - startedAt;
    const { status } = c.res;
    const route = routeOf(c);
    seriesOf(route, c.req.method, status).observe(tookMs / 1_000);
    if (route === 'healthz' || route === 'readyz' || route === 'metrics') return;
    if (!log.isLevelEnabled('info')) return;
    log.info(
      {
        event: 'server.request',
        requestId,
        surface,
        method: c.req.method,
        path: redactPath(c.req.path),
        status,
        tookMs: Math.round(tookMs * 10) / 10,
        ip: c.get('clientIp'),
      },
      'request',
    );
  });
}
