import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeliveryId, newUuid } from '@wedsync/contracts/ids';
import type { JournalMark, JournalReading, SendJournal } from '../ports.ts';

/** Journals of processes that died so long ago that the ledger has settled all they held. */
const forgetAfterMs = 30 * 24 * 3_600_000;
const marks: Readonly<Record<string, JournalMark>> = {
  '>': 'started',
  '+': 'accepted',
  '-': 'refused',
};

/** Reads journal text; the last line may be half-written and is then not there. */
export function parseJournal(text: string): JournalReading {
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

/**
 * Opens the journal of this process: one small append-only file in `dir` for each batch under way,
 * named by a new owner id and the epoch of the claim, gone once the ledger has every result. A record
 * is one write, which the kernel keeps when the process is killed; it is not forced to disk, so the
 * loss of the whole machine may lose the newest records. `dir` must outlive the process.
 */
export function openFileJournal(dir: string): SendJournal {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  forgetOld(dir);
  const owner = newUuid();
  // Says that the journals of this owner are kept here: one that is missing was never begun.
  const ownerFile = (name: string) => join(dir, `${name}.owner`);
  const fileOf = (name: string, epoch: number) => join(dir, `${name}.${epoch}.journal`);
  writeFileSync(ownerFile(owner), '', { mode: 0o600 });
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
      const isHere = await access(ownerFile(name)).then(
        () => true,
        () => false,
      );
      if (!isHere) return undefined;
      try {
        return parseJournal(await readFile(fileOf(name, epoch), 'utf8'));
      } catch (error) {
        // A file that is there and cannot be read is no proof that nothing was sent.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return undefined;
        return new Map();
      }
    },
    close() {
      if (open.size === 0) rmSync(ownerFile(owner), { force: true });
      for (const file of open) closeSync(file);
    },
  };
}
