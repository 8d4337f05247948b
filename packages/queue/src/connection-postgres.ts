import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import pg from 'pg';
import type { ConnectionOptions, QueueConnection, QueueKey, WakeQueue } from './connection.ts';

const schema = 'bullmq';
const poolMaxDefault = 4;
const { Queue, Worker } = withBackend(createPostgresBackend);

/** BullMQ on PostgreSQL: one pool for everything, and one listening connection per worker. */
export function connectPostgres(options: ConnectionOptions): QueueConnection {
  const { databaseUrl, log, poolMax = poolMaxDefault } = options;
  const onError = (err: Error) =>
    log.warn({ event: 'queue.postgres_error', err }, 'the queue lost PostgreSQL');
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: poolMax,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    application_name: 'wedsync-queue',
    // BullMQ's statements name no schema.
    options: `-c search_path=${schema}`,
  });
  pool.on('error', onError);
  const queues = new Map<QueueKey, WakeQueue & { close(): Promise<void> }>();

  return {
    kind: 'postgres',
    migrate: () => migrate(pool),
    queue(name) {
      const existing = queues.get(name);
      if (existing) return existing;
      const queue = new Queue(name, { connection: pool });
      queue.on('error', onError);
      queues.set(name, queue);
      // It remembers a failed start for ever: where a server comes before the worker that makes
      // the tables, the next caller gets a new one.
      queue.waitUntilReady().catch(() => queues.delete(name));
      return queue;
    },
    worker(name, processor, settings) {
      // Each worker keeps one connection of the pool for LISTEN.
      pool.options.max += 1;
      const worker = new Worker(name, processor, { ...settings, connection: pool, autorun: false });
      worker.on('error', onError);
      return worker;
    },
    async ping() {
      await pool.query('select 1');
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await pool.end();
    },
  };
}

/**
 * Runs BullMQ's migrations as the owner of its schema. The administrator has created the schema,
 * and CREATE SCHEMA would be refused even where it exists: the login may not create schemas.
 */
async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(
      {
        query: async <R>(text: string, parameters: readonly unknown[] = []) => {
          if (text.startsWith('CREATE SCHEMA')) return { rows: [] };
          // Without parameters pg uses the simple protocol, which takes a file of statements.
          return client.query<R & pg.QueryResultRow>(text, [...parameters]);
        },
      },
      schema,
    );
  } finally {
    client.release();
  }
}
