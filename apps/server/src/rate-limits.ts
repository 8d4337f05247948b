import { createHash } from 'node:crypto';
import { DomainError } from '@wedsync/contracts/errors';
import type { ServiceDb } from '@wedsync/db/client';
import { createRateLimitStore } from '@wedsync/db/rate-limit-store';
import type { Redis } from 'ioredis';
import {
  type IRateLimiterOptions,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';

/** Where counts are shared between processes: Redis when there is one, PostgreSQL otherwise. */
export type CounterStore = { redis: Redis } | { serviceDb: ServiceDb };

/** One limit: `points` in `durationS` seconds per key. */
export interface RateLimit {
  /** @throws DomainError `limit` with `details.retryAfterS` */
  consume(key: string, points?: number): Promise<void>;
  /** Forgets what a key has used, after it has proven itself. */
  reset(key: string): Promise<void>;
}

export interface RateLimits {
  /** Requests of one user, and of one address without a user; counted in this process alone. */
  api: RateLimit;
  /** Requests to the public page of one household or one unsubscribe link. */
  link: RateLimit;
  /** Requests to public pages from one address: guessing links must not be possible. */
  publicAddress: RateLimit;
  /** Unsubscribing in one click, which large mail programs do from few addresses. */
  oneClick: RateLimit;
  /** Calls of providers from one address; a forged one counts for many. */
  webhook: RateLimit;
  /** Attempts to sign in or to have mail sent, from one address. */
  signInAddress: RateLimit;
  /** Attempts on one account from one address. */
  signInPair: RateLimit;
  /** Attempts on one account from anywhere (NIST SP 800-63B §3.2.2: at most 100 in a row). */
  signInAccount: RateLimit;
  /** Account mails to one address. */
  accountEmail: RateLimit;
}

const minuteS = 60;
const hourS = 60 * minuteS;

function refuse(rejection: unknown): never {
  if (!(rejection instanceof RateLimiterRes)) throw rejection;
  const retryAfterS = Math.max(1, Math.ceil(rejection.msBeforeNext / 1_000));
  const wait =
    retryAfterS < 90 ? `${retryAfterS} seconds` : `${Math.ceil(retryAfterS / 60)} minutes`;
  throw new DomainError(
    'limit',
    'server.too-many-requests',
    `Too many requests. Wait ${wait} and try again.`,
    { retryAfterS },
  );
}

/** Keys hold addresses and names of accounts: only their hashes are stored. */
const hashKey = (key: string) => createHash('sha256').update(key).digest('base64url').slice(0, 32);

function limitOf(limiter: RateLimiterAbstract): RateLimit {
  return {
    consume: (key, points = 1) => limiter.consume(hashKey(key), points).then(() => {}, refuse),
    reset: (key) => limiter.delete(hashKey(key)).then(() => {}),
  };
}

/** Counted by this process alone: fast, and exact enough where a limit only tames. */
function local(options: { points: number; durationS: number }): RateLimit {
  return limitOf(new RateLimiterMemory({ points: options.points, duration: options.durationS }));
}

/** Counted for all processes together; while the store is away each counts for itself. */
function shared(
  store: CounterStore,
  name: string,
  options: { points: number; durationS: number },
): RateLimit {
  const { points, durationS: duration } = options;
  const base: IRateLimiterOptions = { keyPrefix: `limit-${name}`, points, duration };
  const insured = {
    ...base,
    insuranceLimiter: new RateLimiterMemory(base),
    // A key that is over its limit is refused without asking the store again.
    inMemoryBlockOnConsumed: points + 1,
  };
  if ('redis' in store)
    return limitOf(new RateLimiterRedis({ ...insured, storeClient: store.redis }));
  return limitOf(
    new RateLimiterPostgres({
      ...insured,
      storeClient: createRateLimitStore(store.serviceDb),
      storeType: 'client',
      schemaName: 'ops',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: true,
    }),
  );
}

/** @param apiPerMinute requests one user may make in a minute; 0 for no limit (benchmarks) */
export function createRateLimits(store: CounterStore, apiPerMinute: number): RateLimits {
  const open: RateLimit = { consume: async () => {}, reset: async () => {} };
  return {
    api: apiPerMinute > 0 ? local({ points: apiPerMinute, durationS: minuteS }) : open,
    link: local({ points: 120, durationS: minuteS }),
    publicAddress: local({ points: 600, durationS: minuteS }),
    oneClick: local({ points: 30_000, durationS: minuteS }),
    webhook: local({ points: 6_000, durationS: minuteS }),
    signInAddress: shared(store, 'sign-in-address', { points: 100, durationS: 15 * minuteS }),
    signInPair: shared(store, 'sign-in-pair', { points: 10, durationS: 15 * minuteS }),
    signInAccount: shared(store, 'sign-in-account', { points: 100, durationS: hourS }),
    accountEmail: shared(store, 'account-email', { points: 5, durationS: hourS }),
  };
}
