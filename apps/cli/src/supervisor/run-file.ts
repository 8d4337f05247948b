import { readFile, rm } from 'node:fs/promises';
import { DomainError } from '@wedsync/contracts/errors';
import { writeWhole } from '@wedsync/platform/embedded/files';
import {
  markOf,
  type ProcessMark,
  signal,
  stillRuns,
  waitForExit,
} from '@wedsync/platform/embedded/process-identity';
import { z } from 'zod';
import type { Terminal } from '../terminal.ts';

const Mark = z.object({ pid: z.number(), stamp: z.string().optional() });
const RunFile = z.object({ supervisor: Mark, children: z.array(Mark) });

/** Longer than a child's own deadline for a clean end. */
const childEndMs = 12_000;

const asMark = ({ pid, stamp }: z.infer<typeof Mark>): ProcessMark => ({ pid, stamp });

async function readRunFile(file: string): Promise<z.infer<typeof RunFile> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = RunFile.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

/** Records who supervises and what was started, for the next start to clear up after a crash. */
export async function writeRunFile(file: string, childPids: readonly number[]): Promise<void> {
  const supervisor = await markOf(process.pid);
  const children = await Promise.all(childPids.map(markOf));
  await writeWhole(file, `${JSON.stringify({ supervisor, children })}\n`);
}

export function removeRunFile(file: string): Promise<void> {
  return rm(file, { force: true });
}

/** Whether an earlier supervisor of this installation still works; its process id. */
export async function runningSupervisor(file: string): Promise<number | undefined> {
  const found = await readRunFile(file);
  if (!found || found.supervisor.pid === process.pid) return undefined;
  return (await stillRuns(asMark(found.supervisor))) ? found.supervisor.pid : undefined;
}

/**
 * Ends what a supervisor that was killed left behind; processes that merely have the same id by now
 * are left alone. Returns how many were ended.
 * @throws DomainError unavailable when that supervisor is alive
 */
export async function clearEarlierSupervisor(
  file: string,
  terminal?: Pick<Terminal, 'warn'>,
): Promise<number> {
  const supervisor = await runningSupervisor(file);
  if (supervisor) {
    throw new DomainError(
      'unavailable',
      'cli.already_running',
      `WedSync already runs from here (process ${supervisor}). Stop it with Ctrl-C there, or with kill ${supervisor}, and start again.`,
      { pid: supervisor },
    );
  }
  const marks = ((await readRunFile(file))?.children ?? []).map(asMark);
  const left: ProcessMark[] = [];
  for (const mark of marks) if (await stillRuns(mark)) left.push(mark);
  for (const { pid } of left) signal(pid, 'SIGTERM');
  for (const { pid } of left) {
    if (await waitForExit(pid, childEndMs)) continue;
    signal(pid, 'SIGKILL');
    await waitForExit(pid, 2_000);
  }
  await removeRunFile(file);
  if (left.length > 0) {
    terminal?.warn(`ended ${left.length} processes that an earlier, killed run had left`);
  }
  return left.length;
}
