import { useSyncExternalStore } from 'react';

/** Readings are asked for again this often, and only while the page can be seen. */
export const refreshEveryMs = 5_000;

let isPaused = false;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Stops or starts the renewal of every reading (WCAG 2.2.2: what moves by itself can be paused). */
export function setPaused(paused: boolean) {
  isPaused = paused;
  for (const listener of listeners) listener();
}

export function usePaused(): boolean {
  return useSyncExternalStore(subscribe, () => isPaused);
}

/** Query options of a reading that renews itself. */
export function useLive(): { refetchInterval: number | false } {
  return { refetchInterval: usePaused() ? false : refreshEveryMs };
}
