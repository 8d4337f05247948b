import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a browser downloads of JavaScript, gzipped, before a page can be used. */
export interface BundleSize {
  /** Source file of the page; `shell` for the frame alone. */
  name: string;
  bytes: number;
}

interface Chunk {
  file: string;
  src?: string;
  isEntry?: boolean;
  imports?: string[];
}

type Manifest = Record<string, Chunk>;

/** The chunks that must arrive before `key` runs: itself and its static imports, each once. */
function closure(manifest: Manifest, keys: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || seen.has(chunk.file)) return;
    seen.add(chunk.file);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const key of keys) visit(key);
  return seen;
}

/**
 * Reads Vite's manifest of a build and adds up what each page costs.
 * @param dist folder of the build
 * @returns the shell first, then every page, largest first; null when nothing is built
 */
export function bundleSizes(dist: string): BundleSize[] | null {
  const path = join(dist, '.vite', 'manifest.json');
  if (!existsSync(path)) return null;
  const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'));
  const gzipped = new Map<string, number>();
  const sizeOf = (file: string) => {
    const known = gzipped.get(file);
    if (known !== undefined) return known;
    const bytes = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
    gzipped.set(file, bytes);
    return bytes;
  };
  const total = (keys: readonly string[]) =>
    [...closure(manifest, keys)]
      .filter((file) => file.endsWith('.js'))
      .reduce((sum, file) => sum + sizeOf(file), 0);
  const keyOf = (end: string) => Object.keys(manifest).find((key) => key.endsWith(end)) ?? '';
  const shell = [keyOf('index.html'), keyOf('shell/app-shell.tsx')];
  const layout = keyOf('weddings/wedding-layout.tsx');
  const pages = Object.keys(manifest).filter((key) => key.endsWith('-page.tsx'));
  const sizes = pages.map((key) => {
    const isOutside = /features\/account\/(?!account-page)/.test(key);
    const frame = isOutside ? [keyOf('index.html')] : [...shell, layout];
    return { name: key.replace('src/features/', ''), bytes: total([...frame, key]) };
  });
  sizes.sort((a, b) => b.bytes - a.bytes);
  return [{ name: 'shell', bytes: total(shell) }, ...sizes];
}
