import type { SeatAssignment, SeatingGuest } from '@wedsync/contracts/seating';
import { listBoxStyle, popoverStyle } from '@wedsync/ui/list-style';
import { MenuItem, MenuSeparator } from '@wedsync/ui/menu';
import {
  ArrowLeftRight,
  CircleHelp,
  HeartHandshake,
  Lock,
  LockOpen,
  MoveRight,
  User,
  UserMinus,
} from 'lucide-react';
import type { RefObject } from 'react';
import { Menu, Popover } from 'react-aria-components';
import { paths } from '../../../lib/paths.ts';
import { guestName } from '../../guests/words.ts';
import { useSeating } from '../plan-store.ts';

/** What a choice of the menu opens. */
export type SeatTask = 'move' | 'swap' | 'why' | 'rule';

interface SeatMenuProps {
  guest: SeatingGuest;
  assignment: SeatAssignment;
  /** The line it belongs to. */
  anchorRef: RefObject<HTMLElement | null>;
  onTask: (task: SeatTask) => void;
  onClose: () => void;
}

/** Everything that can be done with a seated guest, at the line of the seat. */
export function SeatMenu({ guest, assignment, anchorRef, onTask, onClose }: SeatMenuProps) {
  const { weddingId, canEdit, actions } = useSeating();
  const { isLocked } = assignment;
  const name = guestName(guest);
  return (
    <Popover
      isOpen
      onOpenChange={onClose}
      triggerRef={anchorRef}
      placement="bottom start"
      className={`${popoverStyle} min-w-60`}
    >
      <p className="px-3.5 pt-2.5 font-medium text-sm">{name}</p>
      <Menu
        aria-label={`Actions for ${name}`}
        className={listBoxStyle}
        autoFocus="first"
        onClose={onClose}
      >
        {canEdit ? (
          <>
            <MenuItem
              icon={<MoveRight aria-hidden="true" />}
              isDisabled={isLocked}
              onAction={() => onTask('move')}
            >
              Move…
            </MenuItem>
            <MenuItem
              icon={<ArrowLeftRight aria-hidden="true" />}
              isDisabled={isLocked}
              onAction={() => onTask('swap')}
            >
              Change places with…
            </MenuItem>
            <MenuItem
              icon={<UserMinus aria-hidden="true" />}
              isDisabled={isLocked}
              onAction={() => void actions.unseat([guest.id])}
            >
              Free the seat
            </MenuItem>
            <MenuItem
              icon={isLocked ? <LockOpen aria-hidden="true" /> : <Lock aria-hidden="true" />}
              onAction={() => void actions.lock([guest.id], !isLocked)}
            >
              {isLocked ? 'Unlock' : 'Lock on this seat'}
            </MenuItem>
            <MenuSeparator />
          </>
        ) : null}
        <MenuItem icon={<CircleHelp aria-hidden="true" />} onAction={() => onTask('why')}>
          Why here?
        </MenuItem>
        {canEdit ? (
          <MenuItem icon={<HeartHandshake aria-hidden="true" />} onAction={() => onTask('rule')}>
            New rule or wish…
          </MenuItem>
        ) : null}
        <MenuItem icon={<User aria-hidden="true" />} href={paths.guest(weddingId, guest.id)}>
          To the guest
        </MenuItem>
      </Menu>
    </Popover>
  );
}
