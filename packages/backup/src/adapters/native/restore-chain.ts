import { mkdir, open, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type BlockSource, type FileVersion, planBlocks } from '../../model/block-sources.ts';
import { blockBytes, headerBytes, readIncrementalHeader } from '../../model/incremental-file.ts';
import { DamagedObject } from '../../model/sealed-chunks.ts';
import type { SealedObject, SealedObjects } from '../repository/sealed-objects.ts';
import { type ArchiveMember, indexArchive } from './archive-index.ts';

const incrementalPrefix = 'INCREMENTAL.';
/** Bytes written at once. */
const runBytes = 1_048_576;

/** One backup of a chain, with its archive open. */
interface Link {
  name: string;
  archive: SealedObject;
  members: Map<string, ArchiveMember>;
}

async function openLink(objects: SealedObjects, name: string): Promise<Link> {
  const archive = await objects.open(name);
  const members = await indexArchive(name, archive);
  return { name, archive, members: new Map(members.map((member) => [member.path, member])) };
}

const incrementalPath = (path: string) => {
  const folder = dirname(path);
  const name = `${incrementalPrefix}${basename(path)}`;
  return folder === '.' ? name : `${folder}/${name}`;
};
const plainPath = (path: string) => {
  const folder = dirname(path);
  const name = basename(path).slice(incrementalPrefix.length);
  return folder === '.' ? name : `${folder}/${name}`;
};

/** A file's version in one backup: the whole of it, or what changed; undefined where it has none. */
async function versionIn(link: Link, path: string) {
  const whole = link.members.get(path);
  if (whole) return { member: whole, version: { kind: 'full', bytes: whole.bytes } as FileVersion };
  const member = link.members.get(incrementalPath(path));
  if (!member) return undefined;
  const first = await link.archive.read(member.offset, Math.min(member.bytes, blockBytes));
  const count = first.length >= 8 ? first.readUInt32LE(4) : 0;
  const bytes = Math.min(member.bytes, headerBytes(count));
  const head = bytes > first.length ? await link.archive.read(member.offset, bytes) : first;
  return {
    member,
    version: { kind: 'incremental', ...readIncrementalHeader(head) } as FileVersion,
  };
}

/**
 * Rebuilds a data directory from a full backup and the incremental ones that build on it: what
 * `pg_combinebackup` does, from archives that stay compressed and encrypted.
 */
export class ChainRestore {
  readonly #links: Link[];
  readonly #target: string;

  private constructor(links: Link[], target: string) {
    this.#links = links;
    this.#target = target;
  }

  /**
   * @param archives names of the objects, newest first; the last one is of a full backup
   * @param target an empty folder
   */
  static async open(
    objects: SealedObjects,
    archives: readonly string[],
    target: string,
  ): Promise<ChainRestore> {
    const links: Link[] = [];
    for (const name of archives) links.push(await openLink(objects, name));
    return new ChainRestore(links, target);
  }

  /**
   * Writes every file. Nothing is synced: the server that starts on it recovers and syncs.
   * @returns bytes written
   * @throws DamagedObject, RangeError where the chain does not fit together
   */
  async write(): Promise<number> {
    const [newest] = this.#links;
    if (!newest) throw new RangeError('a chain has at least one backup');
    let bytes = 0;
    for (const member of newest.members.values()) bytes += await this.#member(newest, member);
    return bytes;
  }

  async #member(newest: Link, member: ArchiveMember): Promise<number> {
    const path = join(this.#target, member.path);
    if (member.path.split('/').includes('..')) {
      throw new DamagedObject(newest.name, `${member.path} leads out of the data directory`);
    }
    if (member.kind === 'folder') {
      await mkdir(path, { recursive: true, mode: 0o700 });
      return 0;
    }
    if (member.kind === 'link') {
      throw new DamagedObject(newest.name, `${member.path} is a link; tablespaces are not covered`);
    }
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    if (basename(member.path).startsWith(incrementalPrefix)) {
      return this.#rebuild(plainPath(member.path));
    }
    if (member.path === 'backup_label') return this.#label(newest, member);
    return this.#copy(newest, member);
  }

  async #copy({ archive, name }: Link, member: ArchiveMember): Promise<number> {
    const file = await open(join(this.#target, member.path), 'w', 0o600);
    try {
      let left = member.bytes;
      for await (const piece of archive.content(member.offset)) {
        if (left === 0) break;
        const part = piece.subarray(0, left);
        await file.write(part);
        left -= part.length;
      }
      if (left > 0) throw new DamagedObject(name, `${member.path} is cut off`);
    } finally {
      await file.close();
    }
    return member.bytes;
  }

  /** A server refuses to start from a label that speaks of an incremental backup. */
  async #label({ archive }: Link, member: ArchiveMember): Promise<number> {
    const label = (await archive.read(member.offset, member.bytes)).toString('utf8');
    const lines = label.split('\n').filter((line) => !line.startsWith('INCREMENTAL FROM'));
    await writeFile(join(this.#target, member.path), lines.join('\n'), { mode: 0o600 });
    return member.bytes;
  }

  async #rebuild(path: string): Promise<number> {
    const versions: FileVersion[] = [];
    const places: { archive: SealedObject; offset: number }[] = [];
    for (const link of this.#links) {
      const found = await versionIn(link, path);
      if (!found) throw new DamagedObject(link.name, `${path} is missing in it`);
      versions.push(found.version);
      places.push({ archive: link.archive, offset: found.member.offset });
      if (found.version.kind === 'full') break;
    }
    const plan = planBlocks(versions);
    const file = await open(join(this.#target, path), 'w', 0o600);
    try {
      for (const run of runsOf(plan)) {
        const bytes = run.count * blockBytes;
        const place = run.source && places[run.source.version];
        if (!run.source || !place) {
          await file.write(Buffer.alloc(bytes));
          continue;
        }
        const content = await place.archive.read(place.offset + run.source.offset, bytes);
        if (content.length < bytes) throw new DamagedObject(path, 'a block is cut off');
        await file.write(content);
      }
    } finally {
      await file.close();
    }
    return plan.length * blockBytes;
  }
}

/** Neighbouring blocks of one source are read and written together. */
function* runsOf(
  plan: readonly (BlockSource | undefined)[],
): Generator<{ source: BlockSource | undefined; count: number }> {
  let run: { source: BlockSource | undefined; count: number } | undefined;
  for (const source of plan) {
    const follows =
      run &&
      run.count * blockBytes < runBytes &&
      run.source?.version === source?.version &&
      (!run.source || run.source.offset + run.count * blockBytes === source?.offset);
    if (run && follows) {
      run.count++;
      continue;
    }
    if (run) yield run;
    run = { source, count: 1 };
  }
  if (run) yield run;
}
