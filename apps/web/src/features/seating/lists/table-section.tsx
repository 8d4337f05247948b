import type { SeatingTable } from '@wedsync/contracts/seating';
import { Button } from '@wedsync/ui/button';
import { ChevronRight, Lock, TriangleAlert, UserPlus } from 'lucide-react';
import { memo, useRef } from 'react';
import { dropZone } from '../floor-plan/drag-controller.ts';
import { featureWords } from '../floor-plan/seat-words.ts';
import type { SeatView, TableView } from '../plan-model.ts';
import { tableTitle } from './guest-lines.ts';
import { freeCount } from './plan-lookups.ts';
import { TableMenu } from './table-menu.tsx';
import { TableSeats } from './table-seats.tsx';
import { useNearView } from './use-near-view.ts';

export interface TableSectionProps {
  view: TableView;
  warningCount: number;
  isSelecting: boolean;
  /** Only the head is shown; its button unfolds the chairs. */
  isFolded: boolean;
  /** Given where tables can be folded. */
  onFold?: ((view: TableView) => void) | undefined;
  canEdit: boolean;
  onOpenSeat: (view: TableView, seat: SeatView) => void;
  onSeatHere: (view: TableView) => void;
  onEdit: (view: TableView) => void;
}

/** Heights in px, to keep the place of lines that were not made yet. */
const lineHeight = 49;
const freeHeight = 52;

function heightOf(view: TableView): number {
  return view.seatedCount * lineHeight + (freeCount(view) > 0 ? freeHeight : 0);
}

export const sectionId = ({ id }: Pick<SeatingTable, 'id'>) => `table-${id}`;

function TableHead(props: TableSectionProps) {
  const { view, warningCount, canEdit, isFolded, onFold, onSeatHere, onEdit } = props;
  const { table, seats, seatedCount } = view;
  const free = freeCount(view);
  const words = [...table.features.map((feature) => featureWords[feature]), table.zone];
  return (
    <header className="py-2 pr-2 pl-4 sm:pl-5">
      <div className="flex min-h-9 items-center gap-1.5">
        <h2
          id={sectionId(table)}
          tabIndex={-1}
          className="flex min-w-0 flex-1 scroll-mt-4 items-center gap-2 font-display text-lg outline-offset-2"
        >
          {onFold ? (
            <Button
              variant="quiet"
              aria-expanded={!isFolded}
              className="-ml-2 min-w-0 px-2! text-lg!"
              onPress={() => onFold(view)}
            >
              <ChevronRight
                aria-hidden="true"
                className={`transition-transform ${isFolded ? '' : 'rotate-90'}`}
              />
              <span className="truncate">{tableTitle(table)}</span>
            </Button>
          ) : (
            <span className="truncate">{tableTitle(table)}</span>
          )}
          {table.isLocked ? <Lock role="img" aria-label="locked" className="size-4" /> : null}
        </h2>
        {canEdit && free > 0 && !table.isLocked ? (
          <Button
            size="sm"
            aria-label={`Seat guests at ${tableTitle(table)}…`}
            onPress={() => onSeatHere(view)}
          >
            <UserPlus aria-hidden="true" />
            Seat…
          </Button>
        ) : null}
        {canEdit ? <TableMenu view={view} onEdit={() => onEdit(view)} /> : null}
      </div>
      <p className="tabular flex flex-wrap gap-x-3 pr-2 text-ink-soft text-sm">
        {[`${seatedCount} of ${seats.length} seated`, ...words.filter(Boolean)].join(' · ')}
        {warningCount > 0 ? (
          <span className="flex items-center gap-1.5 text-caution">
            <TriangleAlert aria-hidden="true" className="size-4" />
            {warningCount === 1 ? '1 warning' : `${warningCount} warnings`}
          </span>
        ) : null}
      </p>
    </header>
  );
}

/** One table: its head stays in the document, its chairs are made when they come near. */
export const TableSection = memo(function TableSection(props: TableSectionProps) {
  const { view, isSelecting, isFolded, onOpenSeat } = props;
  const ref = useRef<HTMLElement>(null);
  const isNear = useNearView(ref);
  return (
    <section
      ref={ref}
      aria-labelledby={sectionId(view.table)}
      {...dropZone({ tableId: view.table.id })}
      className="overflow-clip rounded-xl border border-line bg-surface shadow-card data-is-over:outline-2 data-is-over:outline-accent"
    >
      <TableHead {...props} />
      {isFolded ? null : (
        <div
          className="border-line border-t"
          style={isNear ? undefined : { height: heightOf(view) }}
        >
          {isNear ? <TableSeats view={view} isSelecting={isSelecting} onOpen={onOpenSeat} /> : null}
        </div>
      )}
    </section>
  );
});
