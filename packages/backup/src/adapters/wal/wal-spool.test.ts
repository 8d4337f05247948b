import { appendFile, mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newBackupKeys } from '../../testing/clusters.ts';
import { WalSpool } from './wal-spool.ts';

const segmentBytes = 1_048_576;
const segment = '000000010000000000000000';
const keys = newBackupKeys();
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wedsync-spool-'));
});
afterEach(() => rm(dir, { recursive: true }));

const openSpool = () => new WalSpool({ dir, keys, segmentBytes });
async function fill(spool: WalSpool, from: number, count: number) {
  for (let index = from; index < from + count; index++) {
    await spool.append(segment, BigInt(index * 100), Buffer.alloc(100, index));
  }
  await spool.sync();
  await spool.close();
}

it('gives back what was kept, over restarts', async () => {
  await fill(openSpool(), 0, 5);
  await fill(openSpool(), 5, 5);
  const [partial] = await openSpool().list();
  expect(partial?.name).toBe(segment);
  expect(partial?.bytes.length).toBe(1_000);
  expect(partial?.bytes[999]).toBe(9);
});

it('forgets a record that was being written when the power went, and nothing before it', async () => {
  await fill(openSpool(), 0, 5);
  const [part = ''] = await readdir(dir);
  const { length } = await readFile(join(dir, part));
  await truncate(join(dir, part), length - 10);
  expect((await openSpool().list())[0]?.bytes.length).toBe(400);
  await appendFile(join(dir, part), Buffer.alloc(64, 7));
  expect((await openSpool().list())[0]?.bytes.length).toBe(400);
});

it('never takes a stretch that does not join on', async () => {
  await fill(openSpool(), 0, 3);
  await fill(openSpool(), 4, 3);
  expect((await openSpool().list())[0]?.bytes.length).toBe(300);
});

it('keeps nothing in plain, and nothing at all once the segment is in the repository', async () => {
  const spool = openSpool();
  await spool.append(segment, 0n, Buffer.from('ana@example.com'.repeat(10)));
  await spool.sync();
  const [part = ''] = await readdir(dir);
  expect((await readFile(join(dir, part))).includes('ana@example.com')).toBe(false);
  await spool.remove(segment);
  expect(await readdir(dir)).toEqual([]);
});
