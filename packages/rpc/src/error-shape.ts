import { type TRPC_ERROR_CODE_KEY, TRPCError } from '@trpc/server';
import { DomainError, type ErrorKind, isDomainError } from '@wedsync/contracts/errors';
import { toDomainError } from '@wedsync/db/pg-errors';
import { ZodError } from 'zod';

/** Total by type: a new kind does not compile until it has a code. */
const codeByKind: Record<ErrorKind, TRPC_ERROR_CODE_KEY> = {
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  precondition: 'PRECONDITION_FAILED',
  limit: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
  bug: 'INTERNAL_SERVER_ERROR',
};

const kindByCode: Partial<Record<TRPC_ERROR_CODE_KEY, ErrorKind>> = {
  BAD_REQUEST: 'invalid',
  PARSE_ERROR: 'invalid',
  UNSUPPORTED_MEDIA_TYPE: 'invalid',
  METHOD_NOT_SUPPORTED: 'invalid',
  PAYLOAD_TOO_LARGE: 'limit',
  NOT_FOUND: 'not-found',
  UNAUTHORIZED: 'unauthenticated',
  FORBIDDEN: 'forbidden',
};

function fromZod(error: ZodError): DomainError {
  const issues = error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  const [first] = issues;
  const message = first ? `${first.path ? `${first.path}: ` : ''}${first.message}` : error.message;
  return new DomainError('invalid', 'service.invalid-input', message, { issues });
}

/** The domain error behind whatever tRPC caught: ours, PostgreSQL's, zod's or tRPC's own. */
export function domainErrorOf(error: TRPCError): DomainError {
  const { cause } = error;
  if (isDomainError(cause)) return cause;
  if (cause instanceof ZodError) return fromZod(cause);
  const kind = kindByCode[error.code];
  if (kind) return new DomainError(kind, `rpc.${kind}`, error.message);
  return toDomainError(cause ?? error);
}

/** Gives a failure its tRPC code, keeping the domain error as the cause. */
export function toTrpcError(error: TRPCError): TRPCError {
  const domain = domainErrorOf(error);
  // What tRPC itself refuses (a method, a size, a path) brings its code along.
  const code = error.code === 'INTERNAL_SERVER_ERROR' ? codeByKind[domain.kind] : error.code;
  return new TRPCError({ code, message: domain.message, cause: domain });
}
