import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  createAccountMail,
  createHttpSmsTransport,
  openDkimSigner,
  openFileJournal,
  openMailTransport,
} from '@wedsync/communications/jobs';
import { OrgId, WeddingId } from '@wedsync/contracts/ids';
import { type Claims, createServiceDb, createTenantDb, type TenantDb } from '@wedsync/db/client';
import { observePools } from '@wedsync/monitoring';
import { databaseUrlFor, type Env, smtpUrlFor } from '@wedsync/platform/env';
import type { Logger } from '@wedsync/platform/log';
import { createMetrics } from '@wedsync/platform/metrics';
import type { JobInfo } from '@wedsync/queue/job-run';
import { observeOutbox } from '@wedsync/queue/metrics';
import { createWake } from '@wedsync/queue/wake';
import { createContext, type ServiceContext, systemClock } from '@wedsync/service/context';
import { createKeyRing } from '@wedsync/service/key-ring';
import type { HandlerDeps } from './handlers.ts';

/** What is written into heartbeats; the repository's packages share one version. */
export const workerVersion = '0.1.0';

/** Of DATABASE_POOL_MAX; what is left serves the ledger, the queue and the wake-up channel. */
const poolShare = { worker: 0.4, interactive: 0.2, system: 0.15 } as const;
const stateDirDefault = fileURLToPath(new URL('../../../.wedsync/worker', import.meta.url));

const dkimOf = (env: Env) =>
  env.DKIM_PRIVATE_KEY_FILE
    ? {
        keyFile: env.DKIM_PRIVATE_KEY_FILE,
        selector: env.DKIM_SELECTOR,
        domain: env.DKIM_DOMAIN,
        mailFrom: env.MAIL_FROM,
      }
    : undefined;

/** The signer of our mail, where there is a key. */
function signerOf(env: Env) {
  const dkim = dkimOf(env);
  return dkim && openDkimSigner(dkim);
}

/** The way out for mail, signed where there is a key. */
function mailOf(env: Env, log: Logger) {
  return openMailTransport({
    kind: env.MAIL_TRANSPORT,
    smtpUrl: smtpUrlFor(env),
    connectionsMax: env.MAIL_CONNECTIONS_MAX,
    dkim: dkimOf(env),
    publicUrl: env.PUBLIC_WEB_URL,
    hasReturnPath: env.BOUNCE_DOMAIN !== undefined,
    log,
  });
}

function openDatabases(env: Env) {
  const databaseUrl = databaseUrlFor(env, 'worker');
  const share = (kind: keyof typeof poolShare) =>
    Math.max(2, Math.floor(env.DATABASE_POOL_MAX * poolShare[kind]));
  const openTenantDb = (kind: 'worker' | 'interactive') =>
    createTenantDb({
      url: databaseUrl,
      max: share(kind),
      applicationName: `wedsync-${kind}`,
      // Jobs may wait longer than people.
      acquireTimeoutMs: 30_000,
    });
  const db = openTenantDb('worker');
  // What somebody waits for does not queue for a connection behind a mailing.
  const interactiveDb = openTenantDb('interactive');
  const serviceDb = createServiceDb({
    url: databaseUrl,
    max: share('system'),
    applicationName: 'wedsync-worker-system',
    acquireTimeoutMs: 30_000,
  });
  return { databaseUrl, db, interactiveDb, serviceDb };
}

/** Everything that outlives a job, opened once. */
export function openDependencies(env: Env, log: Logger) {
  const { databaseUrl, db, interactiveDb, serviceDb } = openDatabases(env);
  const wake = createWake({ redisUrl: env.REDIS_URL, databaseUrl, log });
  const keyRing = createKeyRing({
    masterKey: env.MASTER_KEY,
    previousMasterKey: env.MASTER_KEY_PREVIOUS,
  });
  const metrics = createMetrics({ service: 'worker' });
  observeOutbox(metrics, serviceDb);
  const readPools = () => [
    { name: 'worker', ...db.stats() },
    { name: 'interactive', ...interactiveDb.stats() },
    { name: 'system', ...serviceDb.stats() },
  ];
  observePools(metrics, readPools);
  const transport = mailOf(env, log);
  const deps: HandlerDeps = {
    transport,
    signer: signerOf(env),
    accountMail: createAccountMail(transport),
    journal: openFileJournal(env.WORKER_STATE_DIR ?? stateDirDefault),
    publicUrl: env.PUBLIC_WEB_URL.replace(/\/$/, ''),
    authSecret: env.AUTH_SECRET,
    linkSecret: env.LINK_SECRET,
    mailFrom: env.MAIL_FROM,
    sms: env.SMS_URL
      ? createHttpSmsTransport({
          name: 'sms',
          url: env.SMS_URL,
          token: env.SMS_TOKEN,
          isIdempotent: env.SMS_IDEMPOTENT,
        })
      : undefined,
    smsFrom: env.SMS_FROM,
    bounceDomain: env.BOUNCE_DOMAIN,
    takesReplies: env.INBOUND_SMTP_PORT !== undefined,
  };

  /** The verbs' context of a job: the system itself, under the claims that the handler states. */
  const serviceOn =
    (db: TenantDb) =>
    (claims: Claims, { name, requestId, log, signal }: JobInfo): ServiceContext =>
      createContext(
        { db, requestId, log, clock: systemClock, signal, wake, keyRing },
        {
          actor: { kind: 'system', name },
          orgId: claims.orgId ? OrgId.parse(claims.orgId) : undefined,
          weddingId: claims.weddingId ? WeddingId.parse(claims.weddingId) : undefined,
        },
      );
  const common = { serviceDb, log, clock: systemClock, random: Math.random };

  return {
    databaseUrl,
    wake,
    metrics,
    deps,
    ground: { ...common, db, service: serviceOn(db) },
    interactiveGround: { ...common, db: interactiveDb, service: serviceOn(interactiveDb) },
    instance: `${hostname()}:${process.pid}`,
    readPools,
    /** Closes what was opened, connections last. */
    async close() {
      await Promise.allSettled([deps.transport.close(), deps.sms?.close(), wake.close()]);
      deps.journal.close();
      await Promise.allSettled([db.end(), interactiveDb.end(), serviceDb.end()]);
    },
  };
}
