import type { SeatingTableId } from '@wedsync/contracts/ids';
import { Dialog } from '@wedsync/ui/dialog';
import { useState } from 'react';
import type { TableView } from '../plan-model.ts';
import { useSeating } from '../plan-store.ts';
import { tableTitle } from './guest-lines.ts';
import { guestItem } from './guest-option.tsx';
import { matchGuests } from './match-guests.ts';
import { type PickItem, PickList } from './pick-list.tsx';
import { PlaceDialog } from './place-dialog.tsx';
import { isNamedTable } from './plan-lookups.ts';
import { useFoundGuests } from './use-queue.ts';

interface FindDialogProps {
  onClose: () => void;
  onTable: (tableId: SeatingTableId) => void;
}

const shownMax = 40;

function tableItem({ table, seats, seatedCount }: TableView): PickItem {
  const words = `${seatedCount} of ${seats.length} seated`;
  return {
    id: table.id,
    text: `${tableTitle(table)}, ${words}`,
    content: (
      <span className="flex min-w-0 flex-1 items-baseline justify-between gap-3">
        <span className="truncate font-medium">{tableTitle(table)}</span>
        <span className="tabular text-ink-soft text-sm">{words}</span>
      </span>
    ),
  };
}

/** Goes to a table, or to where a guest sits; who has no seat can be given one. */
export function FindDialog({ onClose, onTable }: FindDialogProps) {
  const { index } = useSeating();
  const [text, setText] = useState('');
  const [placing, setPlacing] = useState<string | null>(null);
  const found = useFoundGuests(text);
  const tables = index.tableList.filter((view) => isNamedTable(view, text));
  const guests = text.trim() ? matchGuests(index, text, { found, limit: shownMax }) : [];
  const unseated = guests.find(({ id }) => id === placing);

  const pick = (id: string) => {
    const table = tables.find((view) => view.table.id === id);
    const guest = guests.find((candidate) => candidate.id === id);
    const seat = guest && index.assignments.get(guest.id);
    if (guest && !seat) {
      setPlacing(guest.id);
      return;
    }
    onClose();
    const tableId = table?.table.id ?? seat?.tableId;
    if (tableId) onTable(tableId);
  };
  if (unseated) return <PlaceDialog guestIds={[unseated.id]} onClose={onClose} />;
  return (
    <Dialog isOpen onOpenChange={onClose} title="Find a guest or a table">
      <PickList
        label="Guests and tables"
        searchLabel="Name or table"
        text={text}
        onText={setText}
        hasFocus
        items={[...guests.map((guest) => guestItem(guest, index)), ...tables.map(tableItem)]}
        onPick={pick}
        empty="Nobody and nothing is called like that."
      />
    </Dialog>
  );
}
