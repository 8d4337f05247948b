import { createHash } from 'node:crypto';
import postgres from 'postgres';
import { describe, expect, inject, it } from 'vitest';
import { readSqlFolder, type SqlFile, type SqlFolder } from './drizzle-folder.ts';
import { migrate, pendingMigrations, splitStatements } from './migrate.ts';
import { testPasswords, withDatabase } from './testing/test-cluster.ts';
import { createTestDatabase } from './testing/test-database.ts';

const migrated = await createTestDatabase();
const real = await readSqlFolder();

const file = (path: string, text: string): SqlFile => ({
  path,
  text,
  checksum: createHash('sha256').update(text).digest('hex'),
});

/** An empty database and a runner for folders of SQL in it. */
async function emptyDatabase() {
  const name = `migrate_${Math.random().toString(36).slice(2)}`;
  const adminUrl = withDatabase(inject('testCluster').adminUrl, name);
  await migrated.admin.unsafe(`create database ${name} template template0`);
  const sql = postgres(adminUrl, { max: 2, onnotice: () => {} });
  const run = (parts: Partial<SqlFolder>) =>
    migrate({
      adminUrl,
      passwords: testPasswords,
      folder: { ...real, migrations: [], repeatables: [], ...parts },
    });
  const close = async () => {
    await sql.end();
    await migrated.admin.unsafe(`drop database ${name} with (force)`);
  };
  return { sql, run, close, adminUrl };
}

const table = file('migrations/0001_table.sql', 'create table ops.tables_made (id int);');

describe('the migration runner', () => {
  it('applies each migration once, also when two run at the same time', async () => {
    const { run, close } = await emptyDatabase();
    const results = await Promise.all([run({ migrations: [table] }), run({ migrations: [table] })]);
    expect(results.flatMap(({ applied }) => applied)).toEqual([table.path]);
    await close();
  });

  it('refuses a migration whose text was changed after it had run', async () => {
    const { run, close } = await emptyDatabase();
    await run({ migrations: [table] });
    const changed = file(table.path, 'create table ops.other (id int);');
    await expect(run({ migrations: [changed] })).rejects.toMatchObject({
      code: 'db.migration-changed',
    });
    await close();
  });

  it('keeps nothing of a migration that fails', async () => {
    const { run, sql, close } = await emptyDatabase();
    const broken = file('migrations/0001_broken.sql', `${table.text} select 1 / 0;`);
    await expect(run({ migrations: [broken] })).rejects.toMatchObject({ code: '22012' });
    const [row] = await sql`select to_regclass('ops.tables_made') as made`;
    expect(row?.made).toBeNull();
    await run({ migrations: [table] });
    await close();
  });

  it('applies a function again only when its text has changed', async () => {
    const { run, close } = await emptyDatabase();
    const body = (value: number) =>
      file(
        'functions/ops/answer.sql',
        `create or replace function ops.answer() returns int language sql immutable set search_path = '' return ${value};`,
      );
    expect((await run({ repeatables: [body(1)] })).reapplied).toHaveLength(1);
    expect((await run({ repeatables: [body(1)] })).reapplied).toHaveLength(0);
    expect((await run({ repeatables: [body(2)] })).reapplied).toHaveLength(1);
    await close();
  });

  it('resumes a non-transactional migration where it stopped, without an invalid index', async () => {
    const { run, sql, close } = await emptyDatabase();
    const text = `-- transaction: none
create table ops.tables_made (id int);
insert into ops.tables_made values (1), (1);
create unique index concurrently if not exists tables_made_id_uq on ops.tables_made (id);
`;
    const steps = file('migrations/0001_steps.sql', text);
    await expect(run({ migrations: [steps] })).rejects.toMatchObject({ code: '23505' });
    const invalid = sql`select from pg_index where not indisvalid`;
    expect(await invalid).toHaveLength(1);

    await sql`delete from ops.tables_made where ctid = '(0,1)'`;
    expect((await run({ migrations: [steps] })).applied).toEqual([steps.path]);
    expect(await sql`select from pg_index where not indisvalid`).toHaveLength(0);
    expect(await sql`select from ops.tables_made`).toHaveLength(1);
    await close();
  });

  it('waits for a lock in short tries instead of making others queue behind it', async () => {
    const { run, sql, close } = await emptyDatabase();
    await run({ migrations: [table] });
    const alter = file(
      'migrations/0002_alter.sql',
      `set local lock_timeout = '100ms'; alter table ops.tables_made add column note text;`,
    );
    const holder = sql.begin(async (tx) => {
      await tx`lock table ops.tables_made in access share mode`;
      await tx`select pg_sleep(1)`;
    });
    await expect
      .poll(
        () => sql`select from pg_locks where mode = 'AccessShareLock'
      and relation = 'ops.tables_made'::regclass`,
      )
      .toHaveLength(1);
    expect((await run({ migrations: [table, alter] })).applied).toEqual([alter.path]);
    await holder;
    await close();
  });
});

describe('pending migrations', () => {
  it('are none in a migrated database and all in an empty one', async () => {
    const { adminUrl, close } = await emptyDatabase();
    expect(await pendingMigrations(migrated.adminUrl)).toEqual([]);
    expect(await pendingMigrations(adminUrl)).toEqual(real.migrations.map(({ path }) => path));
    await close();
  });
});

it('splits a non-transactional file at semicolons that end a line', () => {
  expect(splitStatements("-- why\nselect ';x';\n\nselect 2;\n")).toEqual([
    "select ';x'",
    'select 2',
  ]);
});
