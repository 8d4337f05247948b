import type { AppRouter } from '@wedsync/api/router';
import type { TenantDb } from '@wedsync/db/client';
import type { Health } from '@wedsync/platform/health';
import type { Logger } from '@wedsync/platform/log';
import type { Metrics } from '@wedsync/platform/metrics';
import type { Wake } from '@wedsync/queue/wake';
import type { KeyRing } from '@wedsync/service/key-ring';
import type { Accounts, createAccessResolver } from '@wedsync/weddings/accounts';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { csrf } from 'hono/csrf';
import { authRoutes } from './auth.ts';
import { bodyLimits } from './body-limits.ts';
import { errorResponse } from './error-response.ts';
import { exportRoutes } from './exports.ts';
import type { HttpEnv } from './http-context.ts';
import { printRoutes } from './prints.ts';
import { probes } from './probes.ts';
import type { RateLimits } from './rate-limits.ts';
import { jsonOnly, sameOriginOnly } from './request-guard.ts';
import { requestLog } from './request-log.ts';
import { rpcRoutes } from './rpc.ts';
import { securityHeaders } from './security-headers.ts';
import { staticFiles } from './static-files.ts';
import type { SurfaceAddress } from './surface.ts';

export interface AppOptions {
  address: SurfaceAddress;
  router: AppRouter;
  db: TenantDb;
  wake: Wake;
  keyRing: KeyRing;
  accounts: Accounts;
  resolveAccess: ReturnType<typeof createAccessResolver>;
  limits: RateLimits;
  health: Health;
  metrics: Metrics;
  metricsToken?: string | undefined;
  log: Logger;
  trustProxy: boolean;
  /** Folder of the built frontend. */
  staticRoot: string;
  stopping: AbortSignal;
  /** Pages that need no account; they bring their own checks. */
  publicPages?: Hono<HttpEnv> | undefined;
  /** Doors of providers, who sign what they send: no cookies, no origin. */
  webhooks?: Hono<HttpEnv> | undefined;
}

/** One surface: what is answered there, in which order, under which headers. */
export function createApp(options: AppOptions): Hono<HttpEnv> {
  const { address, log, metrics, trustProxy } = options;
  const { surface, origins } = address;
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => errorResponse(c, error));
  app.use('*', requestLog({ surface, log, metrics, trustProxy }));
  app.use('*', securityHeaders(address.publicUrl.startsWith('https:')));
  app.route('/', probes(options));
  app.use('*', compress());
  app.use('*', bodyLimits);
  if (options.publicPages) app.route('/', options.publicPages);
  if (options.webhooks) app.route('/', options.webhooks);

  for (const path of ['/trpc/*', '/api/*']) {
    app.use(path, csrf({ origin: [...origins] }), sameOriginOnly(origins), jsonOnly);
  }
  app.route('/', authRoutes(options));
  app.route('/', rpcRoutes({ ...options, surface }));
  if (surface === 'web') {
    app.route('/', exportRoutes({ ...options, surface }));
    app.route('/', printRoutes({ ...options, surface }));
  }
  app.route('/', staticFiles(options.staticRoot));
  return app;
}
