import type { KeyObject } from 'node:crypto';
import { DomainError } from '@wedsync/contracts/errors';
import type { WrappingKey } from '@wedsync/platform/encryption/wrapped-key';
import {
  ChunkOpener,
  ChunkSealer,
  chunkBytes,
  DamagedObject,
  headerBytes,
  keyIdOf,
  readTrailer,
  sealedChunkBytesMax,
  trailerBytes,
} from '../../model/sealed-chunks.ts';
import type { ObjectStore } from './object-store.ts';

/** Keys of the backup tier. */
export interface BackupKeys {
  /** New objects are sealed under this one. */
  active: WrappingKey;
  /** By id: the active one and those before it. */
  all: ReadonlyMap<string, KeyObject>;
}

/** Whole chunks of whatever comes in whatever pieces. */
async function* inChunks(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const piece of content) {
    held.push(piece);
    bytes += piece.length;
    if (bytes < chunkBytes) continue;
    let all = Buffer.concat(held);
    for (; all.length >= chunkBytes; all = all.subarray(chunkBytes)) {
      yield all.subarray(0, chunkBytes);
    }
    held = [all];
    bytes = all.length;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

async function* sealed(sealer: ChunkSealer, content: AsyncIterable<Buffer>) {
  yield sealer.header;
  for await (const chunk of inChunks(content)) yield sealer.chunk(chunk);
  yield sealer.end();
}

/** Objects of a repository, compressed and encrypted on their way in and out. */
export class SealedObjects {
  readonly #store: ObjectStore;
  readonly #keys: BackupKeys;

  constructor(store: ObjectStore, keys: BackupKeys) {
    this.#store = store;
    this.#keys = keys;
  }

  /** Whole or not at all, as the store writes. */
  write(name: string, content: AsyncIterable<Buffer>): Promise<void> {
    return this.#store.write(name, sealed(new ChunkSealer(this.#keys.active, name), content));
  }

  /**
   * @throws ObjectMissing, DamagedObject
   * @throws DomainError `precondition` `backup.key-missing`
   */
  async open(name: string): Promise<SealedObject> {
    const store = this.#store;
    const bytes = await store.size(name);
    const header = await store.read(name, 0, headerBytes);
    const opener = new ChunkOpener(this.#keyFor(name, header), name, header);
    const trailer = await store.read(name, bytes - trailerBytes, trailerBytes);
    const indexAt = readTrailer(name, trailer);
    const indexBytes = bytes - trailerBytes - indexAt - 4;
    if (indexBytes < 0) throw new DamagedObject(name, 'its end is missing');
    const places = opener.index(await store.read(name, indexAt + 4, indexBytes));
    return new SealedObject({ store, name, opener, places, indexAt });
  }

  /** Everything of one object. */
  async readAll(name: string): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of (await this.open(name)).content()) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  #keyFor(name: string, header: Buffer): KeyObject {
    const id = keyIdOf(name, header);
    const key = this.#keys.all.get(id);
    if (key) return key;
    throw new DomainError(
      'precondition',
      'backup.key-missing',
      `The backup was encrypted under key ${id}, which is not among the keys at hand. Give the MASTER_KEY that was used then, and the key file of the repository.`,
      { keyId: id, object: name },
    );
  }
}

interface OpenedParts {
  store: ObjectStore;
  name: string;
  opener: ChunkOpener;
  places: { offset: number; plainBytes: number }[];
  indexAt: number;
}

/** One object, open for reading from any place. */
export class SealedObject {
  readonly #parts: OpenedParts;
  readonly #starts: number[] = [];
  readonly plainBytes: number;
  /** The chunk read last: neighbours are asked for one after the other. */
  #last: { number: number; content: Buffer } | undefined;

  constructor(parts: OpenedParts) {
    this.#parts = parts;
    let at = 0;
    for (const { plainBytes } of parts.places) {
      this.#starts.push(at);
      at += plainBytes;
    }
    this.plainBytes = at;
  }

  async #chunk(number: number): Promise<Buffer> {
    if (this.#last?.number === number) return this.#last.content;
    const content = await this.#open(number);
    this.#last = { number, content };
    return content;
  }

  async #open(number: number): Promise<Buffer> {
    const { store, name, opener, places, indexAt } = this.#parts;
    const offset = places[number]?.offset ?? 0;
    const length = (places[number + 1]?.offset ?? indexAt) - offset;
    if (length <= 4 || length > sealedChunkBytesMax)
      throw new DamagedObject(name, 'its index is wrong');
    const bytes = await store.read(name, offset, length);
    if (bytes.length < length || bytes.readUInt32LE() !== length - 4) {
      throw new DamagedObject(name, `chunk ${number} is cut off`);
    }
    const content = opener.chunk(bytes.subarray(4), number);
    if (content.length === places[number]?.plainBytes) return content;
    throw new DamagedObject(name, `chunk ${number} has another length`);
  }

  /** The content from `from` on, chunk by chunk. */
  async *content(from = 0): AsyncGenerator<Buffer> {
    for (let number = this.#find(from); number < this.#starts.length; number++) {
      const start = this.#starts[number] ?? 0;
      const chunk = await this.#chunk(number);
      yield start < from ? chunk.subarray(from - start) : chunk;
    }
  }

  /** Number of the chunk that holds the byte at `from`. */
  #find(from: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle + 1] ?? this.plainBytes) <= from) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** `length` bytes from `from`; fewer where the object ends. */
  async read(from: number, length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let missing = length;
    for await (const piece of this.content(from)) {
      pieces.push(piece.subarray(0, missing));
      missing -= Math.min(missing, piece.length);
      if (missing === 0) break;
    }
    return Buffer.concat(pieces);
  }
}
