import { DomainError, type ErrorKind, isDomainError } from '@wedsync/contracts/errors';
import type { ConstraintMessages } from './constraint-messages.ts';
import { communicationsConstraints } from './constraints/communications.ts';
import { guestsConstraints } from './constraints/guests.ts';
import { monitoringConstraints } from './constraints/monitoring.ts';
import { seatingConstraints } from './constraints/seating.ts';
import { weddingsConstraints } from './constraints/weddings.ts';

const constraints: ConstraintMessages = {
  ...weddingsConstraints,
  ...guestsConstraints,
  ...communicationsConstraints,
  ...monitoringConstraints,
  ...seatingConstraints,
};

interface PgFailure {
  code: string;
  message: string;
  constraint_name?: string | undefined;
  table_name?: string | undefined;
}

/** The PostgreSQL or connection error inside `error` (Drizzle wraps it as `cause`), if any. */
export function pgFailure(error: unknown): PgFailure | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') {
      return current as Error & PgFailure;
    }
  }
  return undefined;
}

/** True where the same transaction, run again, may succeed: serialization failure or deadlock. */
export function isRetryable(error: unknown): boolean {
  const code = pgFailure(error)?.code;
  return code === '40001' || code === '40P01';
}

const busy = 'Somebody else is changing the same data right now. Try again in a few seconds.';
const down = 'The database cannot be reached right now. Nothing was changed; try again shortly.';

const bySqlState: Readonly<Record<string, [ErrorKind, string, string]>> = {
  '22021': ['invalid', 'db.invalid-text', 'The text holds characters that cannot be stored.'],
  '22P05': ['invalid', 'db.invalid-text', 'The text holds characters that cannot be stored.'],
  '22001': ['invalid', 'db.too-long', 'A text is longer than its field allows. Shorten it.'],
  '22003': ['invalid', 'db.out-of-range', 'A number is larger than its field allows.'],
  '23502': ['invalid', 'db.missing-value', 'A required value is missing.'],
  '23503': [
    'precondition',
    'db.missing-reference',
    'It refers to something that no longer exists. Reload and try again.',
  ],
  '23505': ['conflict', 'db.duplicate', 'This already exists.'],
  '23514': ['invalid', 'db.check', 'A value breaks a rule of this field.'],
  '23P01': ['conflict', 'db.overlap', 'This overlaps with something that is already booked.'],
  '40001': ['unavailable', 'db.serialization', busy],
  '40P01': ['unavailable', 'db.deadlock', busy],
  '25P03': ['unavailable', 'db.down', down],
  '42501': ['forbidden', 'db.forbidden', 'You are not allowed to do this here.'],
  '53100': [
    'unavailable',
    'db.disk-full',
    'The database has no disk space left. Nothing was changed; tell your operator.',
  ],
  '53200': ['unavailable', 'db.out-of-memory', down],
  '53300': ['unavailable', 'db.too-many-connections', down],
  '55P03': ['unavailable', 'db.lock-timeout', busy],
  '57014': [
    'unavailable',
    'db.statement-timeout',
    'This took too long and was stopped. Nothing was changed; try a smaller request.',
  ],
  '57P01': ['unavailable', 'db.down', down],
  '57P02': ['unavailable', 'db.down', down],
  '57P03': ['unavailable', 'db.down', down],
  '57P05': ['unavailable', 'db.down', down],
};

/** What Node and postgres.js call a connection that cannot be had, or that was lost. */
const connectionCodes =
  /^(08...|CONNECT\w*|ECONN\w+|EPIPE|ENOTFOUND|ENOTCONN|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|ENETRESET|EADDRNOTAVAIL|ENOENT|EAI_AGAIN|ERR_S(OCKET|TREAM)\w*)$/;

/**
 * Translates what PostgreSQL or the connection said into a DomainError; the only place that knows
 * SQLSTATEs. `WS001` is raised by our own limits and carries its message for the person.
 * Anything unknown comes back as kind `bug` with the original as `cause`.
 */
export function toDomainError(error: unknown): DomainError {
  if (isDomainError(error)) return error;
  const failure = pgFailure(error);
  const wrap = ([kind, code, message]: [ErrorKind, string, string]) => {
    const result = new DomainError(kind, code, message);
    result.cause = error;
    return result;
  };
  if (!failure) return wrap(['bug', 'bug', 'Something went wrong on our side.']);
  if (failure.code === 'WS001') return wrap(['limit', 'weddings.tier-limit', failure.message]);
  const known = failure.constraint_name ? constraints[failure.constraint_name] : undefined;
  if (known) return wrap([known.kind, known.code, known.message]);
  const mapped = bySqlState[failure.code];
  if (mapped) return wrap(mapped);
  if (connectionCodes.test(failure.code)) return wrap(['unavailable', 'db.down', down]);
  return wrap(['bug', 'bug', 'Something went wrong on our side.']);
}
