import type { TestDatabase } from '@wedsync/db/testing/database';
import { missingPackage } from '@wedsync/platform/required-package';
import { afterAll, beforeAll, describe } from 'vitest';
import { startTestRedis, type TestRedis } from './redis.ts';
import { createEffects, type RigPlace, wipeQueue } from './rig.ts';

/** One backend of the contract suite; its parts exist once the suite's tests run. */
export interface Backend {
  name: 'postgres' | 'redis';
  /** Where worker processes find their parts. */
  place(): RigPlace;
  redis(): TestRedis;
  /** A key prefix of this backend's own: both work in the same database, one after the other. */
  key(text: string): string;
  wipe(): Promise<void>;
}

/** Declares the same suite for both backends; the one on Redis names the package it misses. */
export function describeOnBothBackends(
  title: string,
  database: TestDatabase,
  suite: (backend: Backend) => void,
): void {
  for (const name of ['postgres', 'redis'] as const) {
    const missing = name === 'redis' ? missingPackage('redis-server') : undefined;
    const fullTitle = `${title} on ${name}${missing ? ` (skipped: ${missing})` : ''}`;
    describe.skipIf(missing)(fullTitle, () => {
      let redis: TestRedis | undefined;
      beforeAll(async () => {
        if (name === 'redis') redis = await startTestRedis();
        await createEffects(database);
      });
      afterAll(() => redis?.stop());
      suite({
        name,
        place: () => ({ databaseUrl: database.url('worker'), redisUrl: redis?.url }),
        redis() {
          if (!redis) throw new Error('this backend has no Redis');
          return redis;
        },
        key: (text) => `${name}/${text}`,
        wipe: () => wipeQueue(database, redis?.url),
      });
    });
  }
}
