import type { Logger } from '@wedsync/platform/log';
import type { WakeChannel } from './wake-channels.ts';
import { createPostgresWake } from './wake-postgres.ts';
import { createRedisWake } from './wake-redis.ts';

export type { WakeChannel } from './wake-channels.ts';

/**
 * A tap on the shoulder between processes. It may be lost or doubled, so a receiver always reads
 * the database and polls as well; it carries ids only.
 */
export interface Wake {
  publish(channel: WakeChannel, key: string): Promise<void>;
  /**
   * Resolves once messages are being received; the returned function ends the subscription. After
   * a lost connection `fn` is called with an empty key: anything may have been missed.
   */
  subscribe(channel: WakeChannel, fn: (key: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export interface WakeOptions {
  /** Set: Redis pub/sub. Unset: LISTEN/NOTIFY on one dedicated connection. */
  redisUrl?: string | undefined;
  databaseUrl: string;
  log: Logger;
}

/** Opens the wake-up channel that the environment chose. */
export function createWake({ redisUrl, databaseUrl, log }: WakeOptions): Wake {
  return redisUrl ? createRedisWake(redisUrl, log) : createPostgresWake(databaseUrl, log);
}
