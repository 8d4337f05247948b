import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { waitForExit } from '@wedsync/platform/embedded/process-identity';
import { openRotatingLog } from './rotating-log.ts';

export interface ChildSpec {
  name: string;
  /** Arguments of Node: the script and what it takes. */
  args: readonly string[];
  env: Record<string, string>;
  cwd: string;
  logFile: string;
  /** Gets each line the child prints. */
  onLine?: (line: string) => void;
  /** Told about each start and each unexpected end, to record ids and warn people. */
  onChange?: (change: ChildChange) => void;
}

export type ChildChange =
  | { kind: 'started'; pid: number }
  | { kind: 'crashed'; how: string; againInMs: number };

export interface SupervisedChild {
  readonly name: string;
  readonly logFile: string;
  readonly pid: number | undefined;
  /** Unexpected ends since the start. */
  readonly crashes: number;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const backOffMs = [250, 500, 1_000, 2_000, 5_000, 10_000, 30_000];
/** A child that ran this long is healthy again: the next crash starts at the shortest pause. */
const healthyAfterMs = 60_000;
const stopTimeoutMs = 15_000;

/**
 * Keeps a program running: its output goes to a bounded log file, a crash is followed by a new
 * start after a growing pause. The IPC channel tells the child when we are gone.
 */
export function superviseChild(spec: ChildSpec): SupervisedChild {
  const log = openRotatingLog(spec.logFile);
  let current: ChildProcess | undefined;
  let stopping = false;
  let crashes = 0;
  let inARow = 0;
  let timer: NodeJS.Timeout | undefined;

  function launch(): void {
    const startedAt = performance.now();
    const child = spawn(process.execPath, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      // Its own process group: Ctrl-C reaches only the supervisor, which stops things in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    current = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', (line) => {
        log.write(`${line}\n`);
        spec.onLine?.(line);
      });
    }
    if (child.pid) spec.onChange?.({ kind: 'started', pid: child.pid });
    let ended = false;
    const end = (how: string) => {
      if (ended || current !== child) return;
      ended = true;
      current = undefined;
      if (stopping) return;
      crashes += 1;
      inARow = performance.now() - startedAt > healthyAfterMs ? 0 : inARow + 1;
      const againInMs = backOffMs[Math.min(Math.max(0, inARow - 1), backOffMs.length - 1)] ?? 0;
      spec.onChange?.({ kind: 'crashed', how, againInMs });
      timer = setTimeout(launch, againInMs);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
  }

  launch();
  return {
    name: spec.name,
    logFile: spec.logFile,
    get pid() {
      return current?.pid;
    },
    get crashes() {
      return crashes;
    },
    async restart() {
      clearTimeout(timer);
      const old = current;
      current = undefined;
      await endChild(old);
      inARow = 0;
      if (!stopping) launch();
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await endChild(current);
    },
  };
}

async function endChild(child: ChildProcess | undefined): Promise<void> {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  if (await waitForExit(child.pid, stopTimeoutMs)) {
    await gone;
    return;
  }
  child.kill('SIGKILL');
  await gone;
}
