import { timingSafeEqual } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { DomainError } from '@wedsync/contracts/errors';
import type { Health } from '@wedsync/platform/health';
import type { Metrics } from '@wedsync/platform/metrics';
import { type Context, Hono } from 'hono';

export interface ProbeOptions {
  health: Health;
  metrics: Metrics;
  /** Opens /metrics to other machines that send it as a bearer token. */
  metricsToken?: string | undefined;
}

type Bindings = { Bindings: HttpBindings };

/** /healthz and /readyz for whoever runs the process, /metrics for Prometheus. */
export function createProbes({ health, metrics, metricsToken }: ProbeOptions): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.get('/healthz', () => health.healthz());
  app.get('/readyz', () => health.readyz());
  app.get('/metrics', async (c) => {
    if (!isLocal(c) && !hasToken(c, metricsToken)) return c.notFound();
    return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
  });
  return app;
}

function isLocal(c: Context<Bindings>): boolean {
  const remote = c.env.incoming.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  return remote === '::1' || remote.startsWith('127.');
}

function hasToken(c: Context<Bindings>, token: string | undefined): boolean {
  if (!token) return false;
  const given = Buffer.from(c.req.header('authorization') ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Opens the worker's port.
 * @throws DomainError `precondition` with the remedy when the port is taken
 */
export function listen(
  app: Hono<Bindings>,
  { host, port }: { host: string; port: number },
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? portTaken(port) : error);
    });
    server.listen(port, host, () => {
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ port: (server.address() as AddressInfo).port, close });
    });
  });
}

const portTaken = (port: number) =>
  new DomainError(
    'precondition',
    'worker.port-taken',
    `Port ${port} is in use by another program. Stop it, or set WORKER_PORT to a free port.`,
  );
