import type { SeatingGuest } from '@wedsync/contracts/seating';
import { guestName } from '../../guests/words.ts';
import type { PlanIndex } from '../plan-model.ts';
import { householdLine, placeLine } from './guest-lines.ts';
import type { PickItem } from './pick-list.tsx';

/** A guest to pick, with household and place. */
export function guestItem(guest: SeatingGuest, index: PlanIndex): PickItem {
  const seat = index.assignments.get(guest.id) ?? null;
  const place = placeLine(seat, seat ? index.tables.get(seat.tableId)?.table : undefined);
  const where = place ?? 'without a seat';
  return {
    id: guest.id,
    text: `${guestName(guest)}, ${where}`,
    content: (
      <span className="flex min-w-0 flex-1 flex-col py-1">
        <span className="truncate">{guestName(guest)}</span>
        <span className="truncate text-ink-soft text-sm">
          {householdLine(guest.householdName)}, {where}
        </span>
      </span>
    ),
  };
}
