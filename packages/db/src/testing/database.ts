import { randomBytes } from 'node:crypto';
import { type DatabaseRole, withLogin } from '@wedsync/platform/env';
import postgres from 'postgres';
import { createServiceDb, createTenantDb, type ServiceDb, type TenantDb } from '../client.ts';
import { readSqlFolder } from '../drizzle-folder.ts';
import { type TestCluster, testPasswords, withDatabase } from './test-cluster.ts';

/** A database of one test file's own: real roles, real row-level security, nothing in it. */
export interface TestDatabase {
  name: string;
  /** As the server connects. */
  app: TenantDb;
  /** As the worker connects. */
  worker: TenantDb;
  /** Named system work, as the worker connects. */
  service: ServiceDb;
  /** Superuser: for arranging and for looking behind row-level security, never for the act itself. */
  admin: postgres.Sql;
  /** Connection string of a login role. */
  url(role: DatabaseRole): string;
  adminUrl: string;
  drop(): Promise<void>;
}

/** Clones the template of `cluster`; about 50 ms. */
export async function cloneDatabase(cluster: TestCluster): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`;
  const maintenance = postgres(cluster.adminUrl, { max: 1, onnotice: () => {} });
  await maintenance.unsafe(`create database ${name} template ${cluster.template}`);
  await maintenance.end();

  const adminUrl = withDatabase(cluster.adminUrl, name);
  const url = (role: DatabaseRole) => withLogin(adminUrl, `wedsync_${role}`, testPasswords[role]);
  const pool = (role: DatabaseRole, max = 8) => ({ url: url(role), max, applicationName: 'test' });
  const app = createTenantDb(pool('app'));
  const worker = createTenantDb(pool('worker'));
  const service = createServiceDb(pool('worker', 4));
  const admin = postgres(adminUrl, { max: 2, onnotice: () => {} });
  // A clone has the template's objects but not the privileges on the database itself.
  await admin.unsafe((await readSqlFolder()).database.text).simple();
  return {
    name,
    app,
    worker,
    service,
    admin,
    url,
    adminUrl,
    async drop() {
      await Promise.all([app.end(), worker.end(), service.end(), admin.end({ timeout: 5 })]);
      const sql = postgres(cluster.adminUrl, { max: 1, onnotice: () => {} });
      await sql.unsafe(`drop database if exists ${name} with (force)`);
      await sql.end();
    },
  };
}
