import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DomainError } from '@wedsync/contracts/errors';

/** Whom PostgreSQL runs as. Undefined stands for "as ourselves". */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

/** Accounts every Unix has or a PostgreSQL package brings; we never create one. */
const candidates = ['postgres', 'nobody', '_postgres'];

/**
 * PostgreSQL refuses to run as root. This picks the account root hands it to: the owner of data
 * that exist already, else `postgres`, else `nobody`.
 * @throws DomainError precondition when root has no such account
 */
export async function unprivilegedUser(dataDir: string): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  const owner = await stat(dataDir).then(
    (found) => found.uid,
    () => 0,
  );
  const user =
    (owner === 0 ? undefined : accounts.find((account) => account.uid === owner)) ??
    candidates
      .map((name) => accounts.find((account) => account.name === name))
      .find((account) => account !== undefined && account.uid !== 0);
  if (user) return user;
  throw new DomainError(
    'precondition',
    'platform.no_unprivileged_user',
    'PostgreSQL does not run as root and this machine has no account named postgres or nobody. Start WedSync as an ordinary user.',
  );
}

/** The lines of /etc/passwd that matter here. */
export function parsePasswd(text: string): SystemUser[] {
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4 && /^\d+$/.test(fields[2] ?? ''))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

/** Whether `user` may walk to `path`: every existing folder on the way lets it through. */
export async function canReach(user: SystemUser, path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found && !mayEnter(user, found)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function mayEnter(user: SystemUser, found: { uid: number; gid: number; mode: number }): boolean {
  if (found.uid === user.uid) return (found.mode & 0o100) !== 0;
  if (found.gid === user.gid) return (found.mode & 0o010) !== 0;
  return (found.mode & 0o001) !== 0;
}
