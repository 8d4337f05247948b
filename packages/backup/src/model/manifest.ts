import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Lsn, parseLsn } from './lsn.ts';

const ManifestFile = z.object({
  Path: z.string().optional(),
  /** In hexadecimal where the path is no UTF-8. */
  'Encoded-Path': z.string().optional(),
  Size: z.int().min(0),
  'Checksum-Algorithm': z.literal('SHA256').optional(),
  Checksum: z.string().optional(),
});
const LsnText = z.string().transform((text) => parseLsn(text));
const Manifest = z.object({
  'PostgreSQL-Backup-Manifest-Version': z.union([z.literal(1), z.literal(2)]),
  'System-Identifier': z.union([z.number(), z.string()]).optional(),
  Files: z.array(ManifestFile),
  'WAL-Ranges': z.array(z.object({ Timeline: z.int(), 'Start-LSN': LsnText, 'End-LSN': LsnText })),
  'Manifest-Checksum': z.string().length(64),
});

export interface BackupManifest {
  /** By path below the data directory. */
  files: Map<string, { bytes: number; sha256: string | undefined }>;
  /** The log without which the backup cannot be started. */
  wal: { timeline: number; start: Lsn; end: Lsn }[];
}

/** The manifest says something that cannot be so. */
export class DamagedManifest extends Error {}

/**
 * Reads a backup manifest ("Backup Manifest Format" in PostgreSQL's manual) after checking the
 * checksum that it ends with.
 * @throws DamagedManifest
 */
export function readManifest(bytes: Buffer): BackupManifest {
  // The checksum covers every line but its own, which is the last.
  const checksumAt = bytes.lastIndexOf('"Manifest-Checksum"');
  if (checksumAt < 0) throw new DamagedManifest('the manifest has no checksum of its own');
  const sha256 = createHash('sha256').update(bytes.subarray(0, checksumAt)).digest('hex');
  let parsed: z.output<typeof Manifest>;
  try {
    parsed = Manifest.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw new DamagedManifest('the manifest cannot be read', { cause: error });
  }
  if (parsed['Manifest-Checksum'] !== sha256) {
    throw new DamagedManifest('the manifest does not match its own checksum');
  }
  return {
    files: new Map(
      parsed.Files.map((file) => [
        file.Path ?? Buffer.from(file['Encoded-Path'] ?? '', 'hex').toString('latin1'),
        { bytes: file.Size, sha256: file.Checksum },
      ]),
    ),
    wal: parsed['WAL-Ranges'].map((range) => ({
      timeline: range.Timeline,
      start: range['Start-LSN'],
      end: range['End-LSN'],
    })),
  };
}
