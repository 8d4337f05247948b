import type { GuestId } from '@wedsync/contracts/ids';
import { type RefObject, useRef, useState } from 'react';
import { useSeating } from '../plan-store.ts';
import { RuleDialog } from '../rules/rule-dialog.tsx';
import { WhyDialog } from '../runs/why-dialog.tsx';
import { PlaceDialog } from './place-dialog.tsx';
import { SeatMenu, type SeatTask } from './seat-menu.tsx';
import { SwapDialog } from './swap-dialog.tsx';

interface SeatTasksProps {
  guestId: GuestId;
  anchorRef: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** The menu of a seated guest, and what its choices open. */
export function SeatTasks({ guestId, anchorRef, onClose }: SeatTasksProps) {
  const { index } = useSeating();
  const [task, setTask] = useState<SeatTask | null>(null);
  const isChosen = useRef(false);
  const choose = (chosen: SeatTask) => {
    isChosen.current = true;
    setTask(chosen);
  };
  const guest = index.guests.get(guestId);
  const assignment = index.assignments.get(guestId);
  if (!guest) return null;
  switch (task) {
    case 'move':
      return <PlaceDialog guestIds={[guestId]} onClose={onClose} />;
    case 'swap':
      return <SwapDialog guest={guest} onClose={onClose} />;
    case 'why':
      return <WhyDialog guestId={guestId} onClose={onClose} />;
    case 'rule':
      return (
        <RuleDialog rule={null} start={{ one: { kind: 'guest', id: guestId } }} onClose={onClose} />
      );
    default:
      return assignment ? (
        <SeatMenu
          {...{ guest, assignment, anchorRef }}
          onTask={choose}
          // A chosen task closes the menu too: what it opens stays.
          onClose={() => {
            if (!isChosen.current) onClose();
          }}
        />
      ) : null;
  }
}
