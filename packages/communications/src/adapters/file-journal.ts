import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeliveryId, newUuid } from '@wedsync/contracts/ids';
import type { JournalMark, JournalReading, SendJournal } from '../ports.ts';

const forgetAboveBytes = 256 * 1024;
const marks: Readonly<Record<string, JournalMark>> = {
  '>': 'started',
  '+': 'accepted',
  '-': 'refused',
};

/** Reads journal text; the last line may be half-written and is then not there. */
export function parseJournal(text: string): JournalReading {
  const reading = new Map<DeliveryId, { epoch: number; mark: JournalMark }>();
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  for (const line of whole.split('\n')) {
    const [sign = '', epochText = '', idText = ''] = line.split(' ');
    const mark = marks[sign];
    const id = DeliveryId.safeParse(idText);
    const epoch = Number(epochText);
    if (mark && id.success && Number.isSafeInteger(epoch)) reading.set(id.data, { epoch, mark });
  }
  return reading;
}

/**
 * Opens the journal of this process: one append-only file in `dir`, named by a new owner id. A
 * record is one write, which the kernel keeps when the process is killed; it is not forced to disk,
 * so the loss of the whole machine may lose the newest records. `dir` must outlive the process.
 */
export function openFileJournal(dir: string): SendJournal {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const owner = newUuid();
  const fileOf = (name: string) => join(dir, `${name}.journal`);
  const file = openSync(fileOf(owner), 'a', 0o600);
  let bytes = 0;
  let open = 0;
  const append = (line: string) => {
    bytes += writeSync(file, line);
  };
  const emptyWhenIdle = () => {
    if (open > 0 || bytes < forgetAboveBytes) return;
    ftruncateSync(file);
    bytes = 0;
  };
  return {
    owner,
    begin(epoch) {
      open++;
      return {
        start: (id) => append(`> ${epoch} ${id}\n`),
        finish: (id, mark) => append(`${mark === 'accepted' ? '+' : '-'} ${epoch} ${id}\n`),
        end() {
          open--;
          emptyWhenIdle();
        },
      };
    },
    async read(name) {
      const text = await readFile(fileOf(name), 'utf8').catch(() => undefined);
      return text === undefined ? undefined : parseJournal(text);
    },
    close() {
      closeSync(file);
      if (open === 0) rmSync(fileOf(owner), { force: true });
    },
  };
}
