import { DomainError } from '@wedsync/contracts/errors';
import { type Lsn, parseLsn } from '../../model/lsn.ts';
import type { Answer } from './command.ts';
import type { ReplicationClient } from './replication-client.ts';

export interface BaseBackupOptions {
  label: string;
  /** The manifest of the backup on which this one builds; absent: a full backup. */
  parentManifest?: AsyncIterable<Buffer> | undefined;
  /** Wait for no checkpoint of the server's own; costs it a burst of writing. */
  isFast?: boolean;
  /** kB/s at most; absent: as fast as it goes. */
  rateMax?: number | undefined;
}

/** Where what is received goes. Both are called in turn, never at once. */
export interface BaseBackupSink {
  /** Bytes of the data directory as one tar archive. */
  archive(bytes: Buffer): Promise<void>;
  manifest(bytes: Buffer): Promise<void>;
}

export interface BaseBackupResult {
  start: Lsn;
  end: Lsn;
  timeline: number;
  archiveBytes: number;
}

/** First bytes of copy data in a base backup. */
const kinds = { archive: 0x6e, manifest: 0x6d, data: 0x64, progress: 0x70 } as const;

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function refuseTablespaces(rows: (string | null)[][]): void {
  const extra = rows.filter(([oid]) => oid !== null);
  if (extra.length === 0) return;
  throw new DomainError(
    'precondition',
    'backup.tablespaces',
    `This server keeps data in ${extra.length} tablespaces of its own (${extra.map(([, path]) => path).join(', ')}), which WedSync's own backups do not cover. Move them into the data directory, or use pgBackRest.`,
  );
}

async function uploadManifest(
  client: ReplicationClient,
  manifest: AsyncIterable<Buffer>,
): Promise<void> {
  for await (const answer of client.run('UPLOAD_MANIFEST')) {
    if (answer.kind !== 'copy-in') continue;
    for await (const bytes of manifest) await client.send(bytes);
    client.endCopy();
  }
}

/** Copy data of a base backup to where it belongs; knows which part is under way. */
class Receiver {
  readonly #sink: BaseBackupSink;
  #part: 'none' | 'archive' | 'manifest' = 'none';
  archiveBytes = 0;

  constructor(sink: BaseBackupSink) {
    this.#sink = sink;
  }

  async take(bytes: Buffer): Promise<void> {
    const [kind] = bytes;
    if (kind === kinds.archive) this.#part = 'archive';
    else if (kind === kinds.manifest) this.#part = 'manifest';
    else if (kind === kinds.data) await this.#data(bytes.subarray(1));
    else if (kind !== kinds.progress) throw new Error(`unknown part ${kind} of a base backup`);
  }

  async #data(bytes: Buffer): Promise<void> {
    if (this.#part === 'manifest') return this.#sink.manifest(bytes);
    this.archiveBytes += bytes.length;
    return this.#sink.archive(bytes);
  }
}

/**
 * Takes a base backup over the replication protocol, full or, from PostgreSQL 17, incremental
 * (`UPLOAD_MANIFEST`, then `BASE_BACKUP … INCREMENTAL`). The log written meanwhile is not part of it:
 * a receiver must have been started before.
 *
 * @throws DomainError `precondition` `backup.tablespaces`
 * @throws Error of the server, e.g. when summaries of the log are missing since the parent
 */
export async function takeBaseBackup(
  client: ReplicationClient,
  sink: BaseBackupSink,
  options: BaseBackupOptions,
): Promise<BaseBackupResult> {
  const { label, parentManifest, isFast = true, rateMax } = options;
  if (parentManifest) await uploadManifest(client, parentManifest);
  const settings = [
    `LABEL ${quoted(label)}`,
    `CHECKPOINT '${isFast ? 'fast' : 'spread'}'`,
    'WAIT false',
    'WAL false',
    "MANIFEST 'yes'",
    "MANIFEST_CHECKSUMS 'SHA256'",
    ...(rateMax === undefined ? [] : [`MAX_RATE ${rateMax}`]),
    ...(parentManifest ? ['INCREMENTAL'] : []),
  ];
  return receive(client.run(`BASE_BACKUP (${settings.join(', ')})`), new Receiver(sink));
}

/** Result sets in turn: where it starts, the tablespaces, (copy data), where it ends. */
async function receive(
  answers: AsyncIterable<Answer>,
  receiver: Receiver,
): Promise<BaseBackupResult> {
  const sets: (string | null)[][][] = [[]];
  for await (const answer of answers) {
    if (answer.kind === 'row') sets.at(-1)?.push(answer.values);
    else if (answer.kind === 'copy-data') await receiver.take(answer.bytes);
    else if (answer.kind === 'complete') {
      if (sets.length === 2) refuseTablespaces(sets[1] ?? []);
      sets.push([]);
    }
  }
  const [starts = [], , ends = []] = sets;
  const [start, timeline] = starts[0] ?? [];
  const [end] = ends[0] ?? [];
  return {
    start: parseLsn(start ?? ''),
    end: parseLsn(end ?? ''),
    timeline: Number(timeline),
    archiveBytes: receiver.archiveBytes,
  };
}
