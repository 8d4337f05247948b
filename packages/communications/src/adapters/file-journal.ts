import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeliveryId, newUuid } from '@wedsync/contracts/ids';
import { machineBoot } from '@wedsync/platform/machine-boot';
import type { JournalMark, JournalReading, SendJournal } from '../ports.ts';

/** Journals of processes that died so long ago that the ledger has settled all they held. */
const forgetAfterMs = 30 * 24 * 3_600_000;
const marks: Readonly<Record<string, JournalMark>> = {
  '>': 'started',
  '+': 'accepted',
  '-': 'refused',
};

/** Reads journal text; the last line may be half-written and is then not there. */
export function parseJournal(text: string): JournalReading['marks'] {
  const reading = new Map<DeliveryId, JournalMark>();
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  for (const line of whole.split('\n')) {
    const mark = marks[line.charAt(0)];
    const id = DeliveryId.safeParse(line.slice(1));
    if (mark && id.success) reading.set(id.data, mark);
  }
  return reading;
}

function forgetOld(dir: string): void {
  const before = Date.now() - forgetAfterMs;
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    if (!/\.(journal|owner)$/.test(name)) continue;
    // Another process of the same folder may be tidying up as well.
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? before) < before) {
      rmSync(path, { force: true });
    }
  }
}

/** Written once and forced to disk, so that it is there after whatever happens. */
function writeDurably(dir: string, path: string, text: string): void {
  const file = openSync(path, 'w', 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  const folder = openSync(dir, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/**
 * Opens the journal of this process: one small append-only file in `dir` for each batch under way,
 * named by a new owner id and the epoch of the claim, gone once the ledger has every result. A record
 * is one write, which the kernel keeps when the process is killed. It is not forced to disk: where the
 * machine has been started anew since, or the folder has moved to another one, what is read counts as
 * incomplete, and what it cannot prove is put in doubt. `dir` must outlive the process.
 * @param boot names this run of this machine; see docs/adr/0010-what-a-lost-machine-can-lose.md
 */
export function openFileJournal(dir: string, boot: string = machineBoot()): SendJournal {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  forgetOld(dir);
  const owner = newUuid();
  // Says that the journals of this owner are kept here, and since which start of the machine.
  const ownerFile = (name: string) => join(dir, `${name}.owner`);
  const fileOf = (name: string, epoch: number) => join(dir, `${name}.${epoch}.journal`);
  writeDurably(dir, ownerFile(owner), boot);
  const open = new Set<number>();
  return {
    owner,
    begin(epoch) {
      const path = fileOf(owner, epoch);
      const file = openSync(path, 'a', 0o600);
      open.add(file);
      return {
        start: (id) => void writeSync(file, `>${id}\n`),
        finish: (id, mark) => void writeSync(file, `${mark === 'accepted' ? '+' : '-'}${id}\n`),
        end() {
          closeSync(file);
          open.delete(file);
          unlinkSync(path);
        },
      };
    },
    async read(name, epoch) {
      const writtenUnder = await readFile(ownerFile(name), 'utf8').catch(() => undefined);
      if (writtenUnder === undefined) return undefined;
      const isComplete = writtenUnder === boot;
      try {
        return { marks: parseJournal(await readFile(fileOf(name, epoch), 'utf8')), isComplete };
      } catch (error) {
        // A file that is there and cannot be read is no proof that nothing was sent.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return undefined;
        return { marks: new Map(), isComplete };
      }
    },
    close() {
      if (open.size === 0) rmSync(ownerFile(owner), { force: true });
      for (const file of open) closeSync(file);
    },
  };
}
