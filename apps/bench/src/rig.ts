import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { newUuid } from '@wedsync/contracts/ids';
import { cloneDatabase, type TestDatabase } from '@wedsync/db/testing/database';
import { prepareTemplate } from '@wedsync/db/testing/test-cluster';
import { startPostgres } from '@wedsync/platform/embedded/postgres';
import { childEnv, type Source } from '@wedsync/platform/env';
import { type SeededWedding, seedGuests } from './seed.ts';

/** A durable PostgreSQL of the benchmarks' own (fsync on), migrated, with one large guest list. */
export interface BenchDatabase {
  db: TestDatabase;
  wedding: SeededWedding;
  close(): Promise<void>;
}

const postgresFolder = fileURLToPath(new URL('../../../.wedsync/bench-postgres', import.meta.url));

/** Opens it; what an earlier run left behind is dropped. */
export async function openBenchDatabase(options: { guests: number }): Promise<BenchDatabase> {
  const server = await startPostgres({ dir: postgresFolder });
  try {
    const { adminUrl } = server;
    const db = await cloneDatabase({ adminUrl, template: await prepareTemplate(adminUrl) });
    const wedding = await seedGuests(db.admin, options.guests);
    return {
      db,
      wedding,
      async close() {
        await db.drop();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Seconds of CPU that a process has used, user and system, children not counted. Linux only. */
export async function cpuSeconds(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticksPerSecond = 100;
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
}

/** Resident memory of a process in MiB. Linux only. */
export async function residentMiB(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** Runs a TypeScript file, with arguments, as a process of its own and waits until `readyUrl` answers. */
export async function startProcess(
  args: readonly string[],
  env: Source,
  readyUrl: string,
): Promise<ChildProcess & { stop(): Promise<void> }> {
  const child = spawn(process.execPath, args, {
    env: childEnv(env),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const giveUpAt = Date.now() + 30_000;
  for (;;) {
    if (
      await fetch(readyUrl)
        .then((answer) => answer.ok)
        .catch(() => false)
    )
      break;
    if (child.exitCode !== null || Date.now() > giveUpAt)
      throw new Error(`${args[0]} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      if (child.exitCode !== null || !child.kill('SIGTERM')) resolve();
    });
  return Object.assign(child, { stop });
}

/** Signs a user in by writing the session that a sign-in would write. @returns the Cookie header */
export async function signIn(
  db: TestDatabase,
  { userId, authSecret }: { userId: string; authSecret: string },
): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  const hash = createHash('sha256').update(token).digest('base64url');
  await db.admin`
    insert into auth.sessions (id, user_id, token, expires_at)
    values (${newUuid()}, ${userId}, ${hash}, now() + interval '1 hour')`;
  const signature = createHmac('sha256', authSecret).update(token).digest('base64');
  return `wedsync-web.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}
