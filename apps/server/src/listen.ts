import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { DomainError } from '@wedsync/contracts/errors';
import type { Hono } from 'hono';
import type { HttpEnv } from './http-context.ts';

export interface Listening {
  port: number;
  /** Takes no new connection, lets requests in flight end, then closes idle ones. */
  close(): Promise<void>;
}

/** A client that sends headers or a body more slowly than this is not a browser. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 60_000;
/** Longer than the usual 60 s of a proxy in front, which must be the one to close. */
const keepAliveTimeoutMs = 75_000;
const drainMs = 5_000;
const idleCheckMs = 50;

/**
 * Opens one surface's port.
 * @throws DomainError `precondition` with the remedy when the port is taken
 */
export function listen(
  app: Hono<HttpEnv>,
  options: { host: string; port: number },
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
    },
  }) as Server;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? portTaken(options.port) : error);
    });
    server.listen(options.port, options.host, () => {
      const { port } = server.address() as AddressInfo;
      resolve({ port, close: () => closeServer(server) });
    });
  });
}

const portTaken = (port: number) =>
  new DomainError(
    'precondition',
    'server.port-taken',
    `Port ${port} is in use by another program. Stop it, or set WEB_PORT and ADMIN_PORT to free ports.`,
  );

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const overdue = setTimeout(() => server.closeAllConnections(), drainMs);
    // Answers that end from now on leave kept-alive connections behind, which would wait for more.
    const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs);
    server.close(() => {
      clearTimeout(overdue);
      clearInterval(idle);
      resolve();
    });
  });
}
