import { DomainError } from '@wedsync/contracts/errors';
import { takeBaseBackup } from './adapters/replication/physical-backup.ts';
import { ReplicationClient } from './adapters/replication/replication-client.ts';
import { listBackups, type Repository, writeRecord } from './catalogue.ts';
import { type BackupRecord, backupLabel, objectsOf } from './model/backup-record.ts';
import { readManifest } from './model/manifest.ts';

export interface TakeBackupOptions {
  /** Of a login with REPLICATION. */
  url: string;
  repository: Repository;
  /** `incremental` builds on the newest backup there is. */
  kind: BackupRecord['kind'];
  /** kB/s at most, so that the live system does not feel it. */
  rateMax?: number;
  now?: () => Date;
}

const incrementalSince = 17;

/** Passes what is pushed in one place on to who iterates in another, one piece at a time. */
function pipe() {
  const { readable, writable } = new TransformStream<Buffer, Buffer>();
  const writer = writable.getWriter();
  return {
    content: readable as AsyncIterable<Buffer>,
    write: (bytes: Buffer) => writer.write(bytes),
    end: () => writer.close(),
    fail: (reason: unknown) => writer.abort(reason).catch(() => {}),
  };
}

async function parentOf(
  { url: _, repository, kind }: TakeBackupOptions,
  systemId: string,
): Promise<BackupRecord | undefined> {
  if (kind === 'full') return undefined;
  const parent = (await listBackups(repository, systemId)).at(-1);
  if (parent) return parent;
  throw new DomainError(
    'precondition',
    'backup.no-parent',
    'There is no backup yet on which an incremental one could build. Take a full one first.',
  );
}

function requireIncremental(version: string): void {
  if (Number.parseInt(version, 10) >= incrementalSince) return;
  throw new DomainError(
    'precondition',
    'backup.no-incremental',
    `PostgreSQL ${version} cannot take incremental backups; that came with version ${incrementalSince}. Take a full one.`,
  );
}

/**
 * Takes a backup into the repository, full or incremental. It counts once its record is written,
 * after everything else: what an interrupted run leaves is no backup.
 * @throws DomainError `precondition` `backup.no-parent` | `backup.no-incremental` | `backup.tablespaces`
 * @throws Error of the server or the repository
 */
export async function takeBackup(options: TakeBackupOptions): Promise<BackupRecord> {
  const { url, repository, kind, rateMax, now = () => new Date() } = options;
  const client = await ReplicationClient.open(url, 'wedsync-backup');
  try {
    const { systemId } = await client.identify();
    const serverVersion = await client.setting('server_version');
    if (kind === 'incremental') requireIncremental(serverVersion);
    const parent = await parentOf(options, systemId);
    const startedAt = now();
    const label = backupLabel(startedAt, kind);
    const names = objectsOf(systemId, label);
    const { objects, store } = repository;
    const archive = pipe();
    const manifest: Buffer[] = [];
    const stored = objects.write(names.archive, archive.content);
    // Whichever side fails ends the other one.
    const received = takeBaseBackup(
      client,
      { archive: archive.write, manifest: async (bytes) => void manifest.push(bytes) },
      { label, rateMax, parentManifest: parent && (await manifestOf(repository, parent)) },
    ).then(
      async (result) => {
        await archive.end();
        return result;
      },
      async (error: unknown) => {
        await archive.fail(error);
        throw error;
      },
    );
    const [result] = await Promise.all([received, stored]);
    // Read back before it is relied upon: the next incremental backup builds on it.
    readManifest(Buffer.concat(manifest));
    await objects.write(names.manifest, piecesOf(manifest));
    const record: BackupRecord = {
      v: 1,
      label,
      kind,
      parent: parent?.label ?? null,
      systemId,
      serverVersion,
      timeline: result.timeline,
      start: result.start,
      end: result.end,
      startedAt: startedAt.toISOString(),
      endedAt: now().toISOString(),
      archiveBytes: result.archiveBytes,
      storedBytes: (await store.size(names.archive)) + (await store.size(names.manifest)),
    };
    await writeRecord(repository, record);
    return record;
  } finally {
    client.destroy();
  }
}

async function manifestOf({ objects }: Repository, { systemId, label }: BackupRecord) {
  return (await objects.open(objectsOf(systemId, label).manifest)).content();
}

async function* piecesOf(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}
