import type { GuestId } from '@wedsync/contracts/ids';
import { Dialog } from '@wedsync/ui/dialog';
import { Switch } from '@wedsync/ui/switch';
import { useMediaQuery } from '@wedsync/ui/use-media-query';
import { useMemo, useState } from 'react';
import { guestName } from '../../guests/words.ts';
import type { TableView } from '../plan-model.ts';
import { useSeating } from '../plan-store.ts';
import { useReadRules } from '../rules/use-rules.ts';
import { namesLine, placeLine, tableLine } from './guest-lines.ts';
import { PickList } from './pick-list.tsx';
import { placeChoices } from './place-choices.ts';
import { PlaceOption, placeWords } from './place-option.tsx';
import { isNamedTable } from './plan-lookups.ts';
import { SeatPicker } from './seat-picker.tsx';

interface PlaceDialogProps {
  guestIds: readonly GuestId[];
  onClose: () => void;
}

/** Where somebody may sit: every table with its room and what speaks for and against it. */
export function PlaceDialog({ guestIds, onClose }: PlaceDialogProps) {
  const { index, actions } = useSeating();
  const rules = useReadRules();
  const [text, setText] = useState('');
  const [isExact, setExact] = useState(false);
  const [table, setTable] = useState<TableView | null>(null);
  const hasKeyboard = useMediaQuery('(pointer: fine)');
  const choices = useMemo(() => placeChoices(guestIds, { index, rules }), [guestIds, index, rules]);
  const guests = guestIds.flatMap((id) => index.guests.get(id) ?? []);
  const [first] = guests;
  const place = first && guests.length === 1 ? (index.assignments.get(first.id) ?? null) : null;
  const now = placeLine(place, place ? index.tables.get(place.tableId)?.table : undefined);
  const shown = choices.filter(({ view }) => isNamedTable(view, text));

  const take = (view: TableView, seatNumber?: number) => {
    void actions.place(guestIds, { tableId: view.table.id, ...(seatNumber && { seatNumber }) });
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={
        table
          ? `Which seat at ${tableLine(table.table)}?`
          : `${now ? 'Move' : 'Place'} ${namesLine(guests.map(guestName))}`
      }
      subtitle={now ? `Now at ${now}` : undefined}
    >
      {table ? (
        <SeatPicker
          view={table}
          guestIds={guestIds}
          onBack={() => setTable(null)}
          onPick={(seatNumber) => take(table, seatNumber)}
        />
      ) : (
        <div className="flex flex-col gap-3">
          <Switch isSelected={isExact} onChange={setExact}>
            Choose the seat too
          </Switch>
          <PickList
            label="Tables"
            searchLabel="Search tables"
            text={text}
            onText={setText}
            hasFocus={hasKeyboard}
            items={shown.map((choice) => ({
              id: choice.view.table.id,
              text: placeWords(choice),
              isDisabled: choice.obstacle !== null && !(isExact && guestIds.length === 1),
              content: <PlaceOption choice={choice} />,
            }))}
            onPick={(id) => {
              const choice = shown.find(({ view }) => view.table.id === id);
              if (!choice) return;
              if (isExact) setTable(choice.view);
              else take(choice.view);
            }}
            empty={
              choices.length === 0
                ? 'There is no table yet. Add one first.'
                : 'No table is called like that.'
            }
          />
        </div>
      )}
    </Dialog>
  );
}
