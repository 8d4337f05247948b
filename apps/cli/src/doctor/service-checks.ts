import { createConnection } from 'node:net';
import { isDomainError } from '@wedsync/contracts/errors';
import { pendingMigrations } from '@wedsync/db/migrate';
import { exists } from '@wedsync/platform/embedded/files';
import { locateHome } from '@wedsync/platform/embedded/postgres-home';
import { readPidFile } from '@wedsync/platform/embedded/postgres-process';
import { withLogin } from '@wedsync/platform/env';
import { type Check, type DoctorContext, fail, ok, warn } from './finding.ts';

const connectTimeoutMs = 3_000;

/** Resolves with the first line a server says, or '' when it accepts and waits. */
function greet(url: string, defaultPort: number, question?: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = createConnection(Number(port) || defaultPort, hostname, () => {
      if (question) socket.write(question);
    });
    socket.setTimeout(connectTimeoutMs, () => {
      socket.destroy();
      reject(new Error(`no answer within ${connectTimeoutMs / 1_000} s`));
    });
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString('latin1').split('\r\n')[0] ?? '');
    });
  });
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Where the database answers now, if it does. */
export async function databaseUrl({ env, given, installation, supervisor }: DoctorContext) {
  if (given.has('DATABASE_URL')) return env.DATABASE_URL;
  if (!supervisor) return undefined;
  const home = await locateHome(installation.postgresDir);
  const running = await readPidFile(home.dataDir);
  return running?.ready ? `postgres://127.0.0.1:${running.port}/wedsync` : undefined;
}

export const migrations: Check = async (context) => {
  const { env, given, secrets } = context;
  const url = await databaseUrl(context);
  if (!url) return ok('Database', 'not running; npm start brings it up');
  const password = given.has('DATABASE_PASSWORD_MONITOR')
    ? env.DATABASE_PASSWORD_MONITOR
    : secrets?.passwords.monitor;
  if (!password) {
    return fail('Database', 'no password to look with', 'Set DATABASE_PASSWORD_MONITOR.');
  }
  try {
    const pending = await pendingMigrations(withLogin(url, 'wedsync_monitor', password));
    const where = new URL(url).host;
    return pending.length === 0
      ? ok('Database', `reachable at ${where}, schema up to date`)
      : fail('Database', `${pending.length} migrations are missing`, 'Run pnpm wedsync migrate.');
  } catch (error) {
    return fail(
      'Database',
      `${new URL(url).host}: ${reasonOf(error)}`,
      'Check DATABASE_URL, that the server runs, and the passwords; a new database needs pnpm wedsync migrate.',
    );
  }
};

export const redis: Check = async ({ env }) => {
  if (!env.REDIS_URL) return ok('Redis', 'not used: queues work on PostgreSQL');
  const { host, protocol } = new URL(env.REDIS_URL);
  if (protocol === 'rediss:') return ok('Redis', `${host} over TLS (not tried)`);
  try {
    // Any reply will do: a server that wants a password answers -NOAUTH.
    const reply = await greet(env.REDIS_URL, 6379, 'PING\r\n');
    return /^[+-]/.test(reply)
      ? ok('Redis', `reachable at ${host}`)
      : fail('Redis', `${host} does not speak Redis`, 'Check REDIS_URL.');
  } catch (error) {
    return fail(
      'Redis',
      `${host}: ${reasonOf(error)}`,
      'Start it, correct REDIS_URL, or unset it.',
    );
  }
};

export const mail: Check = async ({ env, supervisor }) => {
  if (!env.SMTP_URL) {
    return ok('Mail', supervisor ? 'caught by npm start' : 'will be caught by npm start');
  }
  const { host, protocol } = new URL(env.SMTP_URL);
  if (protocol === 'smtps:') return ok('Mail', `${host} over TLS (not tried)`);
  try {
    const greeting = await greet(env.SMTP_URL, 25);
    return greeting.startsWith('220')
      ? ok('Mail', `relay reachable at ${host}`)
      : warn('Mail', `${host} said: ${greeting}`, 'Ask whoever runs the relay.');
  } catch (error) {
    return fail(
      'Mail',
      `${host}: ${reasonOf(error)}`,
      'Correct SMTP_URL, or unset it to catch mail.',
    );
  }
};

const makeKey = 'openssl genrsa -out dkim.pem 2048';

export const mailSignature: Check = async ({ env, installation }) => {
  const keyFile = env.DKIM_PRIVATE_KEY_FILE ?? installation.dkimKeyFile;
  if (!env.DKIM_PRIVATE_KEY_FILE && env.SMTP_URL) {
    const remedy = `Let the relay sign, or make a key (${makeKey}) and set DKIM_PRIVATE_KEY_FILE.`;
    return warn('Mail signature', 'mail leaves here without DKIM', remedy);
  }
  if (!(await exists(keyFile))) {
    return env.DKIM_PRIVATE_KEY_FILE
      ? fail('Mail signature', `${keyFile} is not there`, `Make one: ${makeKey}`)
      : ok('Mail signature', 'a key is made by npm start');
  }
  const { DKIM_SELECTOR: selector, DKIM_DOMAIN: domain, MAIL_FROM: mailFrom } = env;
  // Loaded here: the room is large, and most commands and checks do without it.
  const { openDkimSigner } = await import('@wedsync/communications/jobs');
  const { record } = openDkimSigner({ keyFile, selector, domain, mailFrom });
  return ok('Mail signature', `DKIM by ${record.name}; its TXT record: pnpm wedsync mail dns`);
};

/** Runs a check; one that breaks is itself a finding. */
export async function examine(check: Check, context: DoctorContext) {
  try {
    return await check(context);
  } catch (error) {
    const remedy = isDomainError(error) ? error.message : 'Please report this.';
    return fail(check.name, reasonOf(error), remedy);
  }
}
