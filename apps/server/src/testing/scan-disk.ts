import { open, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { TestDatabase } from '@wedsync/db/testing/database';

const chunkBytes = 4 * 1_048_576;

async function* filesIn(dir: string): AsyncGenerator<string> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.isFile()) yield path;
  }
}

/** Which of the needles stand in a file, in any case of their letters; chunks overlap. */
async function needlesIn(path: string, needles: readonly string[]): Promise<string[]> {
  const file = await open(path).catch(() => undefined);
  if (!file) return [];
  const found = new Set<string>();
  const overlap = Math.max(...needles.map((needle) => needle.length));
  try {
    let tail = '';
    const buffer = Buffer.alloc(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes);
      if (bytesRead === 0) break;
      const text = tail + buffer.toString('latin1', 0, bytesRead).toLowerCase();
      for (const needle of needles) if (text.includes(needle.toLowerCase())) found.add(needle);
      tail = text.slice(-overlap);
    }
  } finally {
    await file.close();
  }
  return [...found];
}

/**
 * Looks for text in every file of a folder that was written since `since`.
 * @returns `needle in path`, one line for each
 */
export async function scanFolder(
  dir: string,
  needles: readonly string[],
  since: number,
): Promise<string[]> {
  const lines: string[] = [];
  for await (const path of filesIn(dir)) {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
    if (mtimeMs < since) continue;
    const found = await needlesIn(path, needles);
    lines.push(...found.map((needle) => `${needle} in ${relative(dir, path)}`));
  }
  return lines;
}

/** What the server has in memory is on disk after this; answers where that is. */
export async function flushedDataDirectory(admin: TestDatabase['admin']): Promise<string> {
  await admin`checkpoint`;
  const [row] = await admin<{ dir: string }[]>`select current_setting('data_directory') as dir`;
  return row?.dir ?? '';
}
