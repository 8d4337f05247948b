import type { ErrorKind, WireError } from './errors.ts';

/** A failure as the interface shows it. `network`: no answer came at all. */
export interface Failure {
  kind: ErrorKind | 'network';
  /** What happened, why, and what to do next. */
  message: string;
  requestId: string | null;
  /** Messages by field name, for forms. */
  fields: Record<string, string>;
  /** Facts of the server, e.g. the row's current state of a conflict. */
  details: WireError['details'];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

interface Answered {
  message: string;
  wire: Record<string, unknown>;
}

/** The domain error inside a tRPC error, or in the plain answer of the server in front of it. */
function wireOf(error: unknown): Answered | null {
  if (!isRecord(error)) return null;
  if (isRecord(error.data) && isRecord(error.data.domain)) {
    return { message: String(error.message ?? ''), wire: error.data.domain };
  }
  const body = isRecord(error.meta) ? error.meta.responseJSON : null;
  const plain = isRecord(body) ? body.error : null;
  return isRecord(plain) && typeof plain.message === 'string'
    ? { message: plain.message, wire: plain }
    : null;
}

/** `patch.email` and `guests.0.email` also answer to their last part: fields are named by it. */
function fieldsOf(details: unknown): Record<string, string> {
  const issues = isRecord(details) && Array.isArray(details.issues) ? details.issues : [];
  const fields: Record<string, string> = {};
  for (const issue of issues) {
    if (!isRecord(issue)) continue;
    const path = String(issue.path ?? '');
    const message = String(issue.message ?? '');
    fields[path] ??= message;
    fields[path.split('.').at(-1) ?? path] ??= message;
  }
  return fields;
}

const kinds = new Set<unknown>([
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'precondition',
  'limit',
  'unavailable',
  'bug',
] satisfies ErrorKind[]);
const isKind = (value: unknown): value is ErrorKind => kinds.has(value);

/** Reads any thrown thing; never throws and never shows a raw code. */
export function failureOf(error: unknown): Failure {
  const answered = wireOf(error);
  if (!answered) {
    return {
      kind: 'network',
      message: 'The server could not be reached. Check the connection, then try again.',
      requestId: null,
      fields: {},
      details: {},
    };
  }
  const { wire, message } = answered;
  const fields = fieldsOf(wire.details);
  const hasFields = Object.keys(fields).length > 0;
  return {
    kind: isKind(wire.kind) ? wire.kind : 'bug',
    message: hasFields ? 'Some fields need another look.' : message,
    requestId: typeof wire.requestId === 'string' ? wire.requestId : null,
    fields,
    details: isRecord(wire.details) ? wire.details : {},
  };
}
