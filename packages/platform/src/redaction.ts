const removed = '[redacted]';

/** A key that ends in one of these (case, `-` and `_` apart) names a secret or personal data. */
const sensitiveEndings = [
  'password',
  'passphrase',
  'token',
  'secret',
  'authorization',
  'cookie',
  'apikey',
  'credential',
  'credentials',
  'email',
  'phone',
  'address',
  'firstname',
  'lastname',
  'fullname',
  'displayname',
  'guestname',
  'recipient',
  'recipients',
];
/** Whole names: too short or too ordinary to be matched as an ending. */
const sensitiveNames = new Set(['diet', 'allergies', 'parameters', 'args', 'otp', 'pin']);

/** Depth and breadth past which a log field is cut: a log line is not a data dump. */
const depthMax = 6;
const itemsMax = 50;

const linkSegments = /\/(r|u|join|reset-password|verify-email)\/[^/?#\s"'<>]+/g;
const secretQuery = /([?&](?:token|code|secret|key|signature)=)[^&#\s"'<>]+/gi;
/** The last label is letters: `package@1.2.3` in a stack trace is no address. */
const emailAddress = /[\p{L}\p{N}._%+’'-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/gu;
const urlPassword = /\b([a-z][a-z0-9+]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi;
/** Drizzle ends its messages with the values of the statement: guests' data, of any lines. */
const statementParameters = /(\bparams: )[\s\S]*?(?=\n\s+at |$)/g;

/** A path that may be logged: `/r/abc?x=1` becomes `/r/[link]?x=1`. */
export function redactPath(path: string): string {
  return path.replace(linkSegments, '/$1/[link]').replace(secretQuery, `$1${removed}`);
}

/** Nothing that must not be logged can be written without one of these. */
const telltale = /[/=:@]/;

/** Free text that may be logged: no links, no addresses, no passwords in URLs, no SQL values. */
export function redactText(text: string): string {
  if (!telltale.test(text)) return text;
  return redactPath(text)
    .replace(urlPassword, `$1${removed}@`)
    .replace(statementParameters, `$1${removed}`)
    .replace(emailAddress, '[email]');
}

/** Whether a field of this name is never logged. */
export function isSensitiveKey(key: string): boolean {
  const plain = key.toLowerCase().replaceAll(/[-_]/g, '');
  return sensitiveNames.has(plain) || sensitiveEndings.some((ending) => plain.endsWith(ending));
}

/** A copy of `value` that may be logged; `key` is the name it stands under. */
export function redactValue(value: unknown, key = '', depth = 0): unknown {
  if (value === undefined || value === null) return value;
  if (isSensitiveKey(key) && typeof value !== 'boolean') return removed;
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object') return typeof value === 'function' ? '[function]' : value;
  if (value instanceof Date) return value;
  if (depth >= depthMax) return '[deep]';
  if (Array.isArray(value)) {
    return value.slice(0, itemsMax).map((item) => redactValue(item, '', depth + 1));
  }
  if (value instanceof Error) return redactError(value, depth);
  return redactEntries(Object.entries(value), depth);
}

function redactError(error: Error, depth: number): unknown {
  const own = redactEntries(Object.entries(error), depth);
  const stack = error.stack ? redactText(error.stack) : undefined;
  return { ...own, type: error.name, message: redactText(error.message), stack };
}

function redactEntries(entries: [string, unknown][], depth: number): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [name, value] of entries.slice(0, itemsMax)) {
    clean[name] = redactValue(value, name, depth + 1);
  }
  return clean;
}
