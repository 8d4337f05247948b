import { newUuid } from '@wedsync/contracts/ids';
import { withLogin } from '@wedsync/platform/env';
import { missingPackage } from '@wedsync/platform/required-package';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenantDb } from './client.ts';
import { migrate } from './migrate.ts';
import { startDebianPostgres } from './testing/debian-postgres.ts';
import { testPasswords } from './testing/test-cluster.ts';
import { createTestDatabase } from './testing/test-database.ts';

const missing = missingPackage('postgresql-15');
const newest = await createTestDatabase();

/** What a migrated database consists of, in words that do not depend on the server's version. */
const shapeOf = (admin: postgres.Sql) => admin`
  select 'column' as kind, table_schema || '.' || table_name as of, column_name as name,
    data_type || ' ' || is_nullable as detail
  from information_schema.columns where table_schema in ('wedding', 'ops', 'auth')
  union all
  select 'policy', schemaname || '.' || tablename, policyname, roles::text || ' ' || cmd
  from pg_policies where schemaname in ('wedding', 'ops', 'auth')
  union all
  select 'function', pronamespace::regnamespace::text, oid::regprocedure::text,
    provolatile::text || ' ' || prosecdef::text
  from pg_proc where pronamespace::regnamespace::text in ('wedding', 'ops', 'auth')
  union all
  select 'index', schemaname || '.' || tablename, indexname, ''
  from pg_indexes where schemaname in ('wedding', 'ops', 'auth')
  order by 1, 2, 3`;

describe.skipIf(missing)(`PostgreSQL 15, the oldest supported server ${missing ?? ''}`, () => {
  let oldest: Awaited<ReturnType<typeof startDebianPostgres>>;
  let admin: postgres.Sql;

  beforeAll(async () => {
    oldest = await startDebianPostgres();
    admin = postgres(oldest.adminUrl, { max: 2, onnotice: () => {} });
    await migrate({ adminUrl: oldest.adminUrl, passwords: testPasswords });
  });

  afterAll(async () => {
    await admin?.end();
    await oldest?.stop();
  });

  it('gets the same tables, policies, functions and indexes as the newest', async () => {
    expect((await admin`show server_version_num`)[0]?.server_version_num).toMatch(/^15/);
    expect([...(await shapeOf(admin))]).toEqual([...(await shapeOf(newest.admin))]);
  });

  it('keeps tenants apart', async () => {
    const url = withLogin(oldest.adminUrl, 'wedsync_app', testPasswords.app);
    const app = createTenantDb({ url, max: 2, applicationName: 'test' });
    const [mine, theirs] = [newUuid(), newUuid()];
    const seenBy = (weddingId: string) =>
      app.read({ actorKind: 'user', weddingId }, (tx) =>
        tx.execute(sql`select seq from wedding.changes`),
      );
    await app.write({ actorKind: 'user', weddingId: mine }, (tx) =>
      tx.execute(sql`insert into wedding.changes (wedding_id, seq, entity, kind)
        values (${mine}, 1, 'guest', 'created')`),
    );
    expect(await seenBy(mine)).toHaveLength(1);
    expect(await seenBy(theirs)).toHaveLength(0);
    await app.end();
  });
});
