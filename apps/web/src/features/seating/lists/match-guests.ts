import type { FoundGuest, SeatingGuest } from '@wedsync/contracts/seating';
import type { PlanIndex } from '../plan-model.ts';
import { isNamed } from './queue-groups.ts';

/**
 * Guests of the plan by what was typed: those whose names begin so at once, then whom the server
 * found besides.
 */
export function matchGuests(
  index: PlanIndex,
  text: string,
  { found, limit }: { found: readonly FoundGuest[]; limit: number },
): SeatingGuest[] {
  const matches = new Map<string, SeatingGuest>();
  for (const guest of index.guests.values()) {
    if (matches.size === limit) break;
    if (isNamed(guest, text)) matches.set(guest.id, guest);
  }
  for (const { guestId } of found) {
    const guest = index.guests.get(guestId);
    if (guest && matches.size < limit) matches.set(guest.id, guest);
  }
  return [...matches.values()];
}
