import type { SeatingGuest } from '@wedsync/contracts/seating';
import { Checkbox } from '@wedsync/ui/checkbox';
import { Lock, UserX } from 'lucide-react';
import { GridListItem } from 'react-aria-components';
import { guestName } from '../../guests/words.ts';
import { dropZone } from '../floor-plan/drag-controller.ts';
import { dragGuests } from '../floor-plan/guest-drag.ts';
import type { SeatView, TableView } from '../plan-model.ts';
import { usePlanStore } from '../plan-store.ts';
import { spokenGuest, tableTitle } from './guest-lines.ts';
import { GuestNotes } from './guest-notes.tsx';

interface SeatItemProps {
  view: TableView;
  seat: SeatView;
  isSelecting: boolean;
}

/** "Table 4, seat 3, Ann Lee, vegan, locked". */
export function spokenSeat({ table }: TableView, { seat, guest, assignment }: SeatView): string {
  const who = guest ? spokenGuest(guest) : assignment ? 'taken' : 'free';
  const lock = assignment?.isLocked ? ', locked' : '';
  return `${tableTitle(table)}, seat ${seat.number}, ${who}${lock}`;
}

const rowStyle = [
  '-mx-4 flex min-h-12 w-[calc(100%+2rem)] cursor-pointer items-center gap-3 border-line border-b px-4',
  'outline-none last:border-b-0 sm:-mx-5 sm:w-[calc(100%+2.5rem)]',
  'data-hovered:bg-hover data-pressed:bg-hover data-selected:bg-accent-soft sm:px-5',
  'data-focus-visible:outline-2 data-focus-visible:outline-focus',
  'data-focus-visible:-outline-offset-2 data-is-over:bg-accent-soft',
].join(' ');
const freeStyle = [
  'tabular my-1.5 flex size-10 cursor-pointer items-center justify-center rounded-full border',
  'border-line-strong border-dashed text-ink-soft text-sm outline-none data-disabled:cursor-default',
  'data-hovered:bg-hover data-hovered:text-ink data-focus-visible:outline-2',
  'data-focus-visible:outline-focus data-is-over:bg-accent-soft',
].join(' ');

function Person({ guest }: { guest: SeatingGuest }) {
  const store = usePlanStore();
  return (
    <span
      className="flex min-w-0 flex-1 select-none flex-col py-1"
      onPointerDown={({ nativeEvent }) => {
        dragGuests(store, nativeEvent, { guestIds: [guest.id] });
      }}
    >
      <span className={`truncate ${guest.answer === 'no' ? 'line-through' : ''}`}>
        {guestName(guest)}
      </span>
      {guest.answer === 'no' ? (
        <span className="flex items-center gap-1.5 text-critical text-xs">
          <UserX aria-hidden="true" className="size-3.5" />
          Not coming any more
        </span>
      ) : (
        <GuestNotes guest={guest} canWrap />
      )}
    </span>
  );
}

/** A chair: a line with who sits there and what matters about them, or the number of a free one. */
export function SeatItem({ view, seat, isSelecting }: SeatItemProps) {
  const { guest, assignment } = seat;
  const { id, number } = seat.seat;
  const props = {
    id,
    textValue: spokenSeat(view, seat),
    ...dropZone({ tableId: view.table.id, seatNumber: number }),
  };
  if (!assignment) {
    return (
      <GridListItem {...props} className={freeStyle}>
        {number}
      </GridListItem>
    );
  }
  return (
    <GridListItem {...props} className={rowStyle}>
      {isSelecting && guest ? <Checkbox slot="selection" /> : null}
      <span className="tabular w-5 shrink-0 text-right text-ink-soft text-sm">{number}</span>
      {guest ? <Person guest={guest} /> : <span className="flex-1 text-ink-soft">Taken</span>}
      {assignment.isLocked ? (
        <Lock aria-hidden="true" className="size-4 shrink-0 text-ink-soft" />
      ) : null}
    </GridListItem>
  );
}
