import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BackupRecord, backupLabel, chainOf, expiredBackups } from './backup-record.ts';
import { type FileVersion, planBlocks } from './block-sources.ts';
import { blockBytes, headerBytes, readIncrementalHeader } from './incremental-file.ts';
import { formatLsn, parseLsn, parseSegmentName, segmentName, segmentStart } from './lsn.ts';

describe('a place in the log', () => {
  it('is written and read as PostgreSQL does', () => {
    expect(formatLsn(parseLsn('16/B374D848'))).toBe('16/B374D848');
    expect(segmentName(1, parseLsn('0/9000028'))).toBe('000000010000000000000009');
    expect(segmentName(2, parseLsn('1/FF000000'))).toBe('0000000200000001000000FF');
    expect(() => parseLsn('16-B3')).toThrow(/not a place/);
  });

  it('lies in the segment that its name says, whatever the size of segments', () => {
    const lsn = fc.bigInt({ min: 0n, max: (1n << 63n) - 1n });
    const size = fc.constantFrom(1, 16, 64, 1_024).map((mebibytes) => mebibytes * 1_048_576);
    fc.assert(
      fc.property(lsn, size, fc.integer({ min: 1, max: 99 }), (at, bytes, timeline) => {
        const parsed = parseSegmentName(segmentName(timeline, at, bytes), bytes);
        expect(parsed).toEqual({ timeline, start: segmentStart(at, bytes) });
      }),
    );
  });
});

describe('an incremental file', () => {
  it('says which blocks follow and where they begin', () => {
    const bytes = Buffer.alloc(headerBytes(2) + 2 * blockBytes);
    for (const [index, word] of [0xd3ae1f0d, 2, 9, 4, 7].entries()) {
      bytes.writeUInt32LE(word, index * 4);
    }
    expect(readIncrementalHeader(bytes)).toEqual({
      blocks: Uint32Array.of(4, 7),
      truncationBlocks: 9,
      dataOffset: blockBytes,
    });
    expect(() => readIncrementalHeader(Buffer.alloc(20))).toThrow(/magic/);
    expect(() => readIncrementalHeader(bytes.subarray(0, 16))).toThrow(/cut off/);
  });
});

/** Applies the same changes to a plain list of blocks, to compare with. */
interface Change {
  truncateTo: number;
  written: number[];
}

describe('the blocks of a rebuilt file', () => {
  it('are those of the file as it was when the newest backup was taken', () => {
    const change = fc.record({
      truncateTo: fc.nat(12),
      written: fc.uniqueArray(fc.nat(14), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(
        fc.nat(12),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (start, changes) => {
          const { file, versions } = simulate(start, changes);
          const plan = planBlocks(versions);
          const rebuilt = plan.map((source) => {
            if (!source) return 'zeros';
            const version = versions[source.version];
            const block =
              version?.kind === 'incremental'
                ? version.blocks[(source.offset - version.dataOffset) / blockBytes]
                : source.offset / blockBytes;
            return `${block}@${versions.length - 1 - source.version}`;
          });
          expect(rebuilt).toEqual(file);
        },
      ),
    );
  });
});

/** A file that is truncated and written to between backups; a block is told by number and age. */
function simulate(start: number, changes: readonly Change[]) {
  let file = Array.from({ length: start }, (_, block) => `${block}@0`);
  const versions: FileVersion[] = [{ kind: 'full', bytes: start * blockBytes }];
  for (const [index, { truncateTo, written }] of changes.entries()) {
    const age = index + 1;
    const truncationBlocks = Math.min(file.length, truncateTo);
    file = file.slice(0, truncationBlocks);
    // A relation grows without holes: what lies between is written too.
    const end = written.reduce((most, block) => Math.max(most, block + 1), file.length);
    const grown = Array.from({ length: end - file.length }, (_, offset) => file.length + offset);
    const blocks = [...new Set([...written, ...grown])].sort((a, b) => a - b);
    for (const block of blocks) file[block] = `${block}@${age}`;
    versions.unshift({
      kind: 'incremental',
      blocks: Uint32Array.from(blocks),
      truncationBlocks,
      dataOffset: headerBytes(blocks.length),
    });
  }
  return { file, versions };
}

const record = (label: string, parent: string | null, endedAt: string): BackupRecord => ({
  v: 1,
  label,
  kind: parent ? 'incremental' : 'full',
  parent,
  systemId: '1',
  serverVersion: '18.4',
  timeline: 1,
  start: 0n,
  end: 0n,
  startedAt: endedAt,
  endedAt,
  archiveBytes: 0,
  storedBytes: 0,
});

it('two backups of one second have names of their own', () => {
  const names = [1, 2].map((ms) => backupLabel(new Date(ms), 'full'));
  expect(names).toEqual(['19700101T000000001Z-full', '19700101T000000002Z-full']);
});

describe('backups that may go', () => {
  const all = [
    record('a', null, '2026-01-01T00:00:00Z'),
    record('b', 'a', '2026-01-02T00:00:00Z'),
    record('c', null, '2026-01-03T00:00:00Z'),
    record('d', 'c', '2026-01-04T00:00:00Z'),
  ];

  it('are none on which one that stays builds, or from which a kept moment is recovered', () => {
    const expired = (at: string) => expiredBackups(all, new Date(at)).map(({ label }) => label);
    expect(expired('2026-01-02T12:00:00Z')).toEqual([]);
    expect(expired('2026-01-03T12:00:00Z')).toEqual(['a', 'b']);
    expect(expired('2026-02-01T00:00:00Z')).toEqual(['a', 'b']);
  });

  it('are told with the chain that is needed to restore one', () => {
    expect(chainOf(all, 'd').map(({ label }) => label)).toEqual(['d', 'c']);
    expect(() => chainOf(all.slice(1, 2), 'b')).toThrow(/on which b builds, is missing/);
    const loop = [record('x', 'y', ''), record('y', 'x', '')];
    expect(() => chainOf(loop, 'x')).toThrow(/builds on itself/);
  });
});
