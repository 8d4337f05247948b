import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A tracked or new file of the repository, as the rules see it. */
export interface SourceFile {
  /** Relative to the root, with forward slashes. */
  path: string;
  name: string;
  text: string;
  lines: number;
}

export interface Repository {
  root: string;
  files: SourceFile[];
  exists(path: string): boolean;
}

const textFile = /\.(ts|tsx|mjs|sql|md|json|yml|yaml|css|html)$/;

function listFiles(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split('\n').filter((path) => textFile.test(path) && existsSync(join(root, path)));
}

/** Reads the repository that `root` is the top of. */
export function readRepository(root: string): Repository {
  const files = listFiles(root).map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, name: basename(path), text, lines: text.split('\n').length - 1 };
  });
  return { root, files, exists: (path) => existsSync(join(root, path)) };
}
