import { IconButton } from '@wedsync/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@wedsync/ui/menu';
import { notifyUndo } from '@wedsync/ui/toast';
import { Ellipsis, Lock, LockOpen, Pencil, Trash2, UserMinus } from 'lucide-react';
import type { TableView } from '../plan-model.ts';
import { usePlanStore } from '../plan-store.ts';
import { tableTitle } from './guest-lines.ts';

/** What can be done with a whole table; each can be taken back. */
export function TableMenu({ view, onEdit }: { view: TableView; onEdit: () => void }) {
  const { actions } = usePlanStore();
  const { table, seats } = view;
  const seated = seats.flatMap(({ assignment }) => assignment ?? []);
  const guestIds = seated.map(({ guestId }) => guestId);
  const free = seated.filter(({ isLocked }) => !isLocked).map(({ guestId }) => guestId);
  const title = tableTitle(table);
  const remove = async () => {
    const done = await actions.removeTables([table.id]);
    if (done) notifyUndo(`${title} was removed`, () => void actions.undo());
  };
  return (
    <Menu
      label={`Actions for ${title}`}
      trigger={
        <IconButton label={`Actions for ${title}`}>
          <Ellipsis aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuItem icon={<Pencil aria-hidden="true" />} onAction={onEdit}>
        Change the table…
      </MenuItem>
      <MenuItem
        icon={table.isLocked ? <LockOpen aria-hidden="true" /> : <Lock aria-hidden="true" />}
        onAction={() => void actions.updateTable(table.id, { isLocked: !table.isLocked })}
      >
        {table.isLocked ? 'Unlock the table' : 'Lock the table'}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Lock aria-hidden="true" />}
        isDisabled={free.length === 0}
        onAction={() => void actions.lock(guestIds, true)}
      >
        Lock everybody at it
      </MenuItem>
      <MenuItem
        icon={<LockOpen aria-hidden="true" />}
        isDisabled={free.length === guestIds.length}
        onAction={() => void actions.lock(guestIds, false)}
      >
        Unlock everybody at it
      </MenuItem>
      <MenuItem
        icon={<UserMinus aria-hidden="true" />}
        isDisabled={free.length === 0}
        onAction={() => void actions.unseat(free)}
      >
        Free the seats
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 aria-hidden="true" />} isDangerous onAction={() => void remove()}>
        Remove the table
      </MenuItem>
    </Menu>
  );
}
