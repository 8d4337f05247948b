/**
 * The closed set of ways in which an operation is allowed to fail. Everything a person can cause or
 * must react to is one of these; anything else is a `bug` and shows only a request id.
 */
export const errorKinds = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'precondition',
  'limit',
  'unavailable',
  'bug',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** Machine-readable facts about a failure. Never personal data: it may be logged. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * A failure that was foreseen. `message` is written for the person in front of the screen: what
 * happened, why, and what to do next. `code` is `<room>.<reason>` and stable.
 */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: ErrorDetails;

  constructor(kind: ErrorKind, code: string, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'DomainError';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}

/** The part of an error that crosses the wire; the browser reads it from `error.data.domain`. */
export interface WireError {
  kind: ErrorKind;
  code: string;
  details: ErrorDetails;
  requestId: string;
}

export function isDomainError(error: unknown): error is DomainError {
  return error instanceof DomainError;
}
