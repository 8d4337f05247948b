import { useMemo } from 'react';
import { GridList } from 'react-aria-components';
import type { SeatView, TableView } from '../plan-model.ts';
import { useSeating } from '../plan-store.ts';
import { tableTitle } from './guest-lines.ts';
import { SeatItem } from './seat-item.tsx';

interface TableSeatsProps {
  view: TableView;
  isSelecting: boolean;
  onOpen: (view: TableView, seat: SeatView) => void;
}

/** The chairs of one table: one stop of the Tab key, arrows inside, Enter opens what can be done. */
export function TableSeats({ view, isSelecting, onOpen }: TableSeatsProps) {
  const { selection, actions, canEdit } = useSeating();
  const { seats } = view;
  const own = useMemo(
    () => new Set(seats.flatMap(({ assignment }) => assignment?.guestId ?? [])),
    [seats],
  );
  const taken = seats.filter(({ assignment }) => assignment);
  const free = seats.filter(({ assignment }) => !assignment);
  const marked = seats.filter(({ guest }) => guest && selection.guestIds.has(guest.id));
  const select = (keys: ReadonlySet<unknown> | 'all') => {
    const others = [...selection.guestIds].filter((id) => !own.has(id));
    const chosen = seats.filter(({ seat }) => keys === 'all' || keys.has(seat.id));
    actions.select({ guestIds: [...others, ...chosen.flatMap(({ guest }) => guest?.id ?? [])] });
  };
  return (
    <GridList
      aria-label={`Seats of ${tableTitle(view.table)}`}
      selectionMode={isSelecting ? 'multiple' : 'none'}
      selectedKeys={isSelecting ? marked.map(({ seat }) => seat.id) : []}
      disabledKeys={
        isSelecting ? seats.filter(({ guest }) => !guest).map(({ seat }) => seat.id) : []
      }
      disabledBehavior="selection"
      onSelectionChange={select}
      onAction={(key) => {
        const seat = seats.find((candidate) => candidate.seat.id === key);
        if (seat && (seat.guest || canEdit)) onOpen(view, seat);
      }}
      className="flex flex-wrap gap-x-2 px-4 outline-offset-2 sm:px-5"
    >
      {/* Free chairs after the people: ten lines that say "free" would hide who sits here. */}
      {[...taken, ...free].map((seat) => (
        <SeatItem key={seat.seat.id} {...{ view, seat, isSelecting }} />
      ))}
    </GridList>
  );
}
