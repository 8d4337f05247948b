import type { GuestId } from '@wedsync/contracts/ids';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { GridList, ListLayout, Virtualizer } from 'react-aria-components';
import type { QueueGroup } from './queue-groups.ts';
import { QueueItem } from './queue-item.tsx';
import { markedKeys, queueRows, selectedAfter } from './queue-rows.ts';

interface QueueListProps {
  /** Names the list for screen readers. */
  label: string;
  groups: readonly QueueGroup[];
  selected: ReadonlySet<GuestId>;
  onSelect: (selected: Set<GuestId>) => void;
  /** Enter, or a press beside the box: takes the guest, or the whole household. */
  onTake: (guestIds: GuestId[]) => void;
  /** What taking does, for the row's button: "Place". */
  takeWord: string;
  canSelect: boolean;
  empty: ReactNode;
  className?: string;
}

const rowHeight = 52;

/** Guests by household: only those in view are in the document. Space selects, Enter takes. */
export function QueueList(props: QueueListProps) {
  const { label, groups, selected, onSelect, onTake, takeWord, canSelect, empty } = props;
  const rows = useMemo(() => queueRows(groups), [groups]);
  const marked = useMemo(() => markedKeys(groups, selected), [groups, selected]);
  const take = (key: unknown) => {
    const row = rows.find(({ id }) => id === key);
    if (row?.kind === 'guest') onTake([row.guest.id]);
    if (row?.kind === 'household') onTake(row.household.guests.map(({ id }) => id));
  };
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight }}>
      <GridList
        aria-label={label}
        items={rows}
        selectionMode={canSelect ? 'multiple' : 'none'}
        selectedKeys={marked}
        onSelectionChange={(keys) => onSelect(selectedAfter(groups, selected, keys))}
        onAction={canSelect ? take : undefined}
        renderEmptyState={() => empty}
        className={`overflow-auto rounded-lg border border-line bg-surface outline-offset-2 ${props.className ?? 'h-[60dvh]'}`}
      >
        {(row) => <QueueItem row={row} canSelect={canSelect} takeWord={takeWord} onTake={take} />}
      </GridList>
    </Virtualizer>
  );
}
