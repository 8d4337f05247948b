import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createRefusalCounter } from '@wedsync/communications';
import { createServiceDb, createTenantDb } from '@wedsync/db/client';
import { observePools } from '@wedsync/monitoring';
import type { MonitoringDeps } from '@wedsync/monitoring/router';
import { createMailClient } from '@wedsync/platform/embedded/mail-client';
import { createSmsClient } from '@wedsync/platform/embedded/sms-client';
import { databaseUrlFor, type Env } from '@wedsync/platform/env';
import { createHealth } from '@wedsync/platform/health';
import type { Logger } from '@wedsync/platform/log';
import { createMetrics } from '@wedsync/platform/metrics';
import { connectQueue } from '@wedsync/queue/connection';
import { createWake } from '@wedsync/queue/wake';
import { createKeyRing } from '@wedsync/service/key-ring';
import { createAccessResolver, openAuthDatabase } from '@wedsync/weddings/accounts';
import { Redis } from 'ioredis';
import { createRateLimits } from './rate-limits.ts';

/** What is written into heartbeats; the repository's packages share one version. */
export const serverVersion = '0.1.0';

/** Shares of DATABASE_POOL_MAX: sign-in and system work must not starve behind ordinary requests. */
const poolShare = { app: 0.6, auth: 0.15, service: 0.15, monitor: 0.1 } as const;
const share = (env: Env, kind: keyof typeof poolShare) =>
  Math.max(1, Math.floor(env.DATABASE_POOL_MAX * poolShare[kind]));

function openRedis(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    // A limiter that waits is worse than one that counts alone for a while.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 500,
    retryStrategy: (attempt) => Math.min(attempt * 200, 2_000),
  });
  redis.on('error', (err: unknown) => log.warn({ err }, 'server.redis_error'));
  return redis;
}

function openDatabases(env: Env) {
  const appUrl = databaseUrlFor(env, 'app');
  return {
    appUrl,
    db: createTenantDb({ url: appUrl, max: share(env, 'app'), applicationName: 'wedsync-server' }),
    serviceDb: createServiceDb({
      url: appUrl,
      max: share(env, 'service'),
      applicationName: 'wedsync-server-system',
    }),
    statistics: createServiceDb({
      url: databaseUrlFor(env, 'monitor'),
      max: share(env, 'monitor'),
      applicationName: 'wedsync-server-monitor',
    }),
    authDatabase: openAuthDatabase({ url: databaseUrlFor(env, 'auth'), max: share(env, 'auth') }),
  };
}

/** Undefined where texts leave through a real provider. */
function smsClientOf({ SMS_SIMULATOR_URL: url, SMS_SIMULATOR_TOKEN: token }: Env) {
  return url && token ? createSmsClient({ url, token }) : undefined;
}

/** Lists of some hundred guests each; at most 20 MB. */
const rememberedGuestKeysMax = 20_000;

/** Everything that outlives a request, opened once. */
export function openDependencies(env: Env, log: Logger) {
  const databases = openDatabases(env);
  const { db, serviceDb, statistics, authDatabase, appUrl } = databases;
  const wake = createWake({ redisUrl: env.REDIS_URL, databaseUrl: appUrl, log });
  const queue = connectQueue({ redisUrl: env.REDIS_URL, databaseUrl: appUrl, log });
  const redis = env.REDIS_URL ? openRedis(env.REDIS_URL, log) : undefined;
  const metrics = createMetrics({ service: 'server' });
  const health = createHealth({
    checks: { database: () => db.ping(), ...(redis ? { redis: () => redis.ping() } : {}) },
  });
  const refusals = createRefusalCounter(serviceDb, log);
  const readPools = () => [
    { name: 'app', ...db.stats() },
    { name: 'system', ...serviceDb.stats() },
    { name: 'monitor', ...statistics.stats() },
  ];
  observePools(metrics, readPools);

  const { MAIL_CATCHER_URL: url, MAIL_CATCHER_TOKEN: token } = env;
  const monitoring: MonitoringDeps = {
    statistics,
    queue,
    mail: url && token ? createMailClient({ url, token }) : undefined,
    texts: smsClientOf(env),
    instance: `${hostname()}:${process.pid}`,
    readPools,
  };
  return {
    db,
    serviceDb,
    authDatabase,
    wake,
    keyRing: createKeyRing({
      masterKey: env.MASTER_KEY,
      previousMasterKey: env.MASTER_KEY_PREVIOUS,
      guestKeysMax: rememberedGuestKeysMax,
    }),
    metrics,
    health,
    monitoring,
    refusals,
    resolveAccess: createAccessResolver(db),
    limits: createRateLimits(redis ? { redis } : { serviceDb }, env.API_REQUESTS_PER_MINUTE),
    /** Closes what was opened, connections last. */
    async close() {
      await Promise.allSettled([queue.close(), wake.close(), redis?.quit(), refusals.close()]);
      await Promise.allSettled([db.end(), serviceDb.end(), statistics.end(), authDatabase.end()]);
    },
  };
}
export type Dependencies = ReturnType<typeof openDependencies>;

/** Folder of a surface's built frontend. */
export function staticRootOf(env: Env, surface: 'web' | 'admin'): string {
  if (env.STATIC_ROOT) return `${env.STATIC_ROOT}/${surface}`;
  return fileURLToPath(new URL(`../../${surface}/dist`, import.meta.url));
}
