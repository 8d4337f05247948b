import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeliveryId, newId } from '@wedsync/contracts/ids';
import { machineBoot } from '@wedsync/platform/machine-boot';
import { describe, expect, it } from 'vitest';
import { openFileJournal } from './file-journal.ts';

const newDir = () => mkdtempSync(join(tmpdir(), 'wedsync-journal-'));
const [first, second] = [newId(DeliveryId), newId(DeliveryId)];

describe('a journal', () => {
  it('is read whole by another process of the same run of the machine', async () => {
    const dir = newDir();
    const dead = openFileJournal(dir);
    const batch = dead.begin(7);
    batch.start(first);
    batch.finish(first, 'accepted');
    batch.start(second);
    const reading = await openFileJournal(dir).read(dead.owner, 7);
    expect(reading).toEqual({
      marks: new Map([
        [first, 'accepted'],
        [second, 'started'],
      ]),
      isComplete: true,
    });
  });

  it('proves nothing by what is missing once the machine was started anew', async () => {
    const dir = newDir();
    const dead = openFileJournal(dir, 'before the power cut');
    dead.begin(7).start(first);
    const survivor = openFileJournal(dir, 'after it');
    expect(await survivor.read(dead.owner, 7)).toMatchObject({ isComplete: false });
    // The file itself may be among what was lost.
    expect(await survivor.read(dead.owner, 8)).toEqual({ marks: new Map(), isComplete: false });
  });

  it('that was begun nowhere here, or cannot be read, is no journal', async () => {
    const dir = newDir();
    const journal = openFileJournal(dir);
    expect(await journal.read('somebody-else', 1)).toBeUndefined();
    const dead = openFileJournal(dir);
    // A folder in its place: there, and not to be read.
    mkdirSync(join(dir, `${dead.owner}.3.journal`));
    expect(await journal.read(dead.owner, 3)).toBeUndefined();
  });

  it('of zeroes, as a file system leaves them after a power cut, holds no record', async () => {
    const dir = newDir();
    const dead = openFileJournal(dir, 'before');
    writeFileSync(join(dir, `${dead.owner}.4.journal`), Buffer.alloc(4_096));
    const reading = await openFileJournal(dir, 'after').read(dead.owner, 4);
    expect(reading).toEqual({ marks: new Map(), isComplete: false });
  });

  it('leaves nothing behind when it is closed with everything done', () => {
    const dir = newDir();
    const journal = openFileJournal(dir);
    const batch = journal.begin(1);
    batch.start(first);
    batch.end();
    journal.close();
    expect(openFileJournal(dir).owner).not.toBe(journal.owner);
  });
});

it('names the run of this machine, the same for everybody in it', () => {
  expect(machineBoot()).toBe(machineBoot());
  expect(machineBoot().length).toBeGreaterThan(8);
});
