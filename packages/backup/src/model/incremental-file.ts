/** Pages of PostgreSQL where the server was not built otherwise. */
export const blockBytes = 8_192;
const magic = 0xd3ae_1f0d;
const headWords = 3;

/** What `INCREMENTAL.<name>` says before its blocks. */
export interface IncrementalHeader {
  /** Which blocks follow, in this order. */
  blocks: Uint32Array;
  /** The file's length in blocks may have shrunk to this; longer if a later block was written. */
  truncationBlocks: number;
  /** Where the first block begins: the header is padded to whole blocks if any follow. */
  dataOffset: number;
}

const damaged = (why: string) => new RangeError(`an incremental file is damaged: ${why}`);

/** Bytes of the header that counts `count` blocks, padding included. */
export function headerBytes(count: number): number {
  const bytes = (headWords + count) * 4;
  return count === 0 ? bytes : Math.ceil(bytes / blockBytes) * blockBytes;
}

/**
 * Reads the header of a file of an incremental backup (PostgreSQL 17+, `basebackup_incremental.c`):
 * little-endian u32 magic, number of blocks, truncation length, the blocks' numbers, padding.
 * @param head at least the first block of the file, or all of a smaller one; more where the header
 * says so
 * @throws RangeError when it is none, or `head` is shorter than the header
 */
export function readIncrementalHeader(head: Buffer): IncrementalHeader {
  if (head.length < headWords * 4) throw damaged('too short');
  if (head.readUInt32LE(0) !== magic) throw damaged('wrong magic number');
  const count = head.readUInt32LE(4);
  if (count > 0x2_0000) throw damaged(`${count} blocks in one segment`);
  if (head.length < (headWords + count) * 4) throw damaged('header cut off');
  const blocks = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    blocks[index] = head.readUInt32LE((headWords + index) * 4);
  }
  return { blocks, truncationBlocks: head.readUInt32LE(8), dataOffset: headerBytes(count) };
}
