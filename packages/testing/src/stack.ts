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
import { type SmsSimulator, startSmsSimulator } from '@wedsync/platform/embedded/sms-simulator';
import { childEnv, type Source } from '@wedsync/platform/env';
import { nodeFlags } from '@wedsync/platform/node-flags';
import { testMasterKey } from './key-ring.ts';

/** A server and a worker of their own, as real processes, on a test database. */
export interface Stack {
  webUrl: string;
  adminUrl: string;
  /** Everything that was mailed. */
  mail: MailCatcher;
  /** Everything that was texted, and the pen of those who answer. */
  sms: SmsSimulator;
  server: ChildProcess;
  worker: ChildProcess;
  /** What both have logged so far; nothing while LOG_LEVEL is silent. */
  logged(): string;
  /** Ends the worker as a power cut would. */
  killWorker(): Promise<void>;
  /** Starts the worker once more, on the port and the state folder of the one before. */
  startWorker(): Promise<void>;
  /** Secrets the stack runs under, for tests that derive links or sessions. */
  secrets: { AUTH_SECRET: string; LINK_SECRET: string; MASTER_KEY: string };
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const secrets = {
  AUTH_SECRET: 'test-auth-secret-0123456789abcdefghijklmnopqrstuvwxyz',
  LINK_SECRET: 'test-link-secret-0123456789abcdefghijklmnopqrstuvwxyz',
  MASTER_KEY: testMasterKey,
};
const smsToken = 'test-sms-token';
const webhookSecret = 'test-webhook-secret-0123456789abcdef';
const readyWithinMs = 30_000;

type App = 'server' | 'worker';

function launch(app: App, env: Record<string, string>, lines: string[]): ChildProcess {
  const child = spawn(
    process.execPath,
    [...nodeFlags[app], join(root, 'apps', app, 'src/main.ts')],
    {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  return child;
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
  const sms = await startSmsSimulator({
    dir: join(folder, 'sms'),
    token: smsToken,
    deliveryMs: 50,
  });
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
    SMS_URL: sms.providerUrl,
    SMS_TOKEN: smsToken,
    SMS_FROM: '+12025550100',
    SMS_IDEMPOTENT: 'true',
    SMS_SIMULATOR_URL: sms.url,
    SMS_SIMULATOR_TOKEN: smsToken,
    WEBHOOK_SECRET_SMS: webhookSecret,
    WEB_PORT: String(web),
    ADMIN_PORT: String(admin),
    WORKER_PORT: String(workerPort),
    PUBLIC_WEB_URL: `http://localhost:${web}`,
    PUBLIC_ADMIN_URL: `http://localhost:${admin}`,
    WORKER_STATE_DIR: join(folder, 'worker'),
    ...overrides,
  });
  sms.reportTo({ url: `http://127.0.0.1:${web}/webhooks/sms/simulator`, secret: webhookSecret });
  const lines: string[] = [];
  const workerReady = () => untilReady(`http://127.0.0.1:${workerPort}/readyz`, stack.worker);
  const stack: Stack = {
    webUrl: `http://localhost:${web}`,
    adminUrl: `http://localhost:${admin}`,
    mail,
    sms,
    server: launch('server', env, lines),
    worker: launch('worker', env, lines),
    logged: () => lines.join(''),
    async killWorker() {
      const gone = once(stack.worker, 'exit');
      stack.worker.kill('SIGKILL');
      await gone;
    },
    async startWorker() {
      stack.worker = launch('worker', env, lines);
      await workerReady();
    },
    secrets,
    async stop() {
      await Promise.all([end(stack.server), end(stack.worker)]);
      await Promise.all([mail.stop(), sms.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await Promise.all([untilReady(`http://127.0.0.1:${web}/readyz`, stack.server), workerReady()]);
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return stack;
}
