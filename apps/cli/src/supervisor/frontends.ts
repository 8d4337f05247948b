import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { DomainError } from '@wedsync/contracts/errors';
import { exists, writeWhole } from '@wedsync/platform/embedded/files';
import { childEnv } from '@wedsync/platform/env';
import { checkoutRoot, type Installation } from './installation.ts';

const run = promisify(execFile);

export const frontends = ['web', 'admin'] as const;
export type Frontend = (typeof frontends)[number];

const skipped = new Set(['node_modules', 'dist', '.turbo', 'test-results']);
/** Packages whose source ends up in the bundles; of the API only types are used. */
const bundled = ['packages/ui', 'packages/contracts'];
const buildTimeoutMs = 300_000;

/** A digest of everything a frontend's bundle is made of. */
export async function sourceHash(app: Frontend, root = checkoutRoot): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of [`apps/${app}`, ...bundled]) {
    for (const file of await filesBelow(join(root, folder))) {
      hash.update(`${relative(root, file)}\0`).update(await readFile(file));
    }
  }
  hash.update(await readFile(join(root, 'pnpm-lock.yaml')));
  return hash.digest('hex');
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (skipped.has(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(path)));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

/**
 * Builds a frontend with vite unless its sources are the ones the last build was made of. Returns
 * whether it was built now.
 * @throws DomainError unavailable with vite's complaint
 */
export async function buildFrontend(app: Frontend, installation: Installation): Promise<boolean> {
  const stampFile = installation.buildStamp(app);
  const folder = join(checkoutRoot, 'apps', app);
  const hash = await sourceHash(app);
  const stamp = await readFile(stampFile, 'utf8').catch(() => '');
  if (stamp === hash && (await exists(join(folder, 'dist/index.html')))) return false;
  await run(process.execPath, [viteOf(app), 'build', '--logLevel', 'warn'], {
    cwd: folder,
    env: childEnv({ NODE_ENV: 'production', NO_COLOR: '1' }),
    timeout: buildTimeoutMs,
    maxBuffer: 16 * 1024 * 1024,
  }).catch((error: unknown) => {
    throw new DomainError(
      'unavailable',
      'cli.build_failed',
      `apps/${app} could not be built:\n${complaintOf(error)}`,
    );
  });
  await mkdir(dirname(stampFile), { recursive: true });
  await writeWhole(stampFile, hash);
  return true;
}

/** The script of the vite that `app` depends on. */
export function viteOf(app: Frontend): string {
  const require = createRequire(join(checkoutRoot, 'apps', app, 'package.json'));
  return join(dirname(require.resolve('vite/package.json')), 'bin/vite.js');
}

function complaintOf(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return stripVTControlCharacters(text).trim().split('\n').slice(0, 12).join('\n');
}
