import { DomainError, type ErrorKind, isDomainError } from '@wedsync/contracts/errors';
import { toDomainError } from '@wedsync/db/pg-errors';
import { HTTPException } from 'hono/http-exception';
import type { HttpContext } from './http-context.ts';

type HttpStatus = 400 | 401 | 403 | 404 | 409 | 412 | 429 | 500 | 503;

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

/** Answers a failure outside tRPC in one shape, without internals. */
export function errorResponse(c: HttpContext, error: unknown): Response {
  const domain = domainErrorOf(error);
  const requestId = c.get('requestId');
  if (domain.kind === 'bug') c.get('log').error({ err: error }, 'server.bug');
  const retryAfterS = domain.details.retryAfterS;
  if (typeof retryAfterS === 'number') c.header('Retry-After', String(retryAfterS));
  if (domain.kind === 'unavailable') c.header('Retry-After', '5');
  const { kind, code, message, details } = domain;
  return c.json({ error: { kind, code, message, details, requestId } }, statusByKind[kind]);
}
