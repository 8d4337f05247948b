import { DomainError } from '@wedsync/contracts/errors';
import { type EnvFinding, type ProcessKind, productionFindings } from './env-production.ts';
import {
  type DatabaseRole,
  type EnvKey,
  envKeys,
  envShape,
  type ParsedEnv,
  passwordKeyOf,
} from './env-schema.ts';

export { renderEnvExample } from './env-example.ts';
export type { ProcessKind } from './env-production.ts';
export type { DatabaseRole, EnvKey } from './env-schema.ts';

type Derived = 'WEDSYNC_STAGE' | 'DATABASE_POOL_MAX' | 'PUBLIC_WEB_URL' | 'PUBLIC_ADMIN_URL';

/** The whole configuration of a process: parsed, defaulted, checked and frozen. */
export type Env = Readonly<Omit<ParsedEnv, Derived>> & {
  readonly WEDSYNC_STAGE: NonNullable<ParsedEnv['WEDSYNC_STAGE']>;
  readonly DATABASE_POOL_MAX: number;
  readonly PUBLIC_WEB_URL: string;
  readonly PUBLIC_ADMIN_URL: string;
};

/** Variables by name, as `process.env` holds them. */
export type Source = Readonly<Record<string, string | undefined>>;

/**
 * Connections per process. In production two servers and two workers share 100: 4 x 20, and the
 * rest is left to sign-in, monitoring, migrations and a person with psql. Staging shares 20.
 */
const poolMaxByStage = { production: 20, staging: 4, development: 5 } as const;
const poolMaxInTests = 4;

/** Raised by `loadEnv`: every finding at once, each by the name of its key. */
export class EnvError extends DomainError {
  readonly findings: readonly EnvFinding[];

  constructor(findings: readonly EnvFinding[]) {
    const lines = findings.map(({ key, problem }) => `  ${key} ${problem}`);
    super(
      'precondition',
      'platform.env_invalid',
      [
        `The environment has ${findings.length} problem${findings.length === 1 ? '' : 's'}:`,
        ...lines,
        'Set these and start again; .env.example explains every key.',
      ].join('\n'),
      { keys: findings.map(({ key }) => key) },
    );
    this.name = 'EnvError';
    this.findings = findings;
  }
}

/**
 * Reads and checks the configuration. This is the only place in the repository that touches
 * `process.env`; everything else is handed an `Env`. An empty value counts as unset, because that
 * is what an unset variable becomes in a compose file.
 *
 * @param kind which program asks: production requires of each only the keys it uses
 * @throws EnvError with all findings
 */
export function loadEnv(source: Source = process.env, kind: ProcessKind = 'server'): Env {
  const findings: EnvFinding[] = [];
  const parsed: Partial<Record<EnvKey, unknown>> = {};
  const given = new Set<string>();
  for (const key of envKeys) {
    const raw = source[key]?.trim() === '' ? undefined : source[key];
    if (raw !== undefined) given.add(key);
    const result = envShape[key].safeParse(raw);
    if (result.success) parsed[key] = result.data;
    else findings.push({ key, problem: result.error.issues[0]?.message ?? 'is not valid' });
  }
  const values = parsed as Partial<ParsedEnv>;
  if (values.NODE_ENV === 'production') {
    const unreadable = new Set(findings.map(({ key }) => key));
    const more = productionFindings(values, given, kind);
    findings.push(...more.filter(({ key }) => !unreadable.has(key)));
  }
  if (findings.length > 0) throw new EnvError(findings);
  return Object.freeze(withDerived(values as ParsedEnv));
}

function withDerived(parsed: ParsedEnv): Env {
  const stage =
    parsed.WEDSYNC_STAGE ?? (parsed.NODE_ENV === 'production' ? 'production' : 'development');
  const poolMax = parsed.NODE_ENV === 'test' ? poolMaxInTests : poolMaxByStage[stage];
  return {
    ...parsed,
    WEDSYNC_STAGE: stage,
    DATABASE_POOL_MAX: parsed.DATABASE_POOL_MAX ?? poolMax,
    PUBLIC_WEB_URL: parsed.PUBLIC_WEB_URL ?? `http://localhost:${parsed.WEB_PORT}`,
    PUBLIC_ADMIN_URL: parsed.PUBLIC_ADMIN_URL ?? `http://localhost:${parsed.ADMIN_PORT}`,
  };
}

/**
 * The connection string of one database role: DATABASE_URL with `wedsync_<role>` and its password.
 * @throws DomainError precondition when this process was not given that role's password
 */
export function databaseUrlFor(env: Env, role: DatabaseRole): string {
  const key = passwordKeyOf(role);
  const password = env[key];
  if (!password) {
    throw new DomainError(
      'precondition',
      'platform.database_password_missing',
      `This process connects as wedsync_${role}, but ${key} is not set. Set it and start again.`,
      { key },
    );
  }
  return withLogin(env.DATABASE_URL, `wedsync_${role}`, password);
}

/** `url` with the given user and password, percent-encoded. */
export function withLogin(url: string, user: string, password: string): string {
  const parts = new URL(url);
  parts.username = encodeURIComponent(user);
  parts.password = encodeURIComponent(password);
  return parts.href;
}

/**
 * Where mail goes: the relay, or the embedded catcher when there is none.
 * @throws DomainError precondition when there is neither
 */
export function smtpUrlFor(env: Env): string {
  if (env.SMTP_URL) return env.SMTP_URL;
  if (env.MAIL_CATCHER_SMTP_PORT) return `smtp://127.0.0.1:${env.MAIL_CATCHER_SMTP_PORT}`;
  throw new DomainError(
    'precondition',
    'platform.mail_not_configured',
    'There is no way to send mail: set SMTP_URL to a relay, or start with npm start, which brings a mail catcher.',
  );
}

/** Which keys were really given, as opposed to filled in by a default. */
export function givenKeys(source: Source = process.env): Set<EnvKey> {
  return new Set(envKeys.filter((key) => (source[key] ?? '').trim() !== ''));
}

/** Adds the variables of a `.env` file to this process; what is set already wins. */
export function readEnvFile(path: string): boolean {
  try {
    process.loadEnvFile(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

/** The variables a child process inherits: this process's own, with `overrides` on top. */
export function childEnv(overrides: Source): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [key, value] of Object.entries({ ...process.env, ...overrides })) {
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}
