import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, rename, writeFile } from 'node:fs/promises';

/** Whether `path` is there (and, if asked, may be executed by this process). */
export async function exists(
  path: string,
  how: 'present' | 'execute' = 'present',
): Promise<boolean> {
  try {
    await access(path, how === 'execute' ? constants.X_OK : constants.F_OK);
    return true;
  } catch {
    return false;
  }
}

/** Writes a whole file so that readers see the old content or the new one, never a part. */
export async function writeWhole(path: string, content: string, mode = 0o644): Promise<void> {
  const partial = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(partial, content, { mode });
  await rename(partial, path);
}

/** The `code` of a system error (`ENOENT`, `EADDRINUSE`, …), if it is one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
