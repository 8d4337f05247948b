import { Checkbox } from '@wedsync/ui/checkbox';
import { Lock, Plus, UserX } from 'lucide-react';
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
  canEdit: boolean;
}

/** "Table 4, seat 3, Ann Lee, vegan, locked". */
export function spokenSeat({ table }: TableView, { seat, guest, assignment }: SeatView): string {
  const who = guest ? spokenGuest(guest) : assignment ? 'taken' : 'free';
  const lock = assignment?.isLocked ? ', locked' : '';
  return `${tableTitle(table)}, seat ${seat.number}, ${who}${lock}`;
}

const rowStyle = [
  'flex min-h-12 cursor-pointer items-center gap-3 px-4 outline-none sm:px-5',
  'data-hovered:bg-hover data-pressed:bg-hover data-selected:bg-accent-soft',
  'data-focus-visible:outline-2 data-focus-visible:outline-focus',
  'data-focus-visible:-outline-offset-2 data-is-over:bg-accent-soft',
].join(' ');

/** A chair as a line: its number, who sits there, and what matters about them. */
export function SeatItem({ view, seat, isSelecting, canEdit }: SeatItemProps) {
  const { guest, assignment } = seat;
  const store = usePlanStore();
  const target = { tableId: view.table.id, seatNumber: seat.seat.number };
  return (
    <GridListItem
      id={seat.seat.id}
      textValue={spokenSeat(view, seat)}
      {...dropZone(target)}
      className={rowStyle}
    >
      {isSelecting && guest ? <Checkbox slot="selection" /> : null}
      <span className="tabular w-5 shrink-0 text-right text-ink-soft text-sm">
        {seat.seat.number}
      </span>
      {guest ? (
        <span
          className="flex min-w-0 flex-1 select-none flex-col py-1"
          onPointerDown={({ nativeEvent }) =>
            dragGuests(store, nativeEvent, { guestIds: [guest.id] })
          }
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
            <GuestNotes guest={guest} />
          )}
        </span>
      ) : (
        <span className="flex flex-1 items-center gap-2 text-ink-soft">
          {assignment ? 'Taken' : 'Free'}
          {assignment || !canEdit ? null : <Plus aria-hidden="true" className="ml-auto size-4" />}
        </span>
      )}
      {assignment?.isLocked ? (
        <Lock aria-hidden="true" className="size-4 shrink-0 text-ink-soft" />
      ) : null}
    </GridListItem>
  );
}
