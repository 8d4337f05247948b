import { DomainError } from '@wedsync/contracts/errors';
import type { SQL } from 'drizzle-orm';
import type postgres from 'postgres';
import { type CompiledStatement, compile } from './compiled-statement.ts';
import {
  ConnectionPool,
  dialect,
  type PoolOptions,
  type PoolStats,
  type Slot,
  type Tx,
} from './connection-pool.ts';
import { isRetryable } from './pg-errors.ts';
import type { LanePlace } from './read-lanes.ts';

export type { PoolStats, Tx } from './connection-pool.ts';

/** What row-level security sees of the caller; every statement of a tenant client runs under it. */
export interface Claims {
  actorKind: 'user' | 'guest_link' | 'operator' | 'system';
  userId?: string | undefined;
  orgId?: string | undefined;
  weddingId?: string | undefined;
  householdId?: string | undefined;
}

interface Pooled {
  /** Milliseconds of one round trip; throws when the database cannot be reached. */
  ping(): Promise<number>;
  stats(): PoolStats;
  end(): Promise<void>;
}

/** The client for work in somebody's name: row-level security applies to every statement. */
export interface TenantDb extends Pooled {
  /** A read-only transaction. Resolves with the last row, without waiting for COMMIT. */
  read<T>(claims: Claims, fn: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * One statement in a read-only transaction of its own. BEGIN, claims, statement and COMMIT leave
   * together and are answered together: the cheapest read there is.
   */
  readOne<R extends Record<string, unknown>>(
    claims: Claims,
    statement: SQL | CompiledStatement,
  ): Promise<R[]>;
  /**
   * One statement in a read-write transaction of its own. COMMIT leaves with it, so that its locks are
   * never held by a process that stopped in between.
   */
  writeOne<R extends Record<string, unknown>>(claims: Claims, statement: SQL): Promise<R[]>;
  /** A read-write transaction; deadlocks and serialization failures are tried again. */
  write<T>(claims: Claims, fn: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Work that belongs to no tenant. The list is closed so that elevated work can be reviewed. */
export const systemWork = [
  'outbox.relay',
  'outbox.claim',
  'outbox.finish',
  'outbox.sweep',
  'outbox.inspect',
  'heartbeat.record',
  'rate-limit.count',
  'account-email.send',
  'maintenance.run',
  'link.resolve',
  'access.resolve',
  'communications.sweep',
  'feedback.record',
  'feedback.maintain',
  'monitoring.inspect',
] as const;
export type SystemWork = (typeof systemWork)[number];

/** The client for named system work: no tenant claims, so tenant rows only through system functions. */
export interface ServiceDb extends Pooled {
  run<T>(work: SystemWork, fn: (tx: Tx) => Promise<T>): Promise<T>;
}

const claimsStatement = `select set_config('app.actor_kind', $1, true), set_config('app.user_id', $2, true),
  set_config('app.org_id', $3, true), set_config('app.wedding_id', $4, true),
  set_config('app.household_id', $5, true)`;
const writeAttemptsMax = 3;

/** Starts a transaction under `claims`; nothing is awaited, so it travels with the first statement. */
function begin(slot: Slot, mode: 'begin' | 'begin read only', claims: Claims): Promise<unknown> {
  const parameters = [
    claims.actorKind,
    claims.userId ?? '',
    claims.orgId ?? '',
    claims.weddingId ?? '',
    claims.householdId ?? '',
  ];
  // postgres.js queries are lazy: `execute` puts them on the wire in order, now.
  const begun = slot.sql.unsafe(mode).execute();
  const claimed = slot.sql.unsafe(claimsStatement, parameters).execute();
  const started = Promise.all([begun, claimed, claims.householdId && restrict(slot)]);
  // A failure here fails the caller's own statement too, which is the error that is reported.
  started.catch(() => {});
  return started;
}

/** A household's link works under a role that reaches its own rows only, until the transaction ends. */
const restrict = (slot: Slot) => slot.sql.unsafe('set local role wedsync_guest').execute();

/** Ends the transaction; a lost connection has ended it already, and is reported as such. */
async function end(slot: Slot, word: 'commit' | 'rollback'): Promise<string> {
  const { command } = await slot.sql.unsafe(word);
  return command;
}

async function read<T>(pool: ConnectionPool, claims: Claims, fn: (tx: Tx) => Promise<T>) {
  const slot = await pool.acquire();
  try {
    const started = begin(slot, 'begin read only', claims);
    const result = await fn(slot.tx);
    await started;
    return result;
  } finally {
    const giveBack = () => pool.release(slot);
    end(slot, 'commit').then(giveBack, giveBack);
  }
}

/** A place in a lane of the pool, or else a connection of its own. */
async function acquireForOne(pool: ConnectionPool): Promise<LanePlace> {
  const place = pool.lane();
  if (place) return place;
  const slot = await pool.acquire();
  return { slot, done: () => pool.release(slot) };
}

async function readOne<R>(
  pool: ConnectionPool,
  claims: Claims,
  { text, params }: CompiledStatement,
): Promise<R[]> {
  const { slot, done } = await acquireForOne(pool);
  let asked: PromiseLike<Iterable<unknown>>;
  let started: Promise<unknown>;
  try {
    // Nothing is awaited here: no other read's statement can come in between.
    started = begin(slot, 'begin read only', claims);
    // Drizzle's parameters are what postgres.js takes; only their types do not know each other.
    asked = slot.sql.unsafe(text, params as postgres.ParameterOrJSON<never>[]).execute();
    slot.sql.unsafe('commit').execute().then(done, done);
  } catch (error) {
    done();
    throw error;
  }
  const rows = await asked;
  await started;
  return [...rows] as R[];
}

const rolledBack = () => new DomainError('bug', 'db.rolled-back', 'The change could not be saved.');

async function writeOnce<T>(pool: ConnectionPool, claims: Claims, fn: (tx: Tx) => Promise<T>) {
  const slot = await pool.acquire();
  try {
    const started = begin(slot, 'begin', claims);
    try {
      const result = await fn(slot.tx);
      await started;
      if ((await end(slot, 'commit')) !== 'COMMIT') {
        // A statement failed, its error was swallowed, and PostgreSQL rolled back.
        throw rolledBack();
      }
      return result;
    } catch (error) {
      await end(slot, 'rollback').catch(() => {});
      throw error;
    }
  } finally {
    pool.release(slot);
  }
}

async function writeOneOnce<R>(pool: ConnectionPool, claims: Claims, statement: SQL): Promise<R[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  const slot = await pool.acquire();
  try {
    // Nothing is awaited before all of it is on the wire.
    const answers = await Promise.allSettled([
      begin(slot, 'begin', claims),
      slot.sql.unsafe(text, params as postgres.ParameterOrJSON<never>[]).execute(),
      end(slot, 'commit'),
    ]);
    const [started, asked, ended] = answers;
    if (asked.status === 'rejected') throw asked.reason;
    if (started.status === 'rejected') throw started.reason;
    if (ended.status === 'rejected') throw ended.reason;
    if (ended.value !== 'COMMIT') throw rolledBack();
    return [...asked.value] as unknown[] as R[];
  } finally {
    pool.release(slot);
  }
}

/** Repeats what failed only because of what others did at the same time. */
async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === writeAttemptsMax || !isRetryable(error)) throw error;
    }
  }
}

const write = <T>(pool: ConnectionPool, claims: Claims, fn: (tx: Tx) => Promise<T>) =>
  repeated(() => writeOnce(pool, claims, fn));

function pooled(pool: ConnectionPool): Pooled {
  return {
    async ping() {
      const slot = await pool.acquire();
      const startedAt = performance.now();
      try {
        await slot.sql.unsafe('select 1');
        return performance.now() - startedAt;
      } finally {
        pool.release(slot);
      }
    },
    stats: () => pool.stats(),
    end: () => pool.end(),
  };
}

/** Opens a bounded pool for work under claims, logged in as `wedsync_app` or `wedsync_worker`. */
export function createTenantDb(options: PoolOptions): TenantDb {
  const pool = new ConnectionPool(options);
  return {
    ...pooled(pool),
    read: (claims, fn) => read(pool, claims, fn),
    readOne: (claims, statement) => readOne(pool, claims, compile(statement)),
    writeOne: (claims, statement) => repeated(() => writeOneOnce(pool, claims, statement)),
    write: (claims, fn) => write(pool, claims, fn),
  };
}

/** Opens a bounded pool for named system work. */
export function createServiceDb(options: PoolOptions): ServiceDb {
  const pool = new ConnectionPool(options);
  return {
    ...pooled(pool),
    run: (_work, fn) => write(pool, { actorKind: 'system' }, fn),
  };
}
