import { DomainError } from '@wedsync/contracts/errors';
import { PgDatabase, PgDialect } from 'drizzle-orm/pg-core';
import { type PostgresJsQueryResultHKT, PostgresJsSession } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { nameArrayTypes } from './array-types.ts';
import { openGatheringSocket } from './gathering-socket.ts';
import { type LanePlace, ReadLanes } from './read-lanes.ts';

/** Drizzle bound to one open transaction. Raw SQL goes through `tx.execute(sql`…`)`. */
export type Tx = Omit<PgDatabase<PostgresJsQueryResultHKT>, 'transaction'>;

export interface PoolOptions {
  /** `postgres://role:password@host:port/database` */
  url: string;
  /** Connections at most; each serves one transaction at a time. */
  max: number;
  applicationName: string;
  /** How long a transaction may wait for a free connection before it is refused. */
  acquireTimeoutMs?: number;
  /** Transactions that may wait at once; more are refused at once. */
  queueMax?: number;
  /** A pooler in transaction mode older than PgBouncer 1.21 needs `false`. */
  prepare?: boolean;
}

export interface PoolStats {
  max: number;
  busy: number;
  waiting: number;
  /** Transactions refused since start because no connection became free in time. */
  refused: number;
}

/** One connection: its raw client, and Drizzle on top of it. */
export interface Slot {
  sql: postgres.Sql;
  tx: Tx;
  isConnected(): boolean;
  /** True from the moment the connection is lost: the slot is of no more use. */
  isLost(): boolean;
  connect(): Promise<void>;
  openedAtMs: number;
}

/** Missing in the types of postgres.js. */
interface SocketOption {
  socket: typeof openGatheringSocket;
}

interface Waiter {
  resolve(slot: Slot): void;
  timer: NodeJS.Timeout;
}

/** Turns Drizzle's SQL into text and parameters. */
export const dialect = new PgDialect();
/** Dates and timestamps (scalars and arrays) stay strings: Drizzle's columns parse them. */
const temporalTypes = [1082, 1083, 1114, 1115, 1182, 1184, 1185, 1231];
const jsonTypes = [114, 3802];
/** One connection in four is a lane of shared reads; the rest serve one transaction at a time. */
const connectionsPerLane = 4;

/** Backends collect memory and plans; a fail-over is noticed by new connections only. */
const lifetimeMs = 3_600_000;

const connectionLost = () =>
  Object.assign(new Error('the connection was lost in the middle of a transaction'), {
    code: 'CONNECTION_CLOSED',
  });

const exhausted = () =>
  new DomainError(
    'unavailable',
    'db.pool-exhausted',
    'The database is busy and could not take this request in time. Try again in a few seconds.',
  );

/**
 * A bounded pool whose connections are single-connection postgres.js clients. The pool is ours so
 * that BEGIN, the claims, the first statement and COMMIT can be written to the socket without
 * waiting for each other (postgres.js pipelines only within one connection and awaits BEGIN in
 * `sql.begin`). A client whose connection was lost is thrown away, never reconnected.
 */
export class ConnectionPool {
  readonly #options: Required<PoolOptions>;
  readonly #idle: Slot[] = [];
  readonly #all: Slot[] = [];
  readonly #waiting: Waiter[] = [];
  readonly #lanes: ReadLanes;
  readonly #exclusiveMax: number;
  #refused = 0;
  #ended = false;

  constructor(options: PoolOptions) {
    this.#options = { acquireTimeoutMs: 3_000, queueMax: 2_000, prepare: true, ...options };
    const count = Math.floor(options.max / connectionsPerLane);
    this.#lanes = new ReadLanes({ count, open: () => this.#open(), lifetimeMs });
    this.#exclusiveMax = options.max - count;
  }

  /** An open connection for exclusive use; the caller must give it back with `release`. */
  async acquire(): Promise<Slot> {
    const slot = await this.#take();
    if (slot.isConnected()) return slot;
    try {
      await slot.connect();
      return slot;
    } catch (error) {
      this.release(slot);
      throw error;
    }
  }

  /** A place on a shared connection, for a read whose statements are all sent at once. */
  lane(): LanePlace | undefined {
    return this.#ended ? undefined : this.#lanes.take();
  }

  #take(): Promise<Slot> {
    if (this.#ended) return Promise.reject(exhausted());
    const idle = this.#idle.pop();
    if (idle) return Promise.resolve(idle.isLost() ? this.#replace(idle) : idle);
    if (this.#all.length < this.#exclusiveMax) {
      const slot = this.#open();
      this.#all.push(slot);
      return Promise.resolve(slot);
    }
    if (this.#waiting.length >= this.#options.queueMax) {
      this.#refused++;
      return Promise.reject(exhausted());
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve,
        timer: setTimeout(() => {
          this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
          this.#refused++;
          reject(exhausted());
        }, this.#options.acquireTimeoutMs),
      };
      this.#waiting.push(waiter);
    });
  }

  release(used: Slot): void {
    const isOld = Date.now() - used.openedAtMs > lifetimeMs;
    const slot = isOld || used.isLost() ? this.#replace(used) : used;
    const next = this.#waiting.shift();
    if (!next) {
      this.#idle.push(slot);
      return;
    }
    clearTimeout(next.timer);
    next.resolve(slot);
  }

  stats(): PoolStats {
    return {
      max: this.#options.max,
      busy: this.#all.length - this.#idle.length + this.#lanes.busy,
      waiting: this.#waiting.length,
      refused: this.#refused,
    };
  }

  /** Lets running transactions finish (5 s at most), then closes every connection. */
  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all([this.#lanes.end(), ...this.#all.map(({ sql }) => sql.end({ timeout: 5 }))]);
  }

  #replace(old: Slot): Slot {
    const slot = this.#open();
    this.#all[this.#all.indexOf(old)] = slot;
    old.sql.end({ timeout: 5 }).catch(() => {});
    return slot;
  }

  /**
   * postgres.js opens a lost connection anew with the next statement. Inside a transaction that
   * statement would run alone, without the claims, and COMMIT would succeed although everything
   * before it was rolled back. Worse, it forgets what it was given between the error of a socket and
   * its close: such a statement waits for ever, or takes the answer of the next one after a
   * reconnect. So a lost connection ends its client, which fails whatever still waits in it.
   */
  #open(): Slot {
    const { url, applicationName, prepare } = this.#options;
    let state: 'new' | 'open' | 'lost' = 'new';
    const settings: postgres.Options<Record<string, never>> & SocketOption = {
      max: 1,
      prepare,
      connect_timeout: 3,
      idle_timeout: 300,
      // It would also end a connection between two statements of a transaction: see `release`.
      max_lifetime: null,
      fetch_types: false,
      connection: { application_name: applicationName },
      onnotice: () => {},
      socket: openGatheringSocket,
      onclose: () => {
        state = 'lost';
        sql.end({ timeout: 0 }).catch(() => {});
      },
    };
    const sql: postgres.Sql = postgres(url, settings);
    const keep = (value: unknown) => value;
    for (const type of temporalTypes) sql.options.parsers[type] = keep;
    for (const type of jsonTypes) sql.options.serializers[type] = keep;
    nameArrayTypes(sql);
    // Drizzle asks for unnamed statements, which cost a describe round trip each time.
    const { unsafe } = sql;
    sql.unsafe = (query, parameters, options) => {
      if (state !== 'open') throw connectionLost();
      return unsafe(query, parameters, { ...options, prepare });
    };
    const session = new PostgresJsSession(sql, dialect, undefined);
    return {
      sql,
      tx: new PgDatabase<PostgresJsQueryResultHKT>(dialect, session, undefined),
      isConnected: () => state === 'open',
      isLost: () => state === 'lost',
      async connect() {
        await unsafe('select 1');
        if (state === 'lost') throw connectionLost();
        state = 'open';
      },
      openedAtMs: Date.now(),
    };
  }
}
