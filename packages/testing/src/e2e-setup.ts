import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Vitest's global set-up of the browser tests: the frontends are built when they have changed. */
export async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, ['apps/cli/src/main.ts', 'build'], { cwd: root });
}
