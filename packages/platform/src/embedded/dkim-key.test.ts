import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { embeddedDkimKey } from './dkim-key.ts';

it('makes a key once, for its owner alone, and keeps it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'wedsync-key-'));
  const file = join(dir, 'state', 'dkim.pem');
  expect(await embeddedDkimKey(file)).toBe(file);
  const pem = await readFile(file, 'utf8');
  expect(createPrivateKey(pem).asymmetricKeyDetails?.modulusLength).toBe(2_048);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await embeddedDkimKey(file);
  expect(await readFile(file, 'utf8')).toBe(pem);
  await rm(dir, { recursive: true });
});
