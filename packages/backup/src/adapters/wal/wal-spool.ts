import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Lsn, parseSegmentName } from '../../model/lsn.ts';
import { ChunkOpener, ChunkSealer, headerBytes, keyIdOf } from '../../model/sealed-chunks.ts';
import type { BackupKeys } from '../repository/sealed-objects.ts';

const suffix = '.part';
const lsnBytes = 8;

export interface SpoolOptions {
  /** Folder on a disk that outlives the database's. */
  dir: string;
  keys: BackupKeys;
  segmentBytes: number;
}

/** What is known of a segment that was not completed. */
export interface PartialSegment {
  name: string;
  /** From the segment's first byte, without gaps. */
  bytes: Buffer;
}

/**
 * Keeps the log of the segment under way, before it is complete enough for the repository: every
 * stretch is a sealed record of its own, appended and synced, so that a commit can be promised after
 * milliseconds. A restart begins another part beside the one it finds; nothing is ever rewritten.
 */
export class WalSpool {
  readonly #options: SpoolOptions;
  #file: FileHandle | undefined;
  #sealer: ChunkSealer | undefined;
  #segment: string | undefined;

  constructor(options: SpoolOptions) {
    this.#options = options;
  }

  /** Appends a stretch that lies within `segment`; durable after `sync`. */
  async append(segment: string, start: Lsn, bytes: Buffer): Promise<void> {
    if (segment !== this.#segment) await this.#begin(segment);
    const head = Buffer.alloc(lsnBytes);
    head.writeBigUInt64BE(start);
    const record = this.#sealer?.chunk(Buffer.concat([head, bytes]));
    if (record) await this.#file?.appendFile(record);
  }

  async sync(): Promise<void> {
    await this.#file?.datasync();
  }

  /** Forgets a segment that is whole in the repository. */
  async remove(segment: string): Promise<void> {
    if (segment === this.#segment) await this.close();
    for (const part of await this.#parts(segment)) await rm(join(this.#options.dir, part));
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    this.#segment = undefined;
  }

  /** Segments of which something is kept here, oldest first. */
  async list(): Promise<PartialSegment[]> {
    const names = new Set((await this.#parts('')).map((part) => part.slice(0, 24)));
    return Promise.all([...names].sort().map((name) => this.#read(name)));
  }

  async #begin(segment: string): Promise<void> {
    const { dir, keys } = this.#options;
    await this.close();
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const part = `${segment}.${String((await this.#parts(segment)).length).padStart(4, '0')}${suffix}`;
    this.#sealer = new ChunkSealer(keys.active, part);
    this.#file = await open(join(dir, part), 'ax', 0o600);
    this.#segment = segment;
    await this.#file.appendFile(this.#sealer.header);
    await this.#file.datasync();
    const folder = await open(dir, 'r');
    await folder.sync().finally(() => folder.close());
  }

  async #parts(segment: string): Promise<string[]> {
    const names = await readdir(this.#options.dir).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => name.startsWith(segment) && name.endsWith(suffix)).sort();
  }

  async #read(segment: string): Promise<PartialSegment> {
    const { dir, segmentBytes } = this.#options;
    const { start } = parseSegmentName(segment, segmentBytes);
    const whole = Buffer.alloc(segmentBytes);
    let end = 0;
    for (const part of await this.#parts(segment)) {
      for (const { at, bytes } of this.#records(part, await readFile(join(dir, part)))) {
        const offset = Number(at - start);
        if (offset > end) break;
        bytes.copy(whole, offset);
        end = Math.max(end, offset + bytes.length);
      }
    }
    return { name: segment, bytes: whole.subarray(0, end) };
  }

  /** Records until the end or the first that is not whole: what came after it was never promised. */
  *#records(part: string, file: Buffer): Generator<{ at: Lsn; bytes: Buffer }> {
    if (file.length < headerBytes) return;
    const header = file.subarray(0, headerBytes);
    const key = this.#options.keys.all.get(keyIdOf(part, header));
    if (!key) return;
    const opener = new ChunkOpener(key, part, header);
    let offset = headerBytes;
    for (let number = 0; offset + 4 <= file.length; number++) {
      const length = file.readUInt32LE(offset);
      const sealed = file.subarray(offset + 4, offset + 4 + length);
      if (sealed.length < length) return;
      let text: Buffer;
      try {
        text = opener.chunk(sealed, number);
      } catch {
        return;
      }
      yield { at: text.readBigUInt64BE(), bytes: text.subarray(lsnBytes) };
      offset += 4 + length;
    }
  }
}
