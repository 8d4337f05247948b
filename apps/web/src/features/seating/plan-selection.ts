import type { GuestId } from '@wedsync/contracts/ids';
import { plural } from '../../lib/format.ts';
import { guestName } from '../guests/words.ts';
import { emptySelection, type PlanCore } from './create-plan-store.ts';
import type { SeatingActions } from './plan-store.ts';

type SelectionVerbs =
  | 'select'
  | 'toggleGuest'
  | 'pickUp'
  | 'letGo'
  | 'arrange'
  | 'showTable'
  | 'announce';

/** What the person points at; nothing of it leaves the browser but presence. */
export function selectionActions(core: PlanCore): Pick<SeatingActions, SelectionVerbs> {
  const nameOf = (guestIds: readonly GuestId[]) => {
    const [first] = guestIds;
    const guest = first && core.state().index.guests.get(first);
    return guestIds.length === 1 && guest ? guestName(guest) : plural(guestIds.length, 'guest');
  };
  return {
    select: (selection = {}) =>
      core.set({
        selection: {
          guestIds: new Set(selection.guestIds),
          tableIds: new Set(selection.tableIds),
          fixtureIds: new Set(selection.fixtureIds),
        },
        isCarrying: false,
      }),
    toggleGuest(guestId) {
      const guestIds = new Set(core.state().selection.guestIds);
      if (!guestIds.delete(guestId)) guestIds.add(guestId);
      core.set({ selection: { ...emptySelection, guestIds }, isCarrying: false });
    },
    pickUp(guestIds) {
      if (guestIds.length === 0) return;
      core.set({
        selection: { ...emptySelection, guestIds: new Set(guestIds) },
        isCarrying: true,
        isArranging: false,
        message: `${nameOf(guestIds)} in hand. Choose a seat or a table.`,
      });
    },
    letGo: () => core.set({ selection: emptySelection, isCarrying: false }),
    arrange: (isArranging) =>
      core.set({
        isArranging,
        selection: emptySelection,
        isCarrying: false,
        message: isArranging
          ? 'Arranging the room. Tables and fixtures can be moved.'
          : 'Seating guests.',
      }),
    showTable: (shownTableId) => core.set({ shownTableId }),
    announce: (message) => core.set({ message }),
  };
}
