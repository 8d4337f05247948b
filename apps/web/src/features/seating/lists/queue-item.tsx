import type { SeatingGuest } from '@wedsync/contracts/seating';
import { Button } from '@wedsync/ui/button';
import { Checkbox } from '@wedsync/ui/checkbox';
import { StatusDot } from '@wedsync/ui/status-dot';
import { House } from 'lucide-react';
import type { PointerEvent as ReactPointerEvent } from 'react';
import { GridListItem } from 'react-aria-components';
import { answerTones, answerWords, guestName } from '../../guests/words.ts';
import { dragGuests } from '../floor-plan/guest-drag.ts';
import { usePlanStore } from '../plan-store.ts';
import { householdLine, spokenGuest } from './guest-lines.ts';
import { GuestNotes } from './guest-notes.tsx';
import type { QueueRow } from './queue-rows.ts';

interface QueueItemProps {
  row: QueueRow;
  canSelect: boolean;
  takeWord: string;
  onTake: (key: string) => void;
}

const rowStyle = [
  'flex h-full cursor-default items-center gap-2.5 border-line border-b px-3 outline-none',
  'data-hovered:bg-hover data-selected:bg-accent-soft data-focus-visible:outline-2',
  'data-focus-visible:outline-focus data-focus-visible:-outline-offset-2',
].join(' ');

/** Begins a drag wherever the guests' words are pressed; pressing without moving stays a press. */
function useDrag(guests: readonly SeatingGuest[]) {
  const store = usePlanStore();
  return ({ nativeEvent }: ReactPointerEvent) =>
    void dragGuests(store, nativeEvent, { guestIds: guests.map(({ id }) => id) });
}

function Household({ row }: { row: Extract<QueueRow, { kind: 'household' }> }) {
  const { name, guests } = row.household;
  const onPointerDown = useDrag(guests);
  return (
    <span
      className="flex h-full min-w-0 flex-1 cursor-grab select-none items-center gap-2"
      onPointerDown={onPointerDown}
    >
      <House aria-hidden="true" className="size-4 shrink-0 text-ink-soft" />
      <span className="truncate font-medium">{householdLine(name)}</span>
      <span className="tabular shrink-0 text-ink-soft text-sm">{guests.length}</span>
    </span>
  );
}

function Person({ row }: { row: Extract<QueueRow, { kind: 'guest' }> }) {
  const { guest, isInGroup } = row;
  const answer = guest.answer ?? 'outstanding';
  const onPointerDown = useDrag([guest]);
  return (
    <span
      className={`flex h-full min-w-0 flex-1 cursor-grab select-none flex-col justify-center ${isInGroup ? 'pl-3' : ''}`}
      onPointerDown={onPointerDown}
    >
      <span className="flex min-w-0 items-baseline gap-2">
        <span className="truncate">{guestName(guest)}</span>
        {answer === 'yes' ? null : (
          <span className="shrink-0 text-ink-soft text-xs">
            <StatusDot tone={answerTones[answer]}>{answerWords[answer]}</StatusDot>
          </span>
        )}
      </span>
      <GuestNotes guest={guest} />
    </span>
  );
}

const spoken = (row: QueueRow) =>
  row.kind === 'household'
    ? `${householdLine(row.household.name)}, ${row.household.guests.length} guests`
    : spokenGuest(row.guest);

/** A line of the queue. */
export function QueueItem({ row, canSelect, takeWord, onTake }: QueueItemProps) {
  const words = spoken(row);
  return (
    <GridListItem id={row.id} textValue={words} className={rowStyle}>
      {canSelect ? <Checkbox slot="selection" /> : null}
      {row.kind === 'household' ? <Household row={row} /> : <Person row={row} />}
      {canSelect ? (
        <Button
          size="sm"
          variant="quiet"
          aria-label={`${takeWord} ${words}…`}
          onPress={() => onTake(row.id)}
        >
          {takeWord}…
        </Button>
      ) : null}
    </GridListItem>
  );
}
