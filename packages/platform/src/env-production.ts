import {
  databaseRoles,
  developmentSecrets,
  type EnvKey,
  type ParsedEnv,
  passwordKeyOf,
  rolesOf,
} from './env-schema.ts';

/** Which program reads the environment: each may require only what it uses. */
export const processKinds = ['server', 'worker', 'migrate', 'tool'] as const;
export type ProcessKind = (typeof processKinds)[number];

export interface EnvFinding {
  key: EnvKey;
  problem: string;
}

/**
 * Keys without which a production process cannot do its work. docker-compose.yml hands each service
 * these and no other secret; a test keeps the two in step.
 */
export const requiredInProduction: Readonly<Record<ProcessKind, readonly EnvKey[]>> = {
  server: [
    'DATABASE_URL',
    ...rolesOf.server.map(passwordKeyOf),
    'PUBLIC_WEB_URL',
    'PUBLIC_ADMIN_URL',
    'AUTH_SECRET',
    'LINK_SECRET',
    'MASTER_KEY',
  ],
  worker: [
    'DATABASE_URL',
    ...rolesOf.worker.map(passwordKeyOf),
    'PUBLIC_WEB_URL',
    'PUBLIC_ADMIN_URL',
    'AUTH_SECRET',
    'LINK_SECRET',
    'MASTER_KEY',
    'SMTP_URL',
    'MAIL_FROM',
  ],
  migrate: ['DATABASE_URL', 'DATABASE_ADMIN_URL', ...rolesOf.migrate.map(passwordKeyOf)],
  tool: [],
};

const secretMinLength = 32;
const passwordMinLength = 16;
const placeholder =
  /change.?me|replace|example|placeholder|default|development|not-for-production/i;
const famous = new Set(['postgres', 'password', 'secret', 'wedsync', 'admin', 'root', 'test']);

/** Why `value` is not good enough as a secret, or undefined when it is. */
export function weaknessOf(value: string, minLength: number): string | undefined {
  if (placeholder.test(value) || famous.has(value.toLowerCase())) return 'is a known default';
  if (value.length < minLength) return `is shorter than ${minLength} characters`;
  if (new Set(value).size < 10) return 'repeats itself: it has fewer than 10 different characters';
  return undefined;
}

/**
 * What makes these values unfit for production. `given` holds the keys that were really set: a
 * default that is fine on a laptop is a missing key in production.
 */
export function productionFindings(
  env: Partial<ParsedEnv>,
  given: ReadonlySet<string>,
  kind: ProcessKind,
): EnvFinding[] {
  const findings: EnvFinding[] = [];
  const required = requiredInProduction[kind];
  for (const key of required) {
    if (!given.has(key)) findings.push({ key, problem: 'is missing' });
  }
  findings.push(...secretFindings(env, given));
  if (env.DEMO_ACCOUNTS === true) {
    findings.push({
      key: 'DEMO_ACCOUNTS',
      problem: 'must not be true: those passwords are public',
    });
  }
  if (env.WEDSYNC_MODE === 'embedded') {
    findings.push({ key: 'WEDSYNC_MODE', problem: 'must not be embedded: it is for one machine' });
  }
  for (const key of ['PUBLIC_WEB_URL', 'PUBLIC_ADMIN_URL'] as const) {
    if (env[key]?.startsWith('http://')) {
      findings.push({
        key,
        problem: 'must start with https://: sessions and links travel over it',
      });
    }
  }
  if (env.PUBLIC_WEB_URL && sameOrigin(env.PUBLIC_WEB_URL, env.PUBLIC_ADMIN_URL)) {
    findings.push({
      key: 'PUBLIC_ADMIN_URL',
      problem: 'must be another origin than PUBLIC_WEB_URL',
    });
  }
  return findings;
}

function weaknessOfSecret(key: keyof typeof developmentSecrets, value: string) {
  if (value === developmentSecrets[key]) return 'is a known default';
  return weaknessOf(value, secretMinLength);
}

function secretFindings(env: Partial<ParsedEnv>, given: ReadonlySet<string>): EnvFinding[] {
  const findings: EnvFinding[] = [];
  for (const key of Object.keys(developmentSecrets) as (keyof typeof developmentSecrets)[]) {
    const value = env[key];
    const weakness = value && given.has(key) ? weaknessOfSecret(key, value) : undefined;
    const remedy = key === 'MASTER_KEY' ? 'openssl rand -base64 32' : 'openssl rand -base64 36';
    if (weakness) findings.push({ key, problem: `${weakness}: use \`${remedy}\`` });
  }
  if (given.has('LINK_SECRET') && given.has('AUTH_SECRET') && env.AUTH_SECRET === env.LINK_SECRET) {
    findings.push({ key: 'LINK_SECRET', problem: 'must differ from AUTH_SECRET' });
  }
  for (const role of databaseRoles) {
    const key = passwordKeyOf(role);
    const value = env[key];
    const weakness = value ? weaknessOf(value, passwordMinLength) : undefined;
    if (weakness) findings.push({ key, problem: weakness });
  }
  return findings;
}

function sameOrigin(one: string, other: string | undefined): boolean {
  return other !== undefined && new URL(one).origin === new URL(other).origin;
}
