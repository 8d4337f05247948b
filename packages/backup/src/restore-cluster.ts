import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@wedsync/contracts/errors';
import { ChainRestore } from './adapters/native/restore-chain.ts';
import type { WalSpool } from './adapters/wal/wal-spool.ts';
import { listBackups, type Repository } from './catalogue.ts';
import { type BackupRecord, chainOf, objectsOf } from './model/backup-record.ts';
import { formatLsn, type Lsn, segmentBytesDefault, segmentName } from './model/lsn.ts';

/** Where recovery stops. */
export type RecoveryTarget =
  | { kind: 'latest' }
  | { kind: 'time'; at: Date }
  | { kind: 'lsn'; lsn: Lsn }
  | { kind: 'name'; name: string };

export interface RestoreOptions {
  repository: Repository;
  systemId: string;
  target: RecoveryTarget;
  /** An empty or missing folder; becomes a data directory that has still to be recovered. */
  dataDir: string;
  /** The log of the segment that was under way, where its disk survived. */
  spool?: WalSpool;
  segmentBytes?: number;
}

export interface RestoredCluster {
  /** The backup that recovery starts from. */
  backup: BackupRecord;
  bytes: number;
  segments: number;
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** With a numeric offset: names of zones, even `Z`, are not known yet when the server reads this. */
const momentOf = (at: Date) => at.toISOString().replace('T', ' ').replace('Z', '+00');

const targetLines = (target: RecoveryTarget): string[] => {
  switch (target.kind) {
    case 'latest':
      return [];
    case 'time':
      return [`recovery_target_time = ${quoted(momentOf(target.at))}`];
    case 'lsn':
      return [`recovery_target_lsn = ${quoted(formatLsn(target.lsn))}`];
    case 'name':
      return [`recovery_target_name = ${quoted(target.name)}`];
  }
};

function refuse(code: string, message: string): never {
  throw new DomainError('precondition', code, message);
}

/** The newest backup that was finished before the target. */
function startingPoint(records: readonly BackupRecord[], target: RecoveryTarget): BackupRecord {
  const [oldest] = records;
  if (!oldest) return refuse('backup.none', 'The repository holds no backup of this database.');
  const isBefore = (record: BackupRecord) => {
    if (target.kind === 'time') return Date.parse(record.endedAt) <= target.at.getTime();
    return target.kind === 'lsn' ? record.end <= target.lsn : true;
  };
  return (
    records.findLast(isBefore) ??
    refuse(
      'backup.target-too-early',
      `The oldest backup was finished at ${oldest.endedAt}: nothing before that can be brought back. Choose a later moment.`,
    )
  );
}

async function requireEmpty(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const [first] = await readdir(dataDir);
  if (first === undefined) return;
  refuse(
    'backup.folder-not-empty',
    `${dataDir} is not empty (it holds ${first}). Restore into a new folder; nothing is ever overwritten.`,
  );
}

/**
 * Rebuilds the data directory from the repository and lays the log beside it. The server that is
 * started on it recovers up to the target, then opens for writing on a new timeline.
 * @throws DomainError `precondition` `backup.none` | `backup.target-too-early` |
 * `backup.folder-not-empty` | `backup.log-missing`
 * @throws DamagedObject
 */
export async function restoreCluster(options: RestoreOptions): Promise<RestoredCluster> {
  const { repository, systemId, target, dataDir, spool } = options;
  const { segmentBytes = segmentBytesDefault } = options;
  const records = await listBackups(repository, systemId);
  const backup = startingPoint(records, target);
  await requireEmpty(dataDir);
  const chain = chainOf(records, backup.label);
  const archives = chain.map(({ label }) => objectsOf(systemId, label).archive);
  const restore = await ChainRestore.open(repository.objects, archives, dataDir);
  const bytes = await restore.write();
  const first = segmentName(backup.timeline, backup.start, segmentBytes);
  const segments = await layLog({ repository, systemId, dataDir, spool, segmentBytes, first });
  if (!segments.includes(first)) {
    refuse(
      'backup.log-missing',
      `The segment ${first} of the log, with which the recovery of ${backup.label} begins, is not in the repository.`,
    );
  }
  await writeFile(join(dataDir, 'recovery.signal'), '', { mode: 0o600 });
  const settings = [
    // The log lies in place already; there is nowhere else to ask.
    "restore_command = 'false'",
    "recovery_target_timeline = 'latest'",
    "recovery_target_action = 'promote'",
    // A copy must neither wait for the vault of the original nor answer to its name.
    "synchronous_standby_names = ''",
    ...targetLines(target),
  ];
  await writeFile(join(dataDir, 'postgresql.auto.conf'), `${settings.join('\n')}\n`, {
    mode: 0o600,
  });
  return { backup, bytes, segments: segments.length };
}

interface LogOptions {
  repository: Repository;
  systemId: string;
  dataDir: string;
  spool: WalSpool | undefined;
  segmentBytes: number;
  first: string;
}

/** Segments from `first` on, whole ones from the repository and the last one from the spool. */
async function layLog(options: LogOptions): Promise<string[]> {
  const { repository, systemId, dataDir, spool, segmentBytes, first } = options;
  const folder = join(dataDir, 'pg_wal');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const laid: string[] = [];
  for (const name of await repository.store.list(`${systemId}/wal/`)) {
    const segment = name.slice(name.lastIndexOf('/') + 1);
    if (segment < first) continue;
    await writeFile(join(folder, segment), await repository.objects.readAll(name), { mode: 0o600 });
    laid.push(segment);
  }
  for (const { name, bytes } of (await spool?.list()) ?? []) {
    if (name < first || laid.includes(name)) continue;
    const whole = Buffer.alloc(segmentBytes);
    bytes.copy(whole);
    await writeFile(join(folder, name), whole, { mode: 0o600 });
    laid.push(name);
  }
  return laid;
}
