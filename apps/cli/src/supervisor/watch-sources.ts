import { type FSWatcher, watch } from 'node:fs';

const settleMs = 150;

/** Calls `onChange` once after files below one of `folders` have changed and come to rest. */
export function watchSources(
  folders: readonly string[],
  onChange: (file: string) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watchers: FSWatcher[] = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, file) => {
      if (!file || !isSource(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => onChange(file), settleMs);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** Whether a change of this file changes what a running program does. */
export function isSource(file: string): boolean {
  return (
    /\.(ts|sql|json)$/.test(file) && !/\.test\.ts$/.test(file) && !file.includes('node_modules')
  );
}
