import { blockBytes } from './incremental-file.ts';

/** One backup's version of a file, newest first: the blocks that changed, or all of it. */
export type FileVersion =
  | { kind: 'full'; bytes: number }
  | { kind: 'incremental'; blocks: Uint32Array; truncationBlocks: number; dataOffset: number };

/** Where a block is to be taken from. */
export interface BlockSource {
  /** Index into the versions. */
  version: number;
  /** Of the block in that version's file. */
  offset: number;
}

/**
 * Which version each block of a file comes from; undefined: a block of zeros. The rules are those of
 * `pg_combinebackup` (PostgreSQL 17): a newer block hides older ones, and what an earlier backup
 * holds behind the point to which the file was truncated since does not come back.
 * @param versions newest first; the last one is full
 * @throws RangeError where no full version ends the chain
 */
export function planBlocks(versions: readonly FileVersion[]): (BlockSource | undefined)[] {
  const [newest, ...older] = versions;
  if (newest?.kind !== 'incremental') throw new RangeError('the newest version is not incremental');
  const { truncationBlocks } = newest;
  const count = newest.blocks.reduce((most, block) => Math.max(most, block + 1), truncationBlocks);
  const plan: (BlockSource | undefined)[] = new Array(count).fill(undefined);
  const offer = (block: number, source: BlockSource, limit: number) => {
    if (block < limit) plan[block] ??= source;
  };
  const offerBlocks = (
    version: number,
    file: FileVersion & { kind: 'incremental' },
    limit: number,
  ) =>
    file.blocks.forEach((block, index) => {
      offer(block, { version, offset: file.dataOffset + index * blockBytes }, limit);
    });
  offerBlocks(0, newest, count);
  for (const [index, file] of older.entries()) {
    const version = index + 1;
    if (file.kind === 'incremental') {
      offerBlocks(version, file, truncationBlocks);
      continue;
    }
    for (let block = 0; block < Math.floor(file.bytes / blockBytes); block++) {
      offer(block, { version, offset: block * blockBytes }, truncationBlocks);
    }
    return plan;
  }
  throw new RangeError('no full version of the file ends the chain');
}
