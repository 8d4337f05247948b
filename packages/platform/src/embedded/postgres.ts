import type { ChildProcess } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@wedsync/contracts/errors';
import { liveLeases, takeLease, withFileLock } from './file-lock.ts';
import { exists, writeWhole } from './files.ts';
import { findFreePort, isPortFree, loopback } from './free-port.ts';
import { explainSystemError } from './postgres-errors.ts';
import {
  hasCluster,
  locateHome,
  type PostgresHome,
  prepareHome,
  reachableBinaries,
  superuserPassword,
} from './postgres-home.ts';
import { initializeCluster, superuser } from './postgres-init.ts';
import {
  clearEarlierRun,
  isOurPostmaster,
  launch,
  readPidFile,
  stopPostmaster,
} from './postgres-process.ts';
import { type PostgresProfile, settingsFile } from './postgres-settings.ts';
import { signal } from './process-identity.ts';

const launchAttemptsMax = 20;
const launchPauseMs = 250;

export interface EmbeddedPostgresOptions {
  /** Folder of this cluster; kept between runs. For example `.wedsync/postgres`. */
  dir: string;
  profile?: PostgresProfile;
  /** A fixed port; otherwise the one of the last run, or a free one. */
  port?: number;
  /** Made, empty, together with the cluster. */
  database?: string;
  /**
   * Several processes may use the cluster at once (test runs): the first starts it, the last to
   * stop ends it. Otherwise a second process is refused.
   */
  shared?: boolean;
  /** Gets one line for each thing a person should know. */
  onNotice?: (line: string) => void;
}

export interface EmbeddedPostgres {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** As DATABASE_URL: no user, no password. */
  readonly url: string;
  /** As DATABASE_ADMIN_URL: the superuser on the application's database. */
  readonly adminUrl: string;
  readonly dataDir: string;
  readonly logFile: string;
  readonly pid: number;
  /** created: first run. started: data were there. recovered: an earlier run had crashed. joined: shared and running. */
  readonly outcome: 'created' | 'started' | 'recovered' | 'joined';
  /** Called if the server ends without having been asked to; not for a joined one. */
  onCrash(listener: (how: string) => void): void;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL 18 from the npm binaries, on loopback only. Recovers by itself from a stale pid
 * file, from servers and backends orphaned by a crash and from an unfinished initialization. As
 * root it drops to an unprivileged account and, if that one cannot reach the folder, keeps data
 * below /var/lib/wedsync.
 *
 * @throws DomainError whose message is one line with the remedy
 */
export async function startPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const home = await locateHome(options.dir);
  await prepareHome(home).catch((error: unknown) => {
    throw explainSystemError(error, home.root);
  });
  if (home.relocated) {
    options.onNotice?.(
      `${options.dir} is closed to the account ${home.user?.name}; the database is kept in ${home.root}`,
    );
  }
  return withFileLock(home.lockFile, () => startLocked(home, options)).catch((error: unknown) => {
    throw explainSystemError(error, home.root);
  });
}

async function startLocked(
  home: PostgresHome,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { profile = 'development', shared = false, database = 'wedsync' } = options;
  const password = await superuserPassword(home);
  const users = await liveLeases(home.leases);
  if (users.length > 0) {
    const running = await readPidFile(home.dataDir);
    if (shared && running?.ready && (await isOurPostmaster(running.pid, home.dataDir))) {
      return handle({ home, database, password, outcome: 'joined', ...running });
    }
    if (!shared) throw inUse(home, users[0]?.pid);
  }
  const binaries = await reachableBinaries(home);
  const existed = await hasCluster(home);
  const crashed = existed && (await clearEarlierRun(home.dataDir));
  if (!existed) {
    await refuseForeignFolder(home);
    await initializeCluster({ home, binaries, profile, password, database });
  } else await refuseOtherVersion(home);
  await writeSettings(home, profile);
  const { child, port } = await launchOnPort(options.port, { home, binaries });
  const outcome = crashed ? 'recovered' : existed ? 'started' : 'created';
  return handle({ home, database, password, outcome, port, pid: child.pid ?? 0, child });
}

async function launchOnPort(
  fixed: number | undefined,
  parts: Omit<Parameters<typeof launch>[0], 'port'>,
): Promise<{ child: ChildProcess; port: number }> {
  if (fixed && !(await isPortFree(fixed))) {
    throw new DomainError(
      'unavailable',
      'platform.postgres_port_taken',
      `Port ${fixed}, meant for PostgreSQL, is taken by another program. End it or choose another port, then start again.`,
    );
  }
  const last = Number(await readFile(parts.home.portFile, 'utf8').catch(() => '0'));
  for (let attempt = 1; ; attempt += 1) {
    const port = fixed ?? (await findFreePort(attempt === 1 ? last : undefined));
    try {
      const child = await launch({ ...parts, port });
      await writeWhole(parts.home.portFile, String(port));
      return { child, port };
    } catch (error) {
      if (!mayPass(error, fixed !== undefined) || attempt === launchAttemptsMax) throw error;
      await sleep(launchPauseMs);
    }
  }
}

/**
 * Between finding a free port and using it another program may have been quicker, and the kernel
 * may take a moment to let go of the memory of backends that were killed.
 */
function mayPass(error: unknown, portIsFixed: boolean): boolean {
  if (!(error instanceof DomainError)) return false;
  if (error.code === 'platform.postgres_still_running') return true;
  return error.code === 'platform.postgres_port_taken' && !portIsFixed;
}

interface HandleParts {
  home: PostgresHome;
  database: string;
  password: string;
  outcome: EmbeddedPostgres['outcome'];
  port: number;
  pid: number;
  child?: ChildProcess;
}

async function handle(parts: HandleParts): Promise<EmbeddedPostgres> {
  const { home, database, password, outcome, port, pid, child } = parts;
  const lease = await takeLease(home.leases);
  let stopping = false;
  // A process that leaves without stop() still takes the server along when it is the only user.
  const lastResort = () => {
    rmSync(lease, { force: true });
    const others = readdirSync(home.leases).filter((name) => name.endsWith('.json'));
    if (child && others.length === 0) signal(pid, 'SIGINT');
  };
  process.once('exit', lastResort);
  const path = encodeURIComponent(database);
  return {
    ...{ host: loopback, port, database, pid, outcome },
    ...{ dataDir: home.dataDir, logFile: home.logFile },
    url: `postgres://${loopback}:${port}/${path}`,
    adminUrl: `postgres://${superuser}:${encodeURIComponent(password)}@${loopback}:${port}/${path}`,
    onCrash(listener) {
      child?.once('exit', (code, signalName) => {
        if (!stopping) listener(signalName ?? `exit code ${code}`);
      });
    },
    async stop() {
      if (stopping) return;
      stopping = true;
      process.removeListener('exit', lastResort);
      await withFileLock(home.lockFile, () => stopLocked(home, lease));
    },
  };
}

async function stopLocked(home: PostgresHome, lease: string): Promise<void> {
  await rm(lease, { force: true });
  if ((await liveLeases(home.leases)).length > 0) return;
  const running = await readPidFile(home.dataDir);
  if (running && (await isOurPostmaster(running.pid, home.dataDir))) {
    await stopPostmaster(running.pid);
  }
}

/**
 * Stops the cluster of `dir`, if it runs, and deletes it with all its data. Returns the folder that
 * was removed, or undefined when there was none.
 * @throws DomainError when another live process is using it
 */
export async function removePostgres(dir: string): Promise<string | undefined> {
  const home = await locateHome(dir);
  if (!(await exists(home.root))) return undefined;
  const users = await liveLeases(home.leases);
  if (users.length > 0) throw inUse(home, users[0]?.pid);
  await clearEarlierRun(home.dataDir);
  await rm(home.root, { recursive: true, force: true });
  return home.root;
}

function inUse(home: PostgresHome, pid: number | undefined): DomainError {
  return new DomainError(
    'unavailable',
    'platform.already_running',
    `WedSync already runs on ${home.dataDir} (process ${pid}). Stop it with Ctrl-C there, or with kill ${pid}, and start again.`,
    { pid },
  );
}

async function writeSettings(home: PostgresHome, profile: PostgresProfile): Promise<void> {
  const file = join(home.dataDir, 'wedsync.conf');
  await writeFile(file, settingsFile(profile), { mode: 0o600 });
  if (home.user) await chown(file, home.user.uid, home.user.gid);
}

async function refuseForeignFolder(home: PostgresHome): Promise<void> {
  if (!(await exists(home.dataDir))) return;
  throw new DomainError(
    'precondition',
    'platform.postgres_damaged',
    `${home.dataDir} holds no complete PostgreSQL cluster. Move it away, or start over with npm start -- --reset.`,
  );
}

async function refuseOtherVersion(home: PostgresHome): Promise<void> {
  const found = (await readFile(join(home.dataDir, 'PG_VERSION'), 'utf8')).trim();
  if (found === '18') return;
  throw new DomainError(
    'precondition',
    'platform.postgres_version',
    `${home.dataDir} was written by PostgreSQL ${found}; this is 18. Start over with npm start -- --reset, or serve it through DATABASE_URL.`,
  );
}
