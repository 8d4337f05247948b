import type { GuestId } from '@wedsync/contracts/ids';
import { plural } from '../../../lib/format.ts';
import { guestName } from '../../guests/words.ts';
import type { PlanStore } from '../plan-store.ts';
import { type GuestDrag, watchGuestDrag } from './drag-controller.ts';

type Press = Pick<
  PointerEvent,
  'pointerId' | 'pointerType' | 'clientX' | 'clientY' | 'button' | 'altKey'
>;

/** Who goes along with `guestId`: the selection it belongs to, with Alt the household. */
function companyOf(store: PlanStore, guestId: GuestId, isHousehold: boolean): GuestId[] {
  const { index, selection } = store.state();
  const guest = index.guests.get(guestId);
  if (isHousehold && guest) {
    return (index.households.get(guest.householdId) ?? [])
      .filter(({ answer, id }) => answer !== 'no' || index.assignments.has(id))
      .map(({ id }) => id);
  }
  return selection.guestIds.has(guestId) ? [...selection.guestIds] : [guestId];
}

/**
 * Drags guests from wherever they were pressed: a seat of the floor plan, a line of the queue.
 * @param guestIds one guest (whose selection comes along, with Alt the household), or several
 * @returns ends the watch
 */
export function dragGuests(
  store: PlanStore,
  press: Press,
  {
    guestIds,
    ...listeners
  }: { guestIds: readonly GuestId[] } & Pick<GuestDrag, 'onBegin' | 'onTap'>,
): () => void {
  const [first] = guestIds;
  const { canEdit, index } = store.state();
  if (!first || !canEdit) return () => {};
  const chosen = guestIds.length > 1 ? [...guestIds] : companyOf(store, first, press.altKey);
  const guest = index.guests.get(first);
  return watchGuestDrag(press, {
    guestIds: chosen,
    label:
      chosen.length === 1 ? (guest ? guestName(guest) : '1 guest') : plural(chosen.length, 'guest'),
    onDrop(drop) {
      if (drop.kind === 'place') void store.actions.place(chosen, drop.target);
      else void store.actions.unseat(chosen.filter((id) => index.assignments.has(id)));
    },
    ...listeners,
  });
}
