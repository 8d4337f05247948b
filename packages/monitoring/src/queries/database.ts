import type { ConnectionGroup, DatabaseFacts } from '@wedsync/contracts/monitoring';
import type { Tx } from '@wedsync/db/client';
import { readSqlFolder } from '@wedsync/db/drizzle-folder';
import { requireOperator } from '@wedsync/service/permission';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from '../ports.ts';
import { moment, momentOrNull } from './moment.ts';

type Facts = {
  version: string;
  started_at: string;
  size_bytes: number;
  connections_max: number;
  cache_hit_ratio: number | null;
  committed: number;
  rolled_back: number;
  deadlocks: number;
  oldest_transaction_ms: number | null;
};

async function readFacts(tx: Tx): Promise<Facts | undefined> {
  const [row] = await tx.execute<Facts>(sql`
    select current_setting('server_version') as version,
      pg_postmaster_start_time() as started_at,
      pg_database_size(d.datid)::float8 as size_bytes,
      current_setting('max_connections')::int as connections_max,
      d.blks_hit::float8 / nullif(d.blks_hit + d.blks_read, 0) as cache_hit_ratio,
      d.xact_commit::float8 as committed,
      d.xact_rollback::float8 as rolled_back,
      d.deadlocks::float8 as deadlocks,
      (select extract(epoch from now() - min(a.xact_start)) * 1000
        from pg_stat_activity a
        where a.datid = d.datid and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
      )::float8 as oldest_transaction_ms
    from pg_stat_database d where d.datname = current_database()`);
  return row;
}

/** Counted over the whole server: the limit on connections is the server's. */
function readConnections(tx: Tx): Promise<ConnectionGroup[]> {
  return tx.execute<ConnectionGroup & Record<string, unknown>>(sql`
    select coalesce(usename, 'unknown') as role, coalesce(state, 'starting') as state,
      count(*)::int as connections
    from pg_stat_activity where backend_type = 'client backend'
    group by 1, 2 order by 1, 2`);
}

async function readApplied(tx: Tx) {
  return tx.execute<{ path: string; finished_at: string | null }>(sql`
    select path, finished_at from ops.schema_migrations order by path`);
}

let wanted: Promise<string[]> | undefined;
/** The folder belongs to the running code and cannot change under it: it is read once. */
function wantedMigrations(): Promise<string[]> {
  wanted ??= readSqlFolder().then(({ migrations }) => migrations.map((file) => file.path));
  return wanted;
}

/** What PostgreSQL says of itself, and which migrations it has. */
export async function getDatabase(ctx: MonitoringContext): Promise<DatabaseFacts> {
  requireOperator(ctx);
  const files = await wantedMigrations();
  return ctx.monitoring.statistics.run('monitoring.inspect', async (tx) => {
    const facts = await readFacts(tx);
    if (!facts) throw new Error('pg_stat_database has no row of the current database');
    const connections = await readConnections(tx);
    const rows = await readApplied(tx);
    const applied = rows.filter((row) => row.finished_at !== null);
    const names = new Set(applied.map((row) => row.path));
    const latest = applied.at(-1);
    return {
      version: facts.version,
      startedAt: moment(facts.started_at),
      sizeBytes: facts.size_bytes,
      connectionsMax: facts.connections_max,
      connections: [...connections],
      cacheHitRatio: facts.cache_hit_ratio,
      transactionsCommitted: facts.committed,
      transactionsRolledBack: facts.rolled_back,
      deadlocks: facts.deadlocks,
      oldestTransactionMs: facts.oldest_transaction_ms,
      migrations: {
        applied: applied.length,
        latest: latest?.path ?? null,
        latestAt: momentOrNull(latest?.finished_at ?? null),
        pending: files.filter((path) => !names.has(path)),
      },
    };
  });
}
