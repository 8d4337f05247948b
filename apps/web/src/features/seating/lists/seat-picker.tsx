import type { GuestId } from '@wedsync/contracts/ids';
import { Button } from '@wedsync/ui/button';
import { ChevronLeft } from 'lucide-react';
import { guestName } from '../../guests/words.ts';
import type { SeatView, TableView } from '../plan-model.ts';
import { useSeating } from '../plan-store.ts';

interface SeatPickerProps {
  view: TableView;
  guestIds: readonly GuestId[];
  onBack: () => void;
  onPick: (seatNumber: number) => void;
}

interface Chosen {
  guestIds: readonly GuestId[];
  /** The one guest has a seat already, which whoever sits here would get. */
  hasSeat: boolean;
}

function stateOf({ assignment, guest }: SeatView, { guestIds, hasSeat }: Chosen) {
  if (!assignment) return { words: 'Free', isOpen: true };
  if (guestIds.includes(assignment.guestId)) return { words: 'Sits here', isOpen: true };
  const name = guest ? guestName(guest) : 'Taken';
  if (assignment.isLocked) return { words: `${name}, locked`, isOpen: false };
  // One guest may take somebody's place; several need free chairs.
  const words = hasSeat ? `Change places with ${name}` : `Instead of ${name}`;
  return { words, isOpen: guestIds.length === 1 };
}

/** Every chair of a table; a taken one means changing places. */
export function SeatPicker({ view, guestIds, onBack, onPick }: SeatPickerProps) {
  const { index } = useSeating();
  const [first] = guestIds;
  const hasSeat = first !== undefined && index.assignments.has(first);
  return (
    <div className="flex flex-col gap-3">
      <Button variant="quiet" size="sm" className="self-start" onPress={onBack}>
        <ChevronLeft aria-hidden="true" />
        All tables
      </Button>
      {guestIds.length > 1 ? (
        <p className="text-ink-soft text-sm">The others sit down beside, clockwise.</p>
      ) : null}
      <ul className="m-0 grid list-none grid-cols-1 gap-1.5 p-0 sm:grid-cols-2">
        {view.seats.map((seat) => {
          const { words, isOpen } = stateOf(seat, { guestIds, hasSeat });
          return (
            <li key={seat.seat.id}>
              <Button
                isWide
                isDisabled={!isOpen}
                className="justify-start!"
                onPress={() => onPick(seat.seat.number)}
              >
                <span className="tabular w-14 shrink-0 text-left">Seat {seat.seat.number}</span>
                <span className="truncate font-normal text-ink-soft">{words}</span>
              </Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
