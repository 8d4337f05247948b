import { lazyRouteComponent } from '@tanstack/react-router';
import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import { EmptyState } from '@wedsync/ui/empty-state';
import { Armchair } from 'lucide-react';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SeatView, TableView } from '../plan-model.ts';
import { useSeating } from '../plan-store.ts';
import { FindDialog } from './find-dialog.tsx';
import { freeSpot } from './free-spot.ts';
import { ListToolbar } from './list-toolbar.tsx';
import { SeatHereDialog } from './seat-here-dialog.tsx';
import { SeatTasks } from './seat-tasks.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { sectionId, TableSection } from './table-section.tsx';
import { useCheck } from './use-check.ts';
import { useFolding } from './use-folding.ts';

const TableDialog = lazyRouteComponent(
  () => import('../floor-plan/table-dialog.tsx'),
  'TableDialog',
);

/** How many warnings speak of each table. */
function useWarningCounts(): ReadonlyMap<SeatingTableId, number> {
  const { warnings } = useCheck();
  return useMemo(() => {
    const counts = new Map<SeatingTableId, number>();
    for (const { tableIds } of warnings) {
      for (const id of tableIds) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }, [warnings]);
}

/** Brings the table that somebody asked to see into view, and the reader to its head. */
function useShownTable(unfold: (tableId: SeatingTableId) => void) {
  const { shownTableId, index, actions } = useSeating();
  useEffect(() => {
    const view = shownTableId ? index.tables.get(shownTableId) : undefined;
    if (!view) return;
    unfold(view.table.id);
    const head = document.getElementById(sectionId(view.table));
    head?.scrollIntoView({ block: 'start' });
    head?.focus({ preventScroll: true });
    actions.showTable(null);
  }, [shownTableId, index, actions, unfold]);
}

type Open =
  | { kind: 'find' }
  | { kind: 'seat'; tableId: SeatingTableId; seatNumber?: number }
  | { kind: 'guest'; guestId: GuestId }
  | { kind: 'table'; view: TableView | null };

/** The seating as a list: whatever the floor plan can do, by reading, typing and pressing. */
export function ListMode() {
  const { index, plan, canEdit, actions } = useSeating();
  const counts = useWarningCounts();
  const [open, setOpen] = useState<Open | null>(null);
  const [isSelecting, setSelecting] = useState(false);
  const anchorRef = useRef<HTMLElement | null>(null);
  const { isFolded, toggle, unfold } = useFolding();
  useShownTable(unfold);

  const openSeat = useCallback((view: TableView, { seat, guest }: SeatView) => {
    anchorRef.current = document.querySelector<HTMLElement>(`[data-key="${seat.id}"]`);
    if (guest) setOpen({ kind: 'guest', guestId: guest.id });
    else setOpen({ kind: 'seat', tableId: view.table.id, seatNumber: seat.number });
  }, []);
  const seatHere = useCallback(
    ({ table }: TableView) => setOpen({ kind: 'seat', tableId: table.id }),
    [],
  );
  const edit = useCallback((view: TableView) => setOpen({ kind: 'table', view }), []);
  const close = () => setOpen(null);
  return (
    <div className="flex flex-col gap-3">
      <ListToolbar
        isSelecting={isSelecting}
        onSelecting={(next) => {
          actions.select();
          setSelecting(next);
        }}
        onFind={() => setOpen({ kind: 'find' })}
        onAdd={() => setOpen({ kind: 'table', view: null })}
      />
      {index.tableList.length === 0 ? (
        <EmptyState icon={<Armchair />} title="No table yet">
          Add the first table: then guests can be seated.
        </EmptyState>
      ) : null}
      <div className="grid grid-cols-1 items-start gap-3 xl:grid-cols-2">
        {index.tableList.map((view) => (
          <TableSection
            key={view.table.id}
            view={view}
            warningCount={counts.get(view.table.id) ?? 0}
            isSelecting={isSelecting}
            canEdit={canEdit}
            isFolded={isFolded(view.table.id)}
            onFold={toggle}
            onOpenSeat={openSeat}
            onSeatHere={seatHere}
            onEdit={edit}
          />
        ))}
      </div>
      {isSelecting ? <SelectionBar onDone={() => setSelecting(false)} /> : null}
      {open?.kind === 'find' ? <FindDialog onClose={close} onTable={actions.showTable} /> : null}
      {open?.kind === 'table' ? (
        <Suspense>
          <TableDialog view={open.view} at={freeSpot(plan)} onClose={close} />
        </Suspense>
      ) : null}
      {open?.kind === 'seat' ? <SeatHereDialog {...open} onClose={close} /> : null}
      {open?.kind === 'guest' ? (
        <SeatTasks guestId={open.guestId} anchorRef={anchorRef} onClose={close} />
      ) : null}
    </div>
  );
}
