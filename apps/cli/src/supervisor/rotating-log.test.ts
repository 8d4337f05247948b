import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRotatingLog } from './rotating-log.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wedsync-log-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('never holds more than two files of the given size, and goes on where it left off', async () => {
  const file = join(dir, 'x.log');
  const first = openRotatingLog(file, 100);
  first.write(`${'a'.repeat(59)}\n`);
  first.close();
  const log = openRotatingLog(file, 100);
  for (const letter of ['b', 'c', 'd']) log.write(`${letter.repeat(59)}\n`);
  log.close();
  expect(await readFile(file, 'utf8')).toBe(`${'d'.repeat(59)}\n`);
  expect(await readFile(`${file}.1`, 'utf8')).toBe(`${'c'.repeat(59)}\n`);
  expect((await stat(file)).mode & 0o077).toBe(0);
});
