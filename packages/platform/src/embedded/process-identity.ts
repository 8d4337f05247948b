import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { promisify } from 'node:util';
import { codeOf } from './files.ts';

const run = promisify(execFile);

/** Whether a process with this id exists and is not a zombie. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  const fields = await statFields(pid);
  return fields === undefined || fields[0] !== 'Z';
}

/** Fields of /proc/<pid>/stat after the command name: state, parent, … Undefined without /proc. */
async function statFields(pid: number): Promise<string[] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

/**
 * When a process started, as text. Ids are used again; id and start together name one process for
 * ever, so a file that holds both can be trusted after a crash.
 */
export async function startStamp(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return (await statFields(pid))?.[19];
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.trim() || undefined;
}

/** The command line of a process, or '' when it is gone. */
export async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const raw = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return raw.split('\0').join(' ').trim();
  }
  const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.trim();
}

/** Ids of processes whose working directory is `folder`. Linux only; elsewhere none are found. */
export async function processesIn(folder: string): Promise<number[]> {
  const real = await realpath(folder).catch(() => folder);
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found: number[] = [];
  for (const pid of pids) {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    if (cwd === real) found.push(Number(pid));
  }
  return found;
}

/** One process, named so that a later process with the same id is not taken for it. */
export interface ProcessMark {
  pid: number;
  stamp: string | undefined;
}

export async function markOf(pid: number): Promise<ProcessMark> {
  return { pid, stamp: await startStamp(pid) };
}

/** Whether exactly the process that was marked still runs. */
export async function stillRuns(mark: ProcessMark): Promise<boolean> {
  if (!(await isAlive(mark.pid))) return false;
  return mark.stamp === undefined || (await startStamp(mark.pid)) === mark.stamp;
}

/** Waits until a process is gone; false when it is still there after `timeoutMs`. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (await isAlive(pid)) {
    if (performance.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** Sends a signal; a process that is already gone is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
