import { describe, expect, it } from 'vitest';
import { databaseUrlFor, EnvError, loadEnv, renderEnvExample, smtpUrlFor } from './env.ts';
import { requiredInProduction, weaknessOf } from './env-production.ts';
import { databaseRoles, developmentSecrets, envKeys, passwordKeyOf } from './env-schema.ts';

const strong = (name: string) => `${name}-9fK2qLx7VbT4mZ8sWc1RjYpE6uH3`;
const production = {
  NODE_ENV: 'production',
  WEDSYNC_MODE: 'external',
  DATABASE_URL: 'postgres://db:5432/wedsync',
  DATABASE_ADMIN_URL: 'postgres://admin:x@db:5432/wedsync',
  PUBLIC_WEB_URL: 'https://app.weddings.test',
  PUBLIC_ADMIN_URL: 'https://ops.weddings.test',
  AUTH_SECRET: strong('auth'),
  LINK_SECRET: strong('link'),
  MASTER_KEY: 'q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJABE=',
  SMTP_URL: 'smtps://relay.test:465',
  MAIL_FROM: 'WedSync <hello@weddings.test>',
  ...Object.fromEntries(databaseRoles.map((role) => [passwordKeyOf(role), strong(role)])),
};

function problemsOf(load: () => unknown): Record<string, string> {
  try {
    load();
  } catch (error) {
    if (error instanceof EnvError) {
      return Object.fromEntries(error.findings.map(({ key, problem }) => [key, problem]));
    }
    throw error;
  }
  return {};
}

describe('loadEnv', () => {
  it('fills every default of a laptop from an empty environment', () => {
    const env = loadEnv({});
    expect(env).toMatchObject({ NODE_ENV: 'development', WEB_PORT: 3000, DEMO_ACCOUNTS: false });
    expect(env.PUBLIC_WEB_URL).toBe('http://localhost:3000');
    expect(env.PUBLIC_ADMIN_URL).toBe('http://localhost:3001');
    expect(Object.isFrozen(env)).toBe(true);
  });

  it('treats an empty value as unset, as compose files pass it', () => {
    expect(loadEnv({ REDIS_URL: '', WEB_PORT: ' ' })).toMatchObject({ WEB_PORT: 3000 });
    expect(loadEnv({ REDIS_URL: '' }).REDIS_URL).toBeUndefined();
  });

  it('lists all malformed keys at once, by name', () => {
    const source = { WEB_PORT: '70000', DEMO_ACCOUNTS: 'maybe', REDIS_URL: 'http://x', HOST: 'a' };
    expect(Object.keys(problemsOf(() => loadEnv(source))).sort()).toEqual([
      'DEMO_ACCOUNTS',
      'REDIS_URL',
      'WEB_PORT',
    ]);
  });

  it('refuses a login inside DATABASE_URL', () => {
    const source = { DATABASE_URL: 'postgres://me:pw@db/wedsync' };
    expect(problemsOf(() => loadEnv(source)).DATABASE_URL).toMatch(/must not carry a user/);
  });

  it('sizes the pool by stage, and by DATABASE_POOL_MAX when that is set', () => {
    expect(loadEnv({}).DATABASE_POOL_MAX).toBe(5);
    expect(loadEnv({ NODE_ENV: 'test' }).DATABASE_POOL_MAX).toBe(4);
    expect(loadEnv(production).DATABASE_POOL_MAX).toBe(20);
    expect(loadEnv({ ...production, WEDSYNC_STAGE: 'staging' }).DATABASE_POOL_MAX).toBe(4);
    expect(loadEnv({ ...production, DATABASE_POOL_MAX: '33' }).DATABASE_POOL_MAX).toBe(33);
  });
});

describe('loadEnv in production', () => {
  it.each(['server', 'worker', 'migrate', 'tool'] as const)('accepts a full set for %s', (kind) => {
    expect(problemsOf(() => loadEnv(production, kind))).toEqual({});
  });

  for (const kind of ['server', 'worker', 'migrate'] as const) {
    it.each(requiredInProduction[kind])(`refuses ${kind} without %s`, (key) => {
      const problems = problemsOf(() => loadEnv({ ...production, [key]: undefined }, kind));
      expect(problems).toEqual({ [key]: 'is missing' });
    });
  }

  it.each([
    ['AUTH_SECRET', 'development-only-auth-secret-not-for-production', /known default/],
    ['AUTH_SECRET', 'short', /shorter than 32/],
    ['LINK_SECRET', 'a'.repeat(40), /fewer than 10 different/],
    ['LINK_SECRET', production.AUTH_SECRET, /must differ from AUTH_SECRET/],
    ['MASTER_KEY', developmentSecrets.MASTER_KEY, /known default/],
    ['MASTER_KEY', 'not-32-bytes', /must be 32 bytes in base64/],
    ['DATABASE_PASSWORD_APP', 'postgres', /known default/],
    ['DATABASE_PASSWORD_AUTH', 'tiny-pw', /shorter than 16/],
    ['DEMO_ACCOUNTS', 'true', /must not be true/],
    ['WEDSYNC_MODE', 'embedded', /must not be embedded/],
    ['PUBLIC_WEB_URL', 'http://app.weddings.test', /must start with https/],
    ['PUBLIC_ADMIN_URL', 'http://ops.weddings.test', /must start with https/],
    ['PUBLIC_ADMIN_URL', 'https://app.weddings.test/admin', /another origin/],
  ])('refuses %s=%s', (key, value, problem) => {
    const problems = problemsOf(() => loadEnv({ ...production, [key]: value }));
    expect(Object.keys(problems)).toEqual([key]);
    expect(problems[key]).toMatch(problem);
  });

  it('names everything that is wrong in one message', () => {
    const load = () => loadEnv({ NODE_ENV: 'production', DEMO_ACCOUNTS: '1', WEB_PORT: 'x' });
    expect(load).toThrow(/PUBLIC_WEB_URL is missing[\s\S]*DEMO_ACCOUNTS must not be true/);
    expect(Object.keys(problemsOf(load))).toContain('WEB_PORT');
  });

  it('never repeats a secret in its message', () => {
    const load = () => loadEnv({ ...production, AUTH_SECRET: 'hunter2-hunter2' });
    expect(load).toThrow(/AUTH_SECRET/);
    expect(load).not.toThrow(/hunter2/);
  });
});

describe('weaknessOf', () => {
  it('accepts 32 random characters', () => {
    expect(weaknessOf('Vt3r8QyL0wJkX5dNzB1mPf7GhC2sTa9u', 32)).toBeUndefined();
  });
});

describe('databaseUrlFor', () => {
  it('puts the role and its encoded password into DATABASE_URL', () => {
    const env = loadEnv({ DATABASE_URL: 'postgres://db:6/w', DATABASE_PASSWORD_APP: 'p@ss/w:d' });
    expect(databaseUrlFor(env, 'app')).toBe('postgres://wedsync_app:p%40ss%2Fw%3Ad@db:6/w');
  });

  it('names the variable that is missing', () => {
    expect(() => databaseUrlFor(loadEnv({}), 'tuner')).toThrow(
      /DATABASE_PASSWORD_TUNER is not set/,
    );
  });
});

describe('smtpUrlFor', () => {
  it('prefers the relay to the catcher', () => {
    const catcher = { MAIL_CATCHER_SMTP_PORT: '2525' };
    expect(smtpUrlFor(loadEnv(catcher))).toBe('smtp://127.0.0.1:2525');
    expect(smtpUrlFor(loadEnv({ ...catcher, SMTP_URL: 'smtp://relay' }))).toBe('smtp://relay');
    expect(() => smtpUrlFor(loadEnv({}))).toThrow(/set SMTP_URL/);
  });
});

describe('renderEnvExample', () => {
  it('holds every key once, described, and changes nothing when copied unchanged', () => {
    const text = renderEnvExample();
    for (const key of envKeys) expect(text.match(new RegExp(`^# ${key}=`, 'gm'))).toHaveLength(1);
    expect(text).not.toMatch(/^# $/m);
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('shows no secret, not even the one for development', () => {
    expect(renderEnvExample()).not.toMatch(/_SECRET=./);
  });
});
