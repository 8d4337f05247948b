import { useEffect } from 'react';
import { trpcClient } from '../../lib/trpc.ts';
import type { PlanStore, SeatingState } from './plan-store.ts';

/** Others forget a person after 25 s of silence. */
const repeatMs = 10_000;
/** A selection that changes quickly is told once. */
const settleMs = 150;
const guestsMax = 50;

const presenceOf = ({ weddingId, eventId, selection, index }: SeatingState) => {
  const guestIds = [...selection.guestIds].slice(0, guestsMax);
  const [first] = guestIds;
  const seated = first ? index.assignments.get(first)?.tableId : undefined;
  const [tableId = seated ?? null] = [...selection.tableIds];
  return { weddingId, eventId, tableId, guestIds };
};

/** Tells others what this person has selected, while the page is in view. */
export function useShowPresence(store: PlanStore): void {
  useEffect(() => {
    let told: SeatingState['selection'] | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      if (document.visibilityState === 'hidden') return;
      const state = store.state();
      told = state.selection;
      // Nobody misses a presence that was lost: the next one follows.
      void trpcClient.seating.showPresence.mutate(presenceOf(state)).catch(() => undefined);
    };
    const settle = () => {
      if (store.state().selection === told) return;
      clearTimeout(timer);
      timer = setTimeout(tell, settleMs);
    };
    tell();
    const repeat = setInterval(tell, repeatMs);
    const leave = store.subscribe(settle);
    document.addEventListener('visibilitychange', tell);
    return () => {
      clearInterval(repeat);
      clearTimeout(timer);
      leave();
      document.removeEventListener('visibilitychange', tell);
    };
  }, [store]);
}
