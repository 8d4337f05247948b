import type { SeatingGuest } from '@wedsync/contracts/seating';
import { Dialog } from '@wedsync/ui/dialog';
import { useMediaQuery } from '@wedsync/ui/use-media-query';
import { useState } from 'react';
import { guestName } from '../../guests/words.ts';
import { useSeating } from '../plan-store.ts';
import { placeLine } from './guest-lines.ts';
import { guestItem } from './guest-option.tsx';
import { matchGuests } from './match-guests.ts';
import { PickList } from './pick-list.tsx';
import { useFoundGuests } from './use-queue.ts';

const shownMax = 60;

/** With whom a guest changes places. */
export function SwapDialog({ guest, onClose }: { guest: SeatingGuest; onClose: () => void }) {
  const { index, actions } = useSeating();
  const [text, setText] = useState('');
  const found = useFoundGuests(text);
  const hasKeyboard = useMediaQuery('(pointer: fine)');
  const seat = index.assignments.get(guest.id) ?? null;
  const place = placeLine(seat, seat ? index.tables.get(seat.tableId)?.table : undefined);
  const others = matchGuests(index, text, { found, limit: index.guests.size }).filter((other) => {
    const taken = index.assignments.get(other.id);
    return other.id !== guest.id && taken && !taken.isLocked;
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`${guestName(guest)} changes places with…`}
      subtitle={place ? `Now at ${place}` : undefined}
    >
      <PickList
        label="Seated guests"
        searchLabel="Search seated guests"
        text={text}
        onText={setText}
        hasFocus={hasKeyboard}
        items={others.slice(0, shownMax).map((other) => guestItem(other, index))}
        onPick={(id) => {
          const other = others.find((candidate) => candidate.id === id);
          if (other) void actions.swap(guest.id, other.id);
          onClose();
        }}
        empty="Nobody with a seat matches."
      />
    </Dialog>
  );
}
