import { DomainError } from '@wedsync/contracts/errors';
import { codeOf } from './files.ts';

interface Diagnosis {
  pattern: RegExp;
  code: string;
  explain: (context: DiagnosisContext) => string;
}

export interface DiagnosisContext {
  dataDir: string;
  logFile: string;
  port?: number;
}

/** What PostgreSQL prints when it cannot start, and what a person does about it. First match wins. */
const diagnoses: Diagnosis[] = [
  {
    pattern: /Address already in use|could not bind IPv4 address/,
    code: 'platform.postgres_port_taken',
    explain: ({ port }) =>
      `Port ${port ?? '?'} is taken by another program. End it or choose another port, then start again.`,
  },
  {
    pattern: /shared memory segment[^\n]*No space left|could not resize shared memory/,
    code: 'platform.postgres_shared_memory',
    explain: () =>
      'PostgreSQL got no shared memory: /dev/shm is full or too small. Free it or enlarge it (in a container: --shm-size=256m), then start again.',
  },
  {
    pattern:
      /could not create shared memory segment|could not map anonymous shared memory|could not create semaphores/,
    code: 'platform.postgres_shared_memory',
    explain: () =>
      'The kernel refused PostgreSQL its shared memory. Free memory or raise the limits (sysctl kernel.shmmax, kernel.shmall, kernel.sem), then start again.',
  },
  {
    pattern: /No space left on device|could not write[^\n]*ENOSPC/,
    code: 'platform.disk_full',
    explain: ({ dataDir }) =>
      `The disk that holds ${dataDir} is full. Free at least 500 MB and start again; nothing was lost.`,
  },
  {
    pattern:
      /invalid locale (name|settings)|locale name[^\n]*is not valid|failed to restore old locale/,
    code: 'platform.locale_missing',
    explain: () =>
      'This machine lacks the locale C.UTF-8 (macOS: en_US.UTF-8). Install it (Debian: apt-get install locales) and start again.',
  },
  {
    pattern: /error while loading shared libraries: ([^\s:]+)|Library not loaded: (\S+)/,
    code: 'platform.postgres_library_missing',
    explain: () =>
      'The embedded PostgreSQL misses a system library (see the log). Install it with the package manager of this machine, or set DATABASE_URL to another PostgreSQL.',
  },
  {
    pattern: /pre-existing shared memory block|lock file "postmaster.pid" already exists/,
    code: 'platform.postgres_still_running',
    explain: ({ dataDir }) =>
      `Processes of an earlier PostgreSQL still use ${dataDir}. End them (ps aux | grep postgres) and start again.`,
  },
  {
    pattern: /has wrong ownership|has invalid permissions|Permission denied/,
    code: 'platform.postgres_permissions',
    explain: ({ dataDir }) =>
      `PostgreSQL may not use ${dataDir}: it belongs to another user. Start as that user, or give the folder back (chown), or start over with npm start -- --reset.`,
  },
  {
    pattern: /database files are incompatible with server/,
    code: 'platform.postgres_version',
    explain: ({ dataDir }) =>
      `${dataDir} was written by another version of PostgreSQL. Start over with npm start -- --reset, or use that version through DATABASE_URL.`,
  },
  {
    pattern: /invalid (primary )?checkpoint record|could not locate a valid checkpoint|PANIC:/,
    code: 'platform.postgres_damaged',
    explain: ({ dataDir }) =>
      `The database files in ${dataDir} are damaged. Restore a copy, or start over with npm start -- --reset.`,
  },
];

/** Turns PostgreSQL's last words into one clear line with the remedy. */
export function diagnose(output: string, context: DiagnosisContext): DomainError {
  const found = diagnoses.find(({ pattern }) => pattern.test(output));
  if (found) {
    const message = `${found.explain(context)} (log: ${context.logFile})`;
    return new DomainError('unavailable', found.code, message);
  }
  return new DomainError(
    'unavailable',
    'platform.postgres_failed',
    `PostgreSQL did not start: ${lastComplaint(output)} (log: ${context.logFile})`,
  );
}

function lastComplaint(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const complaint = lines.findLast((line) => /FATAL|PANIC|ERROR|error:/.test(line));
  return (complaint ?? lines.at(-1) ?? 'it said nothing').trim().slice(0, 300);
}

/** Gives the file system's refusals (no rights, no space, read-only) a line with the remedy. */
export function explainSystemError(error: unknown, path: string): unknown {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return new DomainError(
        'precondition',
        'platform.postgres_permissions',
        `This user may not write to ${path}. Start as the user who owns it, or give it back (chown -R), or remove it.`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new DomainError(
        'unavailable',
        'platform.disk_full',
        `The disk that holds ${path} is full. Free at least 500 MB and start again; nothing was lost.`,
      );
    case 'EROFS':
      return new DomainError(
        'precondition',
        'platform.read_only',
        `${path} is on a read-only file system. Put the checkout on a writable one, or set DATABASE_URL.`,
      );
    default:
      return error;
  }
}
