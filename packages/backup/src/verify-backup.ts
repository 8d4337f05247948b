import { createHash } from 'node:crypto';
import { type ArchiveMember, indexArchive } from './adapters/native/archive-index.ts';
import type { SealedObject } from './adapters/repository/sealed-objects.ts';
import { listBackups, type Repository } from './catalogue.ts';
import { type BackupRecord, chainOf, objectsOf } from './model/backup-record.ts';
import { readManifest } from './model/manifest.ts';

/** Something that is wrong with a stored backup. */
export interface BackupFinding {
  /** Label of the backup. */
  backup: string;
  /** Object or file. */
  subject: string;
  message: string;
}

/** Written by the server into the archive, but not named in its manifest. */
const unlisted = new Set(['backup_manifest', 'backup_label', 'tablespace_map']);

async function sha256Of(archive: SealedObject, { offset, bytes }: ArchiveMember): Promise<string> {
  const hash = createHash('sha256');
  let left = bytes;
  if (left > 0) {
    for await (const piece of archive.content(offset)) {
      hash.update(piece.subarray(0, left));
      left -= Math.min(left, piece.length);
      if (left === 0) break;
    }
  }
  return hash.digest('hex');
}

/** Every file of one backup against the manifest that the server wrote: what `pg_verifybackup` does. */
async function* checkFiles(
  { objects }: Repository,
  { systemId, label }: BackupRecord,
): AsyncGenerator<Omit<BackupFinding, 'backup'>> {
  const names = objectsOf(systemId, label);
  const { files } = readManifest(await objects.readAll(names.manifest));
  const archive = await objects.open(names.archive);
  const members = await indexArchive(names.archive, archive);
  const seen = new Set<string>();
  for (const member of members) {
    if (member.kind !== 'file') continue;
    const listed = files.get(member.path);
    if (!listed) {
      if (!unlisted.has(member.path))
        yield { subject: member.path, message: 'is not in the manifest' };
      continue;
    }
    seen.add(member.path);
    if (listed.bytes !== member.bytes) {
      const message = `is ${member.bytes} bytes long instead of ${listed.bytes}`;
      yield { subject: member.path, message };
    } else if (listed.sha256 && listed.sha256 !== (await sha256Of(archive, member))) {
      yield { subject: member.path, message: 'has another content than the server wrote' };
    }
  }
  for (const path of files.keys()) {
    if (!seen.has(path)) yield { subject: path, message: 'is missing' };
  }
}

/**
 * Reads everything a backup needs for its restoration, the backups below it included: every chunk is
 * opened, every file compared with the server's own checksum.
 * @returns what is wrong, one finding for each; none: the chain is whole
 */
export async function verifyBackup(
  repository: Repository,
  { systemId, label }: Pick<BackupRecord, 'systemId' | 'label'>,
): Promise<BackupFinding[]> {
  const findings: BackupFinding[] = [];
  let chain: BackupRecord[];
  try {
    chain = chainOf(await listBackups(repository, systemId), label);
  } catch (error) {
    return [{ backup: label, subject: 'chain', message: messageOf(error) }];
  }
  for (const record of chain) {
    try {
      for await (const finding of checkFiles(repository, record)) {
        findings.push({ backup: record.label, ...finding });
      }
    } catch (error) {
      findings.push({ backup: record.label, subject: 'archive', message: messageOf(error) });
    }
  }
  return findings;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
