import { type ChildProcess, spawn } from 'node:child_process';
import { chown, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@wedsync/contracts/errors';
import type { PostgresBinaries } from './binaries.ts';
import { writeWhole } from './files.ts';
import { loopback } from './free-port.ts';
import { diagnose } from './postgres-errors.ts';
import type { PostgresHome } from './postgres-home.ts';
import { as } from './postgres-init.ts';
import { commandLine, isAlive, processesIn, signal, waitForExit } from './process-identity.ts';

const stopTimeoutMs = 30_000;
const startTimeoutMs = 120_000;
const logBytesMax = 10 * 1024 * 1024;
/** Above every system's largest process id: certainly nobody's. */
const nobodysPid = 2_147_483_646;

/** What postmaster.pid says (the lines are PostgreSQL's: see src/include/utils/pidfile.h). */
export interface PidFile {
  pid: number;
  port: number;
  ready: boolean;
}

export async function readPidFile(dataDir: string): Promise<PidFile | undefined> {
  const text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' };
}

/** Whether the process is the postmaster of exactly this data directory. */
export async function isOurPostmaster(pid: number, dataDir: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  const command = ` ${await commandLine(pid)} `;
  return command.includes('/postgres ') && command.includes(` ${dataDir} `);
}

/**
 * Makes sure that nothing of an earlier run still works on the data: a running server is stopped
 * in the orderly way, orphaned backends of a killed one are ended, and a pid file that names a
 * process of somebody else is disarmed. Returns whether there was anything to do.
 */
export async function clearEarlierRun(dataDir: string): Promise<boolean> {
  const recorded = await readPidFile(dataDir);
  if (recorded && (await isOurPostmaster(recorded.pid, dataDir))) {
    await stopPostmaster(recorded.pid);
    return true;
  }
  const leftovers = await processesIn(dataDir);
  for (const pid of leftovers) await endBackend(pid);
  if (recorded && (await isAlive(recorded.pid))) await disarmPidFile(dataDir);
  return recorded !== undefined || leftovers.length > 0;
}

/**
 * The recorded id belongs to another program by now. Only the id is replaced: the rest of the file
 * holds the shared memory key by which PostgreSQL itself makes sure that no backend is left.
 */
async function disarmPidFile(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  const { uid, gid } = await stat(dataDir);
  const [, ...rest] = (await readFile(file, 'utf8')).split('\n');
  await writeWhole(file, [String(nobodysPid), ...rest].join('\n'), 0o600);
  if (process.getuid?.() === 0) await chown(file, uid, gid);
}

async function endBackend(pid: number): Promise<void> {
  // A backend whose postmaster is gone ends by itself, unless it is in the middle of a statement.
  if (await waitForExit(pid, 1_000)) return;
  signal(pid, 'SIGQUIT');
  if (await waitForExit(pid, 4_000)) return;
  signal(pid, 'SIGKILL');
  await waitForExit(pid, 2_000);
}

/** Fast shutdown: sessions are cut off, data are written, the server ends. */
export async function stopPostmaster(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await waitForExit(pid, stopTimeoutMs)) return;
  // Immediate shutdown: the next start replays the log. Nothing committed is lost.
  signal(pid, 'SIGQUIT');
  if (await waitForExit(pid, 5_000)) return;
  throw new DomainError(
    'unavailable',
    'platform.postgres_will_not_stop',
    `PostgreSQL (process ${pid}) does not stop. End it with kill -9 ${pid} and start again.`,
  );
}

export interface LaunchOptions {
  home: PostgresHome;
  binaries: PostgresBinaries;
  port: number;
}

/** Starts the server and waits until it takes connections. */
export async function launch({ home, binaries, port }: LaunchOptions): Promise<ChildProcess> {
  await rotateLog(home.logFile);
  const log = await open(home.logFile, 'a', 0o640);
  const { size: logStart } = await log.stat();
  const args = ['-D', home.dataDir, '-p', String(port), '-c', `listen_addresses=${loopback}`];
  const child = spawn(join(binaries.root, 'bin/postgres'), args, {
    ...as(home.user),
    cwd: home.root,
    // Its own process group: Ctrl-C reaches us, and we stop things in order.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const until = performance.now() + startTimeoutMs;
  try {
    for (;;) {
      if (failure) throw failure;
      if (child.exitCode !== null || child.signalCode !== null) {
        const output = (await readFile(home.logFile)).subarray(logStart).toString('utf8');
        throw diagnose(output, { dataDir: home.dataDir, logFile: home.logFile, port });
      }
      const state = await readPidFile(home.dataDir);
      if (state?.pid === child.pid && state?.ready) return child;
      if (performance.now() > until) throw await tooSlow(child, home);
      await sleep(15);
    }
  } finally {
    await log.close();
  }
}

async function tooSlow(child: ChildProcess, home: PostgresHome): Promise<DomainError> {
  if (child.pid) await stopPostmaster(child.pid);
  return new DomainError(
    'unavailable',
    'platform.postgres_slow',
    `PostgreSQL was not ready after ${startTimeoutMs / 1000} s. Look into ${home.logFile} and start again.`,
  );
}

async function rotateLog(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logBytesMax) await rename(file, `${file}.1`);
  else if (size === 0) await writeFile(file, '', { mode: 0o640 });
}
