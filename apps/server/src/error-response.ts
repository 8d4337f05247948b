import {
  DomainError,
  type ErrorKind,
  isDomainError,
  type WireError,
} from '@wedsync/contracts/errors';
import { toDomainError } from '@wedsync/db/pg-errors';
import { HTTPException } from 'hono/http-exception';
import type { HttpContext } from './http-context.ts';

type HttpStatus = 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 429 | 500 | 503;

/** JSON-RPC 2.0 §5.1; what matters stands in `data.domain`. */
const jsonRpcServerError = -32_000;

/** Total by type: a new kind does not compile until it has a status. */
const statusByKind: Record<ErrorKind, HttpStatus> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  precondition: 412,
  limit: 429,
  unavailable: 503,
  bug: 500,
};

function domainErrorOf(error: unknown): DomainError {
  if (isDomainError(error)) return error;
  if (error instanceof HTTPException) {
    const kind =
      error.status === 403 ? 'forbidden' : error.status === 404 ? 'not-found' : 'invalid';
    return new DomainError(kind, 'server.refused', error.message || 'This request is not allowed.');
  }
  return toDomainError(error);
}

/**
 * Answers a failure that no tRPC procedure has seen, without internals. Below /trpc it takes the
 * shape that the client understands, elsewhere a flat one.
 */
export function errorResponse(c: HttpContext, error: unknown, status?: HttpStatus): Response {
  const domain = domainErrorOf(error);
  const requestId = c.get('requestId');
  if (domain.kind === 'bug') c.get('log').error({ err: error }, 'server.bug');
  const { retryAfterS } = domain.details;
  if (typeof retryAfterS === 'number') c.header('Retry-After', String(retryAfterS));
  else if (domain.kind === 'unavailable') c.header('Retry-After', '5');
  const { kind, code, message, details } = domain;
  const wire: WireError = { kind, code, details, requestId };
  const httpStatus = status ?? statusByKind[kind];
  if (c.req.path.startsWith('/trpc/')) {
    const data = { code: kind.toUpperCase().replace('-', '_'), httpStatus, domain: wire };
    return c.json({ error: { message, code: jsonRpcServerError, data } }, httpStatus);
  }
  return c.json({ ...wire, message }, httpStatus);
}
