import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMasterKey } from '@wedsync/platform/encryption/master-key';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DamagedObject } from '../../model/sealed-chunks.ts';
import { addBackupKey, openBackupKeys, rewrapBackupKeys } from './backup-keys.ts';
import { createFileStore } from './file-store.ts';
import { ObjectMissing, type ObjectStore } from './object-store.ts';
import { SealedObjects } from './sealed-objects.ts';

let root: string;
let store: ObjectStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wedsync-repository-'));
  store = createFileStore(root);
});
afterEach(() => rm(root, { recursive: true }));

const newMaster = () => readMasterKey(randomBytes(32).toString('base64'));
const master = newMaster();
const openObjects = async () => new SealedObjects(store, await openBackupKeys(store, [master]));
async function* pieces(...all: Buffer[]) {
  yield* all;
}
/** Three chunks and a bit; the middle does not compress. */
const content = Buffer.concat([
  Buffer.alloc(1_500_000, 'wedding'),
  randomBytes(1_000_000),
  Buffer.alloc(700_001, 1),
]);

describe('an object of a repository', () => {
  it('comes back whole, and any part of it without the rest', async () => {
    await (await openObjects()).write('7/wal/x', pieces(...[content]));
    const objects = await openObjects();
    expect((await objects.readAll('7/wal/x')).equals(content)).toBe(true);
    const object = await objects.open('7/wal/x');
    expect(object.plainBytes).toBe(content.length);
    for (const [from, length] of [
      [0, 10],
      [1_048_570, 20],
      [2_000_000, 1_200_000],
      [3_200_000, 9],
    ]) {
      const part = await object.read(from ?? 0, length ?? 0);
      expect(part.equals(content.subarray(from, (from ?? 0) + (length ?? 0)))).toBe(true);
    }
    expect(await store.size('7/wal/x')).toBeLessThan(1_100_000);
  });

  it('may be empty', async () => {
    const objects = await openObjects();
    await objects.write('empty', pieces());
    expect((await objects.readAll('empty')).length).toBe(0);
  });

  it('is found damaged wherever a bit of it flips or its end is missing', async () => {
    const objects = await openObjects();
    await objects.write('a', pieces(content));
    const size = await store.size('a');
    const whole = await store.read('a', 0, size);
    const places = [0, 4, 30, 90, 200, size >> 1, size - 60, size - 11, size - 1];
    for (const at of places) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      await store.write('a', pieces(bytes));
      await expect(objects.readAll('a'), `byte ${at} of ${size}`).rejects.toThrow();
    }
    for (const end of [size - 1, size >> 1, 90, 3]) {
      await store.write('a', pieces(whole.subarray(0, end)));
      await expect(objects.readAll('a'), `cut at ${end}`).rejects.toBeInstanceOf(DamagedObject);
    }
  });

  it('opens under its own name only, and with its own key only', async () => {
    const objects = await openObjects();
    await objects.write('a', pieces(content));
    await store.write('b', pieces(await store.read('a', 0, await store.size('a'))));
    await expect(objects.readAll('b')).rejects.toBeInstanceOf(DamagedObject);
    await expect(openBackupKeys(store, [newMaster()])).rejects.toMatchObject({
      code: 'backup.master-key',
    });
    await expect(objects.readAll('c')).rejects.toBeInstanceOf(ObjectMissing);
  });

  it('leaves nothing behind when its writing is interrupted', async () => {
    const objects = await openObjects();
    async function* broken() {
      yield content;
      throw new Error('the line went down');
    }
    await expect(objects.write('a', broken())).rejects.toThrow(/line went down/);
    expect(await store.list('')).toEqual([expect.stringMatching(/^keys\//)]);
    expect((await readdir(root)).sort()).toEqual(['keys']);
  });

  it('stays readable when the key is replaced, and when the master key is', async () => {
    await (await openObjects()).write('old', pieces(content));
    const id = await addBackupKey(store, master);
    const keys = await openBackupKeys(store, [master]);
    expect(keys.active.id).toBe(id);
    const next = newMaster();
    await rewrapBackupKeys(store, [next, master]);
    const objects = new SealedObjects(store, await openBackupKeys(store, [next]));
    expect((await objects.readAll('old')).equals(content)).toBe(true);
    await expect(openBackupKeys(store, [master])).rejects.toMatchObject({
      code: 'backup.master-key',
    });
  });
});
