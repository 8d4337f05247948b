import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { testPasswords } from '@wedsync/db/testing/test-cluster';
import { findFreePort } from '@wedsync/platform/embedded/free-port';
import { type MailCatcher, startMailCatcher } from '@wedsync/platform/embedded/mail-catcher';
import { childEnv, type Source } from '@wedsync/platform/env';

/** A server and a worker of their own, as real processes, on a test database. */
export interface Stack {
  webUrl: string;
  adminUrl: string;
  /** Everything that was mailed. */
  mail: MailCatcher;
  server: ChildProcess;
  worker: ChildProcess;
  /** Secrets the stack runs under, for tests that derive links or sessions. */
  secrets: { AUTH_SECRET: string; LINK_SECRET: string };
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const secrets = {
  AUTH_SECRET: 'test-auth-secret-0123456789abcdefghijklmnopqrstuvwxyz',
  LINK_SECRET: 'test-link-secret-0123456789abcdefghijklmnopqrstuvwxyz',
};
const readyWithinMs = 30_000;

function launch(app: 'server' | 'worker', env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [join(root, 'apps', app, 'src/main.ts')], {
    cwd: root,
    env,
    stdio: ['ignore', env.LOG_LEVEL === 'silent' ? 'ignore' : 'inherit', 'inherit'],
  });
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const giveUpAt = Date.now() + readyWithinMs;
  for (;;) {
    const ready = await fetch(url)
      .then((answer) => answer.ok)
      .catch(() => false);
    if (ready) return;
    if (child.exitCode !== null) throw new Error(`${url}: the process ended (${child.exitCode})`);
    if (Date.now() > giveUpAt) throw new Error(`${url} is not ready after ${readyWithinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

const databaseVariables = (db: TestDatabase): Source => {
  const url = new URL(db.adminUrl);
  url.username = '';
  url.password = '';
  const passwords = Object.entries(testPasswords).map(
    ([role, password]) => [`DATABASE_PASSWORD_${role.toUpperCase()}`, password] as const,
  );
  return { DATABASE_URL: url.href, ...Object.fromEntries(passwords) };
};

/**
 * Starts server, worker and mail catcher on `db` and waits until both answer `/readyz`.
 * @param overrides variables of the environment, e.g. `{ REDIS_URL, LOG_LEVEL: 'info' }`
 */
export async function startStack(db: TestDatabase, overrides: Source = {}): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'wedsync-stack-'));
  const token = 'test-mail-token';
  const mail = await startMailCatcher({ dir: folder, token });
  const [web, admin, workerPort] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ];
  const env = childEnv({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    ...databaseVariables(db),
    ...secrets,
    DATABASE_ADMIN_URL: undefined,
    SMTP_URL: mail.smtpUrl,
    MAIL_CATCHER_URL: mail.url,
    MAIL_CATCHER_TOKEN: token,
    WEB_PORT: String(web),
    ADMIN_PORT: String(admin),
    WORKER_PORT: String(workerPort),
    PUBLIC_WEB_URL: `http://localhost:${web}`,
    PUBLIC_ADMIN_URL: `http://localhost:${admin}`,
    ...overrides,
  });
  const server = launch('server', env);
  const worker = launch('worker', env);
  const stop = async () => {
    await Promise.all([end(server), end(worker)]);
    await mail.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all([
      untilReady(`http://127.0.0.1:${web}/readyz`, server),
      untilReady(`http://127.0.0.1:${workerPort}/readyz`, worker),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    webUrl: `http://localhost:${web}`,
    adminUrl: `http://localhost:${admin}`,
    mail,
    server,
    worker,
    secrets,
    stop,
  };
}
