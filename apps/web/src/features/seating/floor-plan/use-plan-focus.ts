import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { PlanIndex } from '../plan-model.ts';

/** Whether what a key names is still there. */
function isThere(index: PlanIndex, key: string): boolean {
  const [kind, id = '', number] = key.split(':');
  if (kind === 'fixture') return index.fixtures.has(id);
  const view = index.tableList.find(({ table }) => table.id === id);
  if (!view || kind === 'table') return view !== undefined;
  return view.seats.some(({ seat }) => seat.number === Number(number));
}

/**
 * One stop of the Tab key for the whole plan, which wanders over tables and seats. `focus` moves it
 * and the focus with it; what has gone gives its place to the first table.
 */
export function usePlanFocus(index: PlanIndex, room: RefObject<SVGSVGElement | null>) {
  const [wanted, setWanted] = useState<string | null>(null);
  const isMoving = useRef(false);
  const first = index.tableList[0];
  const focusKey =
    wanted && isThere(index, wanted) ? wanted : first ? `table:${first.table.id}` : null;
  const focus = useCallback((key: string) => {
    isMoving.current = true;
    setWanted(key);
  }, []);
  // Without dependencies: seats appear a moment after their key, when the view has come near.
  useLayoutEffect(() => {
    if (!isMoving.current || !focusKey) return;
    const element = room.current?.querySelector<SVGElement>(`[data-focus-key="${focusKey}"]`);
    if (!element) return;
    isMoving.current = false;
    element.focus({ preventScroll: true });
  });
  return { focusKey, focus, point: setWanted };
}
