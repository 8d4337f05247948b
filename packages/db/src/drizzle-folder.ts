import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's `drizzle/` folder. */
export const drizzleFolder = fileURLToPath(new URL('../../../drizzle/', import.meta.url));

/** One SQL file; `path` is relative to `drizzle/`, `checksum` the SHA-256 of its text. */
export interface SqlFile {
  path: string;
  text: string;
  checksum: string;
}

export interface SqlFolder {
  roles: SqlFile;
  database: SqlFile;
  /** In the order in which they are applied. */
  migrations: SqlFile[];
  /** Functions, then views: re-applied whenever their text changes. */
  repeatables: SqlFile[];
}

async function readSql(path: string): Promise<SqlFile> {
  const text = await readFile(join(drizzleFolder, path), 'utf8');
  return { path, text, checksum: createHash('sha256').update(text).digest('hex') };
}

/** Git keeps no empty folder, so one that is missing holds nothing. */
async function readSqlFiles(folder: string): Promise<SqlFile[]> {
  const path = join(drizzleFolder, folder);
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => relative(drizzleFolder, join(entry.parentPath, entry.name)))
    .sort();
  return Promise.all(paths.map(readSql));
}

/** Reads everything that defines the database. */
export async function readSqlFolder(): Promise<SqlFolder> {
  const [roles, database, migrations, functions, views] = await Promise.all([
    readSql('roles.sql'),
    readSql('database.sql'),
    readSqlFiles('migrations'),
    readSqlFiles('functions'),
    readSqlFiles('views'),
  ]);
  return { roles, database, migrations, repeatables: [...functions, ...views] };
}

/** One hash over all SQL: two databases with the same hash have the same shape. */
export async function sqlFolderHash(): Promise<string> {
  const { roles, database, migrations, repeatables } = await readSqlFolder();
  const hash = createHash('sha256');
  for (const file of [roles, database, ...migrations, ...repeatables]) {
    hash.update(file.path).update(file.checksum);
  }
  return hash.digest('hex');
}
