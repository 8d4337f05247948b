import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { plural } from '@wedsync/ui/format';
import { SearchField } from '@wedsync/ui/search-field';
import { useState } from 'react';
import { useSeating } from '../plan-store.ts';
import { tableLine } from './guest-lines.ts';
import { freeCount } from './plan-lookups.ts';
import { QueueFilters } from './queue-filters.tsx';
import { QueueList } from './queue-list.tsx';
import { useQueue } from './use-queue.ts';

interface SeatHereDialogProps {
  tableId: SeatingTableId;
  /** Given: one guest for exactly this seat. */
  seatNumber?: number | undefined;
  onClose: () => void;
}

function footerWords(count: number, free: number): string {
  if (count === 0) return 'Choose one, or tick several';
  if (count > free) return `${plural(count, 'guest')}, but only ${free} free`;
  return `Seat ${plural(count, 'guest')} here`;
}

/** Who of those without a seat sits down at a table. */
export function SeatHereDialog({ tableId, seatNumber, onClose }: SeatHereDialogProps) {
  const { index, actions } = useSeating();
  const { text, setText, filter, setFilter, groups } = useQueue();
  const [selected, setSelected] = useState<ReadonlySet<GuestId>>(new Set());
  const view = index.tables.get(tableId);
  if (!view) return null;
  const free = freeCount(view);
  const place = (guestIds: readonly GuestId[]) => {
    void actions.place(guestIds, { tableId, ...(seatNumber && { seatNumber }) });
    onClose();
  };
  const at = `${tableLine(view.table)}${seatNumber ? `, seat ${seatNumber}` : ''}`;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Who sits at ${at}?`}
      subtitle={
        seatNumber ? 'A household sits down beside.' : `${free} of ${view.seats.length} free`
      }
      footer={
        <Button
          variant="primary"
          isDisabled={selected.size === 0 || selected.size > free}
          onPress={() => place([...selected])}
        >
          {footerWords(selected.size, free)}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="flex items-center gap-2">
          <SearchField
            label="Search guests without a seat"
            placeholder="Name or family"
            value={text}
            onChange={setText}
            className="flex-1"
          />
          <QueueFilters filter={filter} onChange={setFilter} />
        </div>
        <QueueList
          label="Guests without a seat"
          groups={groups}
          selected={selected}
          onSelect={setSelected}
          onTake={place}
          takeWord="Seat"
          canSelect
          empty={<p className="px-4 py-8 text-center text-ink-soft">Nobody is without a seat.</p>}
          className="h-[48dvh]"
        />
      </div>
    </Dialog>
  );
}
