import type { GuestId } from '@wedsync/contracts/ids';
import { Button } from '@wedsync/ui/button';
import { useState } from 'react';
import { useSeating } from '../plan-store.ts';
import { PlaceDialog } from './place-dialog.tsx';

/** What can be done with several guests at once; within reach of a thumb. */
export function SelectionBar({ onDone }: { onDone: () => void }) {
  const { selection, index, actions } = useSeating();
  const [placing, setPlacing] = useState<readonly GuestId[] | null>(null);
  const guestIds = [...selection.guestIds];
  const places = guestIds.flatMap((id) => index.assignments.get(id) ?? []);
  const open = places.filter(({ isLocked }) => !isLocked).map(({ guestId }) => guestId);
  const locked = places.filter(({ isLocked }) => isLocked).map(({ guestId }) => guestId);
  return (
    <section
      aria-label="Selected guests"
      className="sticky bottom-18 z-10 flex flex-wrap items-center gap-2 rounded-lg bg-accent-soft px-3.5 py-2.5 shadow-float md:bottom-3"
    >
      <p aria-live="polite" className="mr-auto font-medium text-accent-ink">
        {guestIds.length === 0 ? 'Choose guests' : `${guestIds.length} selected`}
      </p>
      <Button
        size="sm"
        variant="primary"
        isDisabled={guestIds.length === 0 || locked.length > 0}
        onPress={() => setPlacing(guestIds)}
      >
        Move…
      </Button>
      <Button size="sm" isDisabled={open.length === 0} onPress={() => void actions.unseat(open)}>
        Free the seats
      </Button>
      {open.length > 0 || locked.length === 0 ? (
        <Button
          size="sm"
          isDisabled={open.length === 0}
          onPress={() => void actions.lock(open, true)}
        >
          Lock
        </Button>
      ) : (
        <Button size="sm" onPress={() => void actions.lock(locked, false)}>
          Unlock
        </Button>
      )}
      <Button
        size="sm"
        variant="quiet"
        onPress={() => {
          actions.select();
          onDone();
        }}
      >
        Done
      </Button>
      {placing ? <PlaceDialog guestIds={placing} onClose={() => setPlacing(null)} /> : null}
    </section>
  );
}
