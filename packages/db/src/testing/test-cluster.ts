import { fileURLToPath } from 'node:url';
import { startPostgres } from '@wedsync/platform/embedded/postgres';
import { type DatabaseRole, databaseRoles } from '@wedsync/platform/env-schema';
import postgres from 'postgres';
import { sqlFolderHash } from '../drizzle-folder.ts';
import { migrate } from '../migrate.ts';

/** The server that tests and benchmarks run on, with a migrated template database. */
export interface TestCluster {
  /** Superuser, on the maintenance database. */
  adminUrl: string;
  /** Database to clone; migrated, empty, and never connected to. */
  template: string;
}

const clusterFolder = fileURLToPath(new URL('../../../../.wedsync/test-postgres', import.meta.url));

/** Roles belong to the whole cluster, so their passwords are the same in every test database. */
export const testPasswords = Object.fromEntries(
  databaseRoles.map((role) => [role, `test-${role}`]),
) as Record<DatabaseRole, string>;

/** `url` with another database. */
export function withDatabase(url: string, database: string): string {
  const parts = new URL(url);
  parts.pathname = `/${database}`;
  return parts.href;
}

/** Migrates a template once per hash of `drizzle/`; a second process waits for the first. */
export async function prepareTemplate(adminUrl: string): Promise<string> {
  const template = `template_${(await sqlFolderHash()).slice(0, 16)}`;
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(hashtext('wedsync-test-template'))`;
    const [known] = await sql`select from pg_database where datname = ${template}`;
    if (known) return template;
    const draft = `draft_${process.pid}`;
    await sql.unsafe(`drop database if exists ${draft} with (force)`);
    await sql.unsafe(`create database ${draft} template template0`);
    await migrate({ adminUrl: withDatabase(adminUrl, draft), passwords: testPasswords });
    await sql.unsafe(`alter database ${draft} rename to ${template}`);
    return template;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * Starts (or joins) the shared test server and makes its template. Every process that uses it calls
 * this; the last one to stop ends the server.
 */
export async function startTestCluster(): Promise<TestCluster & { stop(): Promise<void> }> {
  const server = await startPostgres({ dir: clusterFolder, profile: 'test', shared: true });
  try {
    const template = await prepareTemplate(server.adminUrl);
    return { adminUrl: server.adminUrl, template, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
