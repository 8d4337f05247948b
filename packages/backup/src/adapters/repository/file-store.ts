import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { ObjectMissing, type ObjectStore } from './object-store.ts';

/** What an interrupted write leaves behind carries this in its name and is no object. */
const unfinished = '.unfinished-';

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

function orMissing(name: string) {
  return (error: unknown): never => {
    throw isMissing(error) ? new ObjectMissing(name) : error;
  };
}

/** A rename is on stable storage once the folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * A repository in a folder, which should be on another disk than the database.
 * @param root is made where it does not exist, open to its owner only
 */
export function createFileStore(root: string): ObjectStore {
  const pathOf = (name: string) => join(root, ...name.split('/'));
  return {
    async write(name, content) {
      const path = pathOf(name);
      const folder = dirname(path);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = `${path}${unfinished}${randomBytes(6).toString('hex')}`;
      try {
        const file = await open(draft, 'wx', 0o600);
        try {
          for await (const bytes of content) await file.write(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(folder);
    },
    size: async (name) => (await stat(pathOf(name)).catch(orMissing(name))).size,
    async read(name, offset, length) {
      const file = await open(pathOf(name), 'r').catch(orMissing(name));
      try {
        const bytes = Buffer.alloc(length);
        const { bytesRead } = await file.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    async list(prefix) {
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(
        (error: unknown) => {
          if (isMissing(error)) return [];
          throw error;
        },
      );
      return entries
        .filter((entry) => entry.isFile() && !entry.name.includes(unfinished))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .filter((name) => name.startsWith(prefix))
        .sort();
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}
