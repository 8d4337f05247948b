import type { ObjectStore } from './adapters/repository/object-store.ts';
import type { SealedObjects } from './adapters/repository/sealed-objects.ts';
import { BackupRecord, objectsOf } from './model/backup-record.ts';

/** A repository: what is stored, and how it is opened. */
export interface Repository {
  store: ObjectStore;
  objects: SealedObjects;
}

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** Makes a backup known: everything else of it must be stored by now. */
export function writeRecord({ objects }: Repository, record: BackupRecord): Promise<void> {
  const { record: name } = objectsOf(record.systemId, record.label);
  return objects.write(name, bytesOf(JSON.stringify(BackupRecord.encode(record))));
}

/** The clusters of which the repository holds something. */
export async function listSystems({ store }: Repository): Promise<string[]> {
  const names = await store.list('');
  return [...new Set(names.map((name) => name.split('/')[0] ?? ''))].sort();
}

/**
 * Every finished backup of a cluster, oldest first. The repository alone answers: a lost database
 * takes no knowledge with it.
 * @throws DamagedObject, DomainError `precondition` `backup.key-missing`
 */
export async function listBackups(
  { store, objects }: Repository,
  systemId: string,
): Promise<BackupRecord[]> {
  const names = await store.list(`${systemId}/backups/`);
  const records: BackupRecord[] = [];
  for (const name of names.filter((one) => one.endsWith('/record'))) {
    const text = (await objects.readAll(name)).toString('utf8');
    records.push(BackupRecord.decode(JSON.parse(text)));
  }
  return records.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

/** Removes a backup; its record goes first, so that what is left of an interrupted removal is none. */
export async function removeBackup(
  { store }: Repository,
  { systemId, label }: Pick<BackupRecord, 'systemId' | 'label'>,
): Promise<void> {
  const { record, archive, manifest } = objectsOf(systemId, label);
  for (const name of [record, archive, manifest]) await store.remove(name);
}
