import { DomainError } from '@wedsync/contracts/errors';
import { type DatabaseRole, databaseRoles } from '@wedsync/platform/env-schema';
import postgres from 'postgres';
import { readSqlFolder, type SqlFile, type SqlFolder } from './drizzle-folder.ts';
import { pgFailure } from './pg-errors.ts';

export interface MigrateOptions {
  /** A login that may create roles and extensions in the target database. */
  adminUrl: string;
  /** Passwords of the login roles; a role without one keeps what it has. */
  passwords: Partial<Record<DatabaseRole, string>>;
  /** What to bring the database to; the repository's `drizzle/` unless told otherwise. */
  folder?: SqlFolder;
  log?: { info(fields: object, message: string): void };
}

export interface MigrateResult {
  /** Migrations that ran now. */
  applied: string[];
  /** Function and view files that had changed and were applied again. */
  reapplied: string[];
}

const nonTransactional = '-- transaction: none';
const lockAttemptsMax = 10;
const monthsAhead = 3;
// An arbitrary constant that names "WedSync migrates" among the cluster's advisory locks.
const advisoryLock = 7_305_020_001;

const bookkeeping = `
  create table if not exists ops.schema_migrations (
    path text primary key,
    checksum text not null,
    steps_done int not null default 0,
    finished_at timestamptz,
    duration_ms int
  );
  comment on table ops.schema_migrations is 'Migrations that ran; a row without finished_at is resumed at steps_done';
  create table if not exists ops.schema_repeatables (
    path text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  );
  comment on table ops.schema_repeatables is 'Function and view files as last applied';
  grant select on ops.schema_migrations, ops.schema_repeatables to wedsync_app, wedsync_worker, wedsync_monitor;
`;

/** Statements of a non-transactional file: each ends with a semicolon at the end of a line. */
export function splitStatements(text: string): string[] {
  return text
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map((statement) => statement.replace(/^\s*--.*$/gm, '').trim())
    .filter((statement) => statement !== '');
}

/** Repeats `work` while it fails only because somebody holds a lock, with growing pauses. */
async function withLockRetries(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (pgFailure(error)?.code !== '55P03' || attempt === lockAttemptsMax) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** Math.min(attempt, 6)));
    }
  }
}

/** CREATE INDEX CONCURRENTLY that was interrupted leaves an invalid index, which must go first. */
async function dropInvalidIndex(sql: postgres.Sql, statement: string): Promise<void> {
  const [, name] =
    /^create (?:unique )?index concurrently if not exists (\S+)/i.exec(statement) ?? [];
  if (!name) return;
  const invalid = await sql<{ name: string }[]>`
    select indexrelid::regclass::text as name from pg_index
    join pg_class on pg_class.oid = indexrelid
    where not indisvalid and relname = ${name}`;
  for (const index of invalid) await sql.unsafe(`drop index concurrently ${index.name}`);
}

async function runSteps(sql: postgres.Sql, file: SqlFile): Promise<void> {
  const [row] = await sql<{ steps_done: number }[]>`
    insert into ops.schema_migrations (path, checksum) values (${file.path}, ${file.checksum})
    on conflict (path) do update set checksum = excluded.checksum returning steps_done`;
  const statements = splitStatements(file.text);
  for (const [index, statement] of statements.entries()) {
    if (index < (row?.steps_done ?? 0)) continue;
    await dropInvalidIndex(sql, statement);
    await withLockRetries(() => sql.unsafe(statement).simple());
    await sql`update ops.schema_migrations set steps_done = ${index + 1} where path = ${file.path}`;
  }
  await sql`update ops.schema_migrations set finished_at = now() where path = ${file.path}`;
}

async function runTransaction(sql: postgres.Sql, file: SqlFile): Promise<void> {
  const startedAt = performance.now();
  await withLockRetries(() =>
    sql.begin(async (tx) => {
      await tx.unsafe(file.text).simple();
      await tx`
        insert into ops.schema_migrations (path, checksum, finished_at, duration_ms)
        values (${file.path}, ${file.checksum}, now(), ${Math.round(performance.now() - startedAt)})`;
    }),
  );
}

function refuseChanged(file: SqlFile, checksum: string): void {
  if (checksum === file.checksum) return;
  throw new DomainError(
    'precondition',
    'db.migration-changed',
    `${file.path} was changed after it had been applied. Restore its text and write the change as a new migration. (A development database may start over: npm start -- --reset.)`,
  );
}

async function applyMigrations(sql: postgres.Sql, files: SqlFile[]): Promise<string[]> {
  const rows = await sql<{ path: string; checksum: string; finished_at: Date | null }[]>`
    select path, checksum, finished_at from ops.schema_migrations`;
  const known = new Map(rows.map((row) => [row.path, row]));
  const applied: string[] = [];
  for (const file of files) {
    const row = known.get(file.path);
    if (row?.finished_at) {
      refuseChanged(file, row.checksum);
      continue;
    }
    if (file.text.startsWith(nonTransactional)) await runSteps(sql, file);
    else await runTransaction(sql, file);
    await sql`reset lock_timeout`;
    await sql`reset statement_timeout`;
    applied.push(file.path);
  }
  return applied;
}

async function applyRepeatables(sql: postgres.Sql, files: SqlFile[]): Promise<string[]> {
  const rows = await sql<{ path: string; checksum: string }[]>`
    select path, checksum from ops.schema_repeatables`;
  const known = new Map(rows.map((row) => [row.path, row.checksum]));
  const changed = files.filter((file) => known.get(file.path) !== file.checksum);
  for (const file of changed) {
    await withLockRetries(() =>
      sql.begin(async (tx) => {
        await tx.unsafe(file.text).simple();
        await tx.unsafe('set local role wedsync_owner');
        await tx`
          insert into ops.schema_repeatables (path, checksum) values (${file.path}, ${file.checksum})
          on conflict (path) do update set checksum = excluded.checksum, applied_at = now()`;
      }),
    );
  }
  return changed.map((file) => file.path);
}

/** The first month of a new database; later ones are made by the worker as well. */
async function makePartitions(sql: postgres.Sql): Promise<void> {
  const [known] = await sql`
    select to_regprocedure('ops.create_message_partitions(int)') is not null as there`;
  if (!known?.there) return;
  await withLockRetries(() => sql`select ops.create_message_partitions(${monthsAhead})`);
}

async function setPasswords(sql: postgres.Sql, passwords: MigrateOptions['passwords']) {
  for (const role of databaseRoles) {
    const password = passwords[role];
    if (!password) continue;
    // ALTER ROLE takes no parameters; quote_literal keeps the password one literal.
    const [row] = await sql<{ statement: string }[]>`
      select format('alter role %I password %L', ${`wedsync_${role}`}::text, ${password}::text) as statement`;
    if (row) await sql.unsafe(row.statement);
  }
}

/**
 * Brings the database to the state of `drizzle/`: roles, extensions, migrations in order, then
 * functions and views whose text changed. Safe to run twice and from two places at once: an
 * advisory lock lets one run at a time. A lock that cannot be had in time is tried again rather
 * than queued for, so that live traffic is never stuck behind a migration.
 * @throws DomainError `precondition` when an applied migration's text was changed.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const folder = options.folder ?? (await readSqlFolder());
  const sql = postgres(options.adminUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'wedsync-migrate' },
  });
  try {
    await sql`select pg_advisory_lock(${advisoryLock})`;
    await sql.unsafe(folder.roles.text).simple();
    await sql.unsafe(folder.database.text).simple();
    await setPasswords(sql, options.passwords);
    await sql.unsafe('set role wedsync_owner');
    await sql.unsafe(bookkeeping).simple();
    const applied = await applyMigrations(sql, folder.migrations);
    const reapplied = await applyRepeatables(sql, folder.repeatables);
    await makePartitions(sql);
    options.log?.info({ applied, reapplied }, 'db.migrated');
    return { applied, reapplied };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Migrations that `drizzle/` has and the database has not; empty when it is up to date. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const { migrations } = await readSqlFolder();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const rows = await sql<{ path: string }[]>`
      select path from ops.schema_migrations where finished_at is not null`;
    const finished = new Set(rows.map((row) => row.path));
    return migrations.map((file) => file.path).filter((path) => !finished.has(path));
  } catch (error) {
    // The bookkeeping table does not exist in a database that was never migrated.
    if (pgFailure(error)?.code === '42P01' || pgFailure(error)?.code === '3F000') {
      return migrations.map((file) => file.path);
    }
    throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
