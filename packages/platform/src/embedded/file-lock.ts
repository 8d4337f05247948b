import { randomBytes } from 'node:crypto';
import { link, readdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@wedsync/contracts/errors';
import { z } from 'zod';
import { codeOf } from './files.ts';
import { markOf, type ProcessMark, stillRuns } from './process-identity.ts';

const Mark = z.object({ pid: z.number(), stamp: z.string().optional() });

function unique(path: string): string {
  return `${path}.${process.pid}-${randomBytes(6).toString('hex')}`;
}

async function readMark(path: string): Promise<ProcessMark | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = Mark.safeParse(JSON.parse(text));
  return parsed.success ? { pid: parsed.data.pid, stamp: parsed.data.stamp } : undefined;
}

/**
 * Runs `work` while no other process of this machine does the same under `path`. The lock of a
 * process that died is taken over.
 * @throws DomainError unavailable when another process holds it for longer than `timeoutMs`
 */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  timeoutMs = 90_000,
): Promise<T> {
  const mine = unique(path);
  await writeFile(mine, JSON.stringify(await markOf(process.pid)));
  try {
    await acquire(path, mine, performance.now() + timeoutMs);
  } finally {
    await rm(mine, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string, mine: string, until: number): Promise<void> {
  for (;;) {
    try {
      // A hard link appears with its content, so nobody ever reads half a lock.
      await link(mine, path);
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const holder = await readMark(path);
    if (holder && !(await stillRuns(holder))) {
      await breakLock(path, holder);
      continue;
    }
    if (performance.now() > until) {
      throw new DomainError(
        'unavailable',
        'platform.locked',
        `Process ${holder?.pid ?? '?'} has been starting or stopping PostgreSQL here for too long. End it (kill ${holder?.pid ?? '<pid>'}) and try again.`,
      );
    }
    await sleep(50);
  }
}

/** Removes a dead process's lock, and only that: what was moved away by mistake is put back. */
async function breakLock(path: string, dead: ProcessMark): Promise<void> {
  const moved = unique(path);
  try {
    await rename(path, moved);
  } catch {
    return;
  }
  const found = await readMark(moved);
  if (found && (found.pid !== dead.pid || found.stamp !== dead.stamp)) {
    await link(moved, path).catch(() => undefined);
  }
  await unlink(moved);
}

/** Records that this process uses the thing kept under `folder`; returns the file to remove. */
export async function takeLease(folder: string): Promise<string> {
  const file = join(folder, `${process.pid}-${randomBytes(6).toString('hex')}.json`);
  const partial = `${file}.partial`;
  await writeFile(partial, JSON.stringify(await markOf(process.pid)));
  await rename(partial, file);
  return file;
}

/** Leases whose process still runs; the others are swept away. */
export async function liveLeases(folder: string): Promise<{ file: string; pid: number }[]> {
  const live: { file: string; pid: number }[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith('.json')) continue;
    const file = join(folder, name);
    const mark = await readMark(file);
    if (!mark) continue;
    if (await stillRuns(mark)) live.push({ file, pid: mark.pid });
    else await rm(file, { force: true });
  }
  return live;
}
