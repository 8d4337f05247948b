import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { copyBinaries, findPostgresBinaries, type PostgresBinaries } from './binaries.ts';
import { codeOf, exists } from './files.ts';
import { canReach, type SystemUser, unprivilegedUser } from './system-user.ts';

/** Where data go when the checkout lies in a folder that only root may enter. */
const sharedRoot = '/var/lib/wedsync';

/** Everything one embedded cluster keeps on disk. */
export interface PostgresHome {
  root: string;
  dataDir: string;
  logFile: string;
  passwordFile: string;
  portFile: string;
  lockFile: string;
  leases: string;
  /** True when `root` is not the folder that was asked for. */
  relocated: boolean;
  user: SystemUser | undefined;
}

/** Where the cluster asked for under `dir` would live if that folder cannot be used. */
export function relocatedRoot(dir: string): string {
  const hash = createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 12);
  return join(sharedRoot, hash);
}

function layout(root: string, user: SystemUser | undefined, relocated: boolean): PostgresHome {
  return {
    root,
    relocated,
    user,
    dataDir: join(root, 'data'),
    logFile: join(root, 'postgres.log'),
    passwordFile: join(root, 'superuser.password'),
    portFile: join(root, 'port'),
    lockFile: join(root, 'lock'),
    leases: join(root, 'leases'),
  };
}

/** The home of the cluster under `dir`, without touching the disk. */
export async function locateHome(dir: string): Promise<PostgresHome> {
  const wanted = resolve(dir);
  const user = await unprivilegedUser(join(wanted, 'data'));
  if (!user || (await canReach(user, wanted))) return layout(wanted, user, false);
  const root = relocatedRoot(dir);
  return layout(root, await unprivilegedUser(join(root, 'data')), true);
}

/** Creates the folders of a home. Others may walk through them; only secrets are closed. */
export async function prepareHome(home: PostgresHome): Promise<void> {
  for (const folder of [...(home.relocated ? [sharedRoot] : []), home.root, home.leases]) {
    await mkdir(folder, { recursive: true });
  }
  // mkdir obeys the umask; PostgreSQL's user must get through whatever that is.
  if (home.user) await chmod(home.root, 0o755);
  if (home.relocated) await chmod(sharedRoot, 0o755);
}

/** The binaries, in a place where PostgreSQL's user may run them. */
export async function reachableBinaries(home: PostgresHome): Promise<PostgresBinaries> {
  const installed = await findPostgresBinaries();
  const { user } = home;
  if (!user) return installed;
  const samples = ['bin', 'lib/postgresql', 'share/postgresql'];
  const open = await Promise.all(
    samples.map((sample) => canReach(user, join(installed.root, sample))),
  );
  if (open.every(Boolean)) return installed;
  return copyBinaries(installed, sharedRoot);
}

/** The superuser's password: made once, readable by us alone, kept beside the data it opens. */
export async function superuserPassword(home: PostgresHome): Promise<string> {
  try {
    return (await readFile(home.passwordFile, 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const password = randomBytes(24).toString('base64url');
  await writeFile(home.passwordFile, password, { mode: 0o600 });
  return password;
}

export function hasCluster(home: PostgresHome): Promise<boolean> {
  return exists(join(home.dataDir, 'PG_VERSION'));
}
