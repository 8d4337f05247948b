import { z } from 'zod';
import { formatLsn, parseLsn } from './lsn.ts';

const LsnText = z.codec(z.string(), z.bigint(), { decode: parseLsn, encode: formatLsn });

/** What the repository itself knows of a backup; written last, so that what has none is no backup. */
export const BackupRecord = z.object({
  v: z.literal(1),
  /** Unique in the repository and sorted by time, to the millisecond: `20261121T014500123Z-full`. */
  label: z.string().regex(/^\d{8}T\d{9}Z-(full|incremental)$/),
  kind: z.enum(['full', 'incremental']),
  /** Label of the backup on which this one builds. */
  parent: z.string().nullable(),
  systemId: z.string(),
  serverVersion: z.string(),
  timeline: z.int(),
  /** Recovery begins to read the log here, and has what it needs from here on. */
  start: LsnText,
  end: LsnText,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  archiveBytes: z.int(),
  storedBytes: z.int(),
});
export type BackupRecord = z.output<typeof BackupRecord>;

/** Objects of one backup. */
export const objectsOf = (systemId: string, label: string) => {
  const folder = `${systemId}/backups/${label}`;
  return {
    record: `${folder}/record`,
    archive: `${folder}/base.tar`,
    manifest: `${folder}/manifest`,
  };
};

/** @param at when the backup began */
export function backupLabel(at: Date, kind: BackupRecord['kind']): string {
  return `${at.toISOString().replaceAll(/[-:.]/g, '')}-${kind}`;
}

/**
 * A backup and those on which it builds, newest first.
 * @throws RangeError where one of them is missing, or builds on itself
 */
export function chainOf(records: readonly BackupRecord[], label: string): BackupRecord[] {
  const byLabel = new Map(records.map((record) => [record.label, record]));
  const chain: BackupRecord[] = [];
  for (let next: string | null = label; next !== null; ) {
    const record: BackupRecord | undefined = byLabel.get(next);
    if (!record) throw new RangeError(`the backup ${next}, on which ${label} builds, is missing`);
    if (chain.includes(record)) throw new RangeError(`${label} builds on itself`);
    chain.push(record);
    next = record.parent;
  }
  return chain;
}

/**
 * Backups that may go: older than the retention, unless a backup that stays, or the recovery of a
 * moment within the retention, builds on them.
 * @param keepFrom the earliest moment to which recovery must be possible
 */
export function expiredBackups(records: readonly BackupRecord[], keepFrom: Date): BackupRecord[] {
  const kept = new Set<string>();
  const ended = (record: BackupRecord) => Date.parse(record.endedAt);
  const before = records.filter((record) => ended(record) <= keepFrom.getTime());
  // A moment is recovered from the newest backup that was finished before it.
  const needed = before.toSorted((a, b) => ended(b) - ended(a)).slice(0, 1);
  const within = records.filter((record) => ended(record) > keepFrom.getTime());
  for (const record of [...needed, ...within]) {
    for (const { label } of chainOf(records, record.label)) kept.add(label);
  }
  return records.filter(({ label }) => !kept.has(label));
}
