import { createHash, timingSafeEqual } from 'node:crypto';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { DomainError } from '@wedsync/contracts/errors';
import { codeOf } from './files.ts';
import { loopback } from './free-port.ts';

/**
 * Listens on loopback and tells on which port.
 * @param port 0 or absent: a free one
 * @throws DomainError unavailable when a given port is taken
 */
export function listenOnLoopback(server: TcpServer, port = 0, what = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(explain(error, port, what));
    server.once('error', fail);
    server.listen(port, loopback, () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function explain(error: Error, port: number, what: string): Error {
  if (codeOf(error) !== 'EADDRINUSE') return error;
  return new DomainError(
    'unavailable',
    'platform.port_taken',
    `Port ${port}, meant for ${what}, is taken by another program. End it or choose another port, then start again.`,
    { port },
  );
}

/** Ends a server together with the connections that are kept open. */
export function closeHttp(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

/** Whether an Authorization header carries the bearer token, compared in constant time. */
export function hasBearer(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}
