import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '@wedsync/platform/embedded/free-port';
import { unprivilegedUser } from '@wedsync/platform/embedded/system-user';
import postgres from 'postgres';

const run = promisify(execFile);
const binaries = '/usr/lib/postgresql/15/bin';
const startsWithinMs = 30_000;

async function untilUp(url: string): Promise<void> {
  const giveUpAt = Date.now() + startsWithinMs;
  for (;;) {
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
    const up = await sql`select 1`.catch(() => undefined);
    await sql.end();
    if (up) return;
    if (Date.now() > giveUpAt)
      throw new Error(`PostgreSQL 15 is not up after ${startsWithinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Starts Debian's PostgreSQL 15, the oldest supported server, empty and on loopback; ask
 * `missingPackage('postgresql-15')` first.
 * @returns the superuser's connection string and a function that stops and removes everything
 */
export async function startDebianPostgres(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'wedsync-postgres-15-'));
  const user = await unprivilegedUser(folder);
  const identity = user ? { uid: user.uid, gid: user.gid } : {};
  if (user) await chown(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'];
  await run(join(binaries, 'initdb'), initdb, { cwd: folder, ...identity });
  const port = await findFreePort();
  const settings = { fsync: 'off', listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...options], {
    cwd: folder,
    stdio: 'ignore',
    ...identity,
  });
  const stop = async () => {
    const gone = once(server, 'exit');
    if (server.exitCode === null && server.kill('SIGINT')) await gone;
    await rm(folder, { recursive: true, force: true });
  };
  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await untilUp(adminUrl).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { adminUrl, stop };
}
