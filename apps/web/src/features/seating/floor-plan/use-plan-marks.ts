import { useMemo } from 'react';
import type { SeatingState } from '../plan-store.ts';

/** What of selection and presence touches one table, as texts: equal texts draw nothing anew. */
export interface TableMarks {
  selectedSeats: ReadonlyMap<string, string>;
  heldSeats: ReadonlyMap<string, string>;
  heldBy: ReadonlyMap<string, string>;
}

/** Sorts the selection and what others look at by table. */
export function usePlanMarks({
  index,
  selection,
  presence,
}: Pick<SeatingState, 'index' | 'selection' | 'presence'>): TableMarks {
  return useMemo(() => {
    const add = (map: Map<string, string>, key: string, text: string) =>
      map.set(key, `${map.get(key) ?? ','}${text},`);
    const selectedSeats = new Map<string, string>();
    for (const guestId of selection.guestIds) {
      const seat = index.assignments.get(guestId);
      if (seat) add(selectedSeats, seat.tableId, String(seat.seatNumber));
    }
    const heldSeats = new Map<string, string>();
    const heldBy = new Map<string, string>();
    for (const { userName, tableId, guestIds } of presence) {
      for (const guestId of guestIds) {
        const seat = index.assignments.get(guestId);
        if (seat)
          add(heldSeats, seat.tableId, `${seat.seatNumber}:${userName.replace(/[,:]/g, ' ')}`);
      }
      if (tableId) {
        const others = heldBy.get(tableId);
        heldBy.set(tableId, others ? `${others}, ${userName}` : userName);
      }
    }
    return { selectedSeats, heldSeats, heldBy };
  }, [index, selection, presence]);
}
