import { type ChildProcess, spawn } from 'node:child_process';
import { appendFile, chown, mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@wedsync/contracts/errors';
import type { PostgresBinaries } from './binaries.ts';
import { diagnose } from './postgres-errors.ts';
import type { PostgresHome } from './postgres-home.ts';
import type { PostgresProfile } from './postgres-settings.ts';
import type { SystemUser } from './system-user.ts';

export const superuser = 'postgres';
const newClusterBytes = 300 * 1024 * 1024;

export interface InitOptions {
  home: PostgresHome;
  binaries: PostgresBinaries;
  profile: PostgresProfile;
  password: string;
  database: string;
}

/** Spawn options that drop root's rights and pass nothing of our environment on. */
export function as(user: SystemUser | undefined) {
  return {
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  };
}

/**
 * Creates a cluster with the application's empty database. It is built under another name and
 * renamed when complete: data under the final name are never half of anything.
 */
export async function initializeCluster(options: InitOptions): Promise<void> {
  const { home, binaries, profile, password, database } = options;
  await sweepUnfinished(home);
  await requireSpace(home.root);
  const building = join(home.root, `building-${process.pid}`);
  const data = join(building, 'data');
  await mkdir(building, { mode: 0o700 });
  try {
    const passwordFile = join(building, 'password');
    await writeFile(passwordFile, password, { mode: 0o600 });
    await giveTo(home.user, building, passwordFile);
    const flags = [
      ...['--username', superuser, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
      // The builtin provider sorts alike on every machine; lc_ctype decides what is a letter.
      ...['--encoding', 'UTF8', '--locale', 'C', '--lc-ctype', characterLocale()],
      ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
      ...(profile === 'test' ? ['--no-sync'] : []),
    ];
    const context = { dataDir: home.dataDir, logFile: home.logFile };
    const made = await runTool([join(binaries.root, 'bin/initdb'), '-D', data, ...flags], home);
    await appendFile(home.logFile, made.output);
    if (made.code !== 0) throw diagnose(made.output, context);
    await appendFile(join(data, 'postgresql.conf'), "\ninclude_if_exists = 'wedsync.conf'\n");
    const sql = `CREATE DATABASE "${database.replaceAll('"', '""')}";\n`;
    const single = [join(binaries.root, 'bin/postgres'), '--single', '-D', data, 'postgres'];
    const created = await runTool(single, home, sql);
    await appendFile(home.logFile, created.output);
    // A single-user server reports errors and still ends well: only its words tell.
    if (created.code !== 0 || /^.*(ERROR|FATAL|PANIC):/m.test(created.output)) {
      throw diagnose(created.output, context);
    }
    await rename(data, home.dataDir);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** Removes what an initialization that was killed left behind. */
async function sweepUnfinished(home: PostgresHome): Promise<void> {
  for (const name of await readdir(home.root)) {
    if (name.startsWith('building-')) await rm(join(home.root, name), { recursive: true });
  }
}

async function requireSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= newClusterBytes) return;
  throw new DomainError(
    'unavailable',
    'platform.disk_full',
    `The disk that holds ${folder} has ${Math.floor((bavail * bsize) / 1024 ** 2)} MB left; a new database needs 300 MB. Free space and start again.`,
  );
}

function characterLocale(): string {
  return process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
}

async function giveTo(user: SystemUser | undefined, ...paths: string[]): Promise<void> {
  if (!user) return;
  for (const path of paths) await chown(path, user.uid, user.gid);
}

async function runTool(
  [file = '', ...args]: string[],
  home: PostgresHome,
  input = '',
): Promise<{ code: number | null; output: string }> {
  const child = spawn(file, args, { ...as(home.user), cwd: home.root, stdio: 'pipe' });
  const output = collect(child);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
    // A tool that ends before it has read everything must not become an unhandled error.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
  return { code, output: output() };
}

function collect(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
