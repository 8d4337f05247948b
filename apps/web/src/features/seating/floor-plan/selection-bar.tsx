import type { GuestId } from '@wedsync/contracts/ids';
import { Button } from '@wedsync/ui/button';
import { IconButton } from '@wedsync/ui/icon-button';
import { Lock, LockOpen, Move, Users, UserX, X } from 'lucide-react';
import { plural } from '../../../lib/format.ts';
import { guestName } from '../../guests/words.ts';
import { useSeating } from '../plan-store.ts';
import { BarLine } from './bar-line.tsx';
import { seatNotes } from './seat-words.ts';
import { ThingActions } from './thing-actions.tsx';

/** Below the plan: what is selected, what can be done with it, and what was last done. */
export function SelectionBar({ onOpen }: { onOpen: (key: string) => void }) {
  const { selection, message, canEdit } = useSeating();
  const isThing = selection.tableIds.size + selection.fixtureIds.size > 0;
  return (
    <div className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-t bg-surface px-3 py-2">
      {selection.guestIds.size > 0 ? (
        <GuestActions guestIds={[...selection.guestIds]} />
      ) : isThing ? (
        <ThingActions onOpen={onOpen} />
      ) : (
        <p className="text-ink-soft text-sm">
          {message ||
            (canEdit
              ? 'Press a guest, then a seat. Or drag.'
              : 'You look at the plan; the hosts seat the guests.')}
        </p>
      )}
    </div>
  );
}

const touchHeight = 'h-11 sm:h-8';

function GuestActions({ guestIds }: { guestIds: GuestId[] }) {
  const { index, isCarrying, canEdit, actions } = useSeating();
  const [first] = guestIds;
  const guest = first ? index.guests.get(first) : undefined;
  if (!guest || !first) return null;
  const seated = guestIds.filter((id) => index.assignments.has(id));
  const areLocked =
    seated.length > 0 && seated.every((id) => index.assignments.get(id)?.isLocked === true);
  const household = (index.households.get(guest.householdId) ?? []).filter(
    ({ answer }) => answer !== 'no',
  );
  const seat = index.assignments.get(first);
  const table = seat ? index.tables.get(seat.tableId)?.table : undefined;
  const where = table && seat ? `Table ${table.label}, seat ${seat.seatNumber}` : 'No seat yet';
  const note = isCarrying
    ? 'In hand: press a seat or a table.'
    : guestIds.length === 1
      ? [where, ...seatNotes(guest)].join(' · ')
      : 'Press a free seat or a table to put them there.';
  const isWholeHousehold = household.every(({ id }) => guestIds.includes(id));
  return (
    <BarLine
      title={guestIds.length === 1 ? guestName(guest) : plural(guestIds.length, 'guest')}
      note={note}
    >
      {canEdit ? (
        <>
          {isCarrying ? null : (
            <Button size="sm" className={touchHeight} onPress={() => actions.pickUp(guestIds)}>
              <Move aria-hidden="true" />
              Move
            </Button>
          )}
          {household.length > 1 && !isWholeHousehold ? (
            <Button
              size="sm"
              className={touchHeight}
              onPress={() => actions.pickUp(household.map(({ id }) => id))}
            >
              <Users aria-hidden="true" />
              Household ({household.length})
            </Button>
          ) : null}
          {seated.length > 0 ? (
            <>
              <Button
                size="sm"
                className={touchHeight}
                onPress={() => void actions.lock(seated, !areLocked)}
              >
                {areLocked ? <LockOpen aria-hidden="true" /> : <Lock aria-hidden="true" />}
                {areLocked ? 'Unlock' : 'Lock'}
              </Button>
              <Button size="sm" className={touchHeight} onPress={() => void actions.unseat(seated)}>
                <UserX aria-hidden="true" />
                Unseat
              </Button>
            </>
          ) : null}
        </>
      ) : null}
      <IconButton label="Let go" className="max-sm:size-11" onPress={() => actions.letGo()}>
        <X aria-hidden="true" />
      </IconButton>
    </BarLine>
  );
}
