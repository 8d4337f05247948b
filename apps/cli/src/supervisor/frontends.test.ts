import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourceHash } from './frontends.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wedsync-src-'));
  for (const folder of ['apps/web/src', 'apps/web/dist', 'packages/ui/src', 'packages/contracts']) {
    await mkdir(join(root, folder), { recursive: true });
  }
  await writeFile(join(root, 'pnpm-lock.yaml'), 'lock');
  await writeFile(join(root, 'apps/web/src/main.tsx'), 'a');
});
afterEach(() => rm(root, { recursive: true }));

it.each([
  ['its own sources', 'apps/web/src/main.tsx', true],
  ['a new file', 'apps/web/src/new.tsx', true],
  ['the component kit', 'packages/ui/src/button.tsx', true],
  ['the lockfile', 'pnpm-lock.yaml', true],
  ['its own output', 'apps/web/dist/index.html', false],
  ['a test', 'apps/web/src/main.test.tsx', false],
])('a frontend’s hash after a change of %s (%s) differs: %s', async (_, file, differs) => {
  const before = await sourceHash('web', root);
  await writeFile(join(root, file), 'changed');
  expect((await sourceHash('web', root)) !== before).toBe(differs);
});
