import type { GuestId, HouseholdId } from '@wedsync/contracts/ids';
import type { SeatingGuest } from '@wedsync/contracts/seating';
import type { QueueGroup } from './queue-groups.ts';

/** One line of the queue: a household that can be taken as a whole, or a guest. */
export type QueueRow =
  | { id: string; kind: 'household'; household: QueueGroup }
  | { id: string; kind: 'guest'; guest: SeatingGuest; isInGroup: boolean };

const householdKey = (id: HouseholdId) => `household:${id}`;

/** The lines in order; a household of one needs no line of its own. */
export function queueRows(groups: readonly QueueGroup[]): QueueRow[] {
  return groups.flatMap((group): QueueRow[] => {
    const isInGroup = group.guests.length > 1;
    const people = group.guests.map(
      (guest): QueueRow => ({ id: guest.id, kind: 'guest', guest, isInGroup }),
    );
    if (!isInGroup) return people;
    return [{ id: householdKey(group.id), kind: 'household', household: group }, ...people];
  });
}

/** The keys that are marked while `selected` are: a household where all of it is. */
export function markedKeys(
  groups: readonly QueueGroup[],
  selected: ReadonlySet<GuestId>,
): Set<string> {
  const keys = new Set<string>(selected);
  for (const { id, guests } of groups) {
    if (guests.length > 1 && guests.every((guest) => selected.has(guest.id))) {
      keys.add(householdKey(id));
    }
  }
  return keys;
}

/**
 * Who is selected after the marks have become `keys`. A mark of a household that comes or goes
 * takes its guests along; so does `all`.
 */
export function selectedAfter(
  groups: readonly QueueGroup[],
  selected: ReadonlySet<GuestId>,
  keys: ReadonlySet<unknown> | 'all',
): Set<GuestId> {
  const shown = groups.flatMap(({ guests }) => guests.map(({ id }) => id));
  if (keys === 'all') return new Set([...selected, ...shown]);
  const before = markedKeys(groups, selected);
  const next = new Set(selected);
  for (const id of shown) {
    if (keys.has(id)) next.add(id);
    else next.delete(id);
  }
  for (const { id, guests } of groups) {
    const [was, is] = [before.has(householdKey(id)), keys.has(householdKey(id))];
    // A household whose member alone was unmarked keeps the others.
    const isWhole = guests.every((guest) => keys.has(guest.id));
    if (is && !was) for (const guest of guests) next.add(guest.id);
    else if (was && !is && isWhole) for (const guest of guests) next.delete(guest.id);
  }
  return next;
}
