import type { KeyObject } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { open, seal } from '@wedsync/platform/encryption/sealed';
import {
  newKey,
  unwrapKey,
  type WrappingKey,
  wrapKey,
  wrappedKeyBytes,
  wrappingKeyId,
} from '@wedsync/platform/encryption/wrapped-key';

/**
 * How an object is kept in a repository: compressed (zstd) and encrypted chunk by chunk, so that any
 * part can be read without the rest.
 *
 *     header   magic "WSB1", the object's own key wrapped under a key of the backup tier
 *     chunk    u32 length, sealed(flag, content); as many as there are
 *     index    u32 length, sealed(plain length and offset of every chunk)
 *     trailer  u64 offset of the index, magic "WSBX"
 *
 * Every chunk is authenticated together with the object's name and its own number, the index with
 * their count: a chunk that was changed, moved, repeated or left out is found.
 */
const magic = Buffer.from('WSB1');
const trailerMagic = Buffer.from('WSBX');
const raw = 0;
const zstd = 1;

export const headerBytes = magic.length + wrappedKeyBytes;
export const trailerBytes = 8 + trailerMagic.length;
/** Plain bytes of a chunk; the last one may be shorter. */
export const chunkBytes = 1_048_576;
/** No chunk is longer than this on disk; a length above it is damage, not an order for memory. */
export const sealedChunkBytesMax = chunkBytes + 4_096;
const entryBytes = 12;

/** Something in a repository is not what was written there. */
export class DamagedObject extends Error {
  readonly objectName: string;

  constructor(objectName: string, why: string) {
    super(`${objectName}: ${why}`);
    this.name = 'DamagedObject';
    this.objectName = objectName;
  }
}

/** Where a chunk stands in its object. */
export interface ChunkPlace {
  offset: number;
  plainBytes: number;
}

/** Seals the chunks of one object. */
export class ChunkSealer {
  readonly header: Buffer;
  readonly #key: KeyObject;
  readonly #name: string;
  readonly #places: ChunkPlace[] = [];
  #offset: number;

  /** @param name of the object: what is sealed opens under this name only */
  constructor(by: WrappingKey, name: string) {
    this.#key = newKey();
    this.#name = name;
    this.header = Buffer.concat([magic, wrapKey(by, this.#key, keyContext(name))]);
    this.#offset = this.header.length;
  }

  /** The next chunk, with its length in front. */
  chunk(content: Buffer): Buffer {
    const packed = zstdCompressSync(content);
    const pays = packed.length < content.length;
    const text = Buffer.concat([Buffer.from([pays ? zstd : raw]), pays ? packed : content]);
    const sealed = seal(this.#key, { text, context: context(this.#name, this.#places.length) });
    this.#places.push({ offset: this.#offset, plainBytes: content.length });
    this.#offset += 4 + sealed.length;
    return withLength(sealed);
  }

  /** Index and trailer; nothing can follow. */
  end(): Buffer {
    const text = Buffer.alloc(this.#places.length * entryBytes);
    this.#places.forEach(({ offset, plainBytes }, index) => {
      text.writeBigUInt64LE(BigInt(offset), index * entryBytes);
      text.writeUInt32LE(plainBytes, index * entryBytes + 8);
    });
    const index = seal(this.#key, { text, context: context(this.#name, 'index') });
    const trailer = Buffer.alloc(trailerBytes);
    trailer.writeBigUInt64LE(BigInt(this.#offset));
    trailerMagic.copy(trailer, 8);
    return Buffer.concat([withLength(index), trailer]);
  }
}

const keyContext = (name: string) => `backup|${name}`;
const context = (name: string, part: number | 'index') => Buffer.from(`${name}|${part}`);

function withLength(sealed: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(sealed.length);
  return Buffer.concat([length, sealed]);
}

/** The id of the key that opens an object. @throws DamagedObject */
export function keyIdOf(name: string, header: Buffer): string {
  if (header.length < headerBytes || !header.subarray(0, magic.length).equals(magic)) {
    throw new DamagedObject(name, 'it does not begin as an object of a repository');
  }
  return wrappingKeyId(header.subarray(magic.length, headerBytes));
}

/** Opens the chunks of one object. */
export class ChunkOpener {
  readonly #key: KeyObject;
  readonly #name: string;

  /** @throws DamagedObject for another key, another name or damage */
  constructor(by: KeyObject, name: string, header: Buffer) {
    this.#name = name;
    keyIdOf(name, header);
    const wrapped = header.subarray(magic.length, headerBytes);
    this.#key = this.#checked('its key', () => unwrapKey(by, wrapped, keyContext(name)));
  }

  /** @param sealed without its length */
  chunk(sealed: Buffer, number: number): Buffer {
    const what = `chunk ${number}`;
    return this.#checked(what, () => {
      const text = open(this.#key, sealed, context(this.#name, number));
      const content = text.subarray(1);
      return text[0] === zstd
        ? zstdDecompressSync(content, { maxOutputLength: chunkBytes })
        : content;
    });
  }

  index(sealed: Buffer): ChunkPlace[] {
    const text = this.#checked('its index', () =>
      open(this.#key, sealed, context(this.#name, 'index')),
    );
    return Array.from({ length: text.length / entryBytes }, (_, index) => ({
      offset: Number(text.readBigUInt64LE(index * entryBytes)),
      plainBytes: text.readUInt32LE(index * entryBytes + 8),
    }));
  }

  #checked<T>(what: string, work: () => T): T {
    try {
      return work();
    } catch {
      throw new DamagedObject(this.#name, `${what} cannot be opened: damaged, or another key`);
    }
  }
}

/** Where the index begins. @throws DamagedObject */
export function readTrailer(name: string, trailer: Buffer): number {
  const isWhole = trailer.length === trailerBytes && trailer.subarray(8).equals(trailerMagic);
  if (!isWhole) throw new DamagedObject(name, 'its end is missing');
  return Number(trailer.readBigUInt64LE());
}
