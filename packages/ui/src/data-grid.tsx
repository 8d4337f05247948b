import { type CSSProperties, type ReactNode, useMemo, useState } from 'react';
import { GridBody } from './grid-body.tsx';
import { GridHeader } from './grid-header.tsx';
import { useGridKeyboard } from './grid-keyboard.tsx';
import { type GridColumn, type RowData, useGridTable } from './grid-table.tsx';
import { useMediaQuery } from './use-media-query.tsx';

export type { GridColumn } from './grid-table.tsx';

export interface GridSelection {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
}

export interface DataGridProps<Row extends RowData> {
  /** Names the grid for screen readers. */
  label: string;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** The row in words, for its checkbox. */
  rowLabel: (row: Row) => string;
  columns: readonly GridColumn<Row>[];
  /** Ids of columns that are not shown. */
  hidden?: readonly string[];
  selection?: GridSelection;
  /** Enter or a double press on a cell that cannot be edited. */
  onOpen?: (row: Row) => void;
  /** Height of a row in px. */
  rowHeight?: number;
  /** The only column, with its height of rows, where the window is too narrow for several. */
  compact?: { column: GridColumn<Row>; rowHeight: number };
  /** Rows of the whole list when not all are loaded. */
  totalRows?: number;
  /** Called when the end of the loaded rows comes into view. */
  onReachEnd?: () => void;
  /** Shown instead of rows when there are none. */
  empty?: ReactNode;
  /** Class of the scrolling box: it needs a height. */
  className?: string;
}

/** Below this a row of several columns would have to be scrolled sideways. */
const narrow = '(width < 40rem)';

/**
 * A table for thousands of rows. Only the rows in view are in the document. It follows the ARIA
 * grid pattern: one cell takes part in the tab order; arrows, Home, End and Page keys move; Enter
 * or F2 edits or opens; Space selects.
 */
export function DataGrid<Row extends RowData>(props: DataGridProps<Row>) {
  const { label, rows, rowId, selection, className } = props;
  const compact = useMediaQuery(narrow) ? props.compact : undefined;
  const { columns, hidden, rowHeight } = useMemo(
    () =>
      compact
        ? { columns: [compact.column], hidden: undefined, rowHeight: compact.rowHeight }
        : { columns: props.columns, hidden: props.hidden, rowHeight: props.rowHeight ?? 44 },
    [compact, props.columns, props.hidden, props.rowHeight],
  );
  // State, not a ref: a child's effects run before this element is attached, and the body must
  // look at the scrolling box again once it is there.
  const [scrollBox, setScrollBox] = useState<HTMLDivElement | null>(null);
  const table = useGridTable({ rows, rowId, columns, hidden });
  const ordered = table.getRowModel().rows;
  const shown = columns.filter((column) => !hidden?.includes(column.id));
  const lead = selection ? 1 : 0;

  const toggle = (id: string) => {
    const next = new Set(selection?.selected);
    if (!next.delete(id)) next.add(id);
    selection?.onChange(next);
  };
  const keyboard = useGridKeyboard({
    rowCount: ordered.length,
    columnCount: shown.length + lead,
    scrollBox,
    isEditable: (column) => Boolean(shown[column - lead]?.editor),
    isMultiselectable: selection !== undefined,
    onOpen: (index) => {
      const row = ordered[index];
      if (row) props.onOpen?.(row.original);
    },
    onToggle: (index) => {
      const row = ordered[index];
      if (row) toggle(row.id);
    },
  });
  const template = [
    ...(selection ? ['2.75rem'] : []),
    ...shown.map((column) => column.width ?? 'minmax(8rem,1fr)'),
  ].join(' ');

  return (
    <div
      ref={setScrollBox}
      className={`overflow-auto rounded-xl border border-line bg-surface shadow-card ${className ?? 'h-[60dvh]'}`}
    >
      <table
        {...keyboard.gridProps}
        aria-label={label}
        aria-rowcount={(props.totalRows ?? ordered.length) + 1}
        aria-colcount={shown.length + lead}
        className="block min-w-fit text-base"
        style={{ '--grid-template': template } as CSSProperties}
      >
        <GridHeader table={table} selection={selection} rows={rows} rowId={rowId} />
        <GridBody
          // The places of rows are measured once: another height needs a new start.
          key={rowHeight}
          table={table}
          shown={shown}
          keyboard={keyboard}
          scrollBox={scrollBox}
          selection={selection ? { selected: selection.selected, toggle } : undefined}
          rowLabel={props.rowLabel}
          rowHeight={rowHeight}
          onReachEnd={props.onReachEnd}
        />
      </table>
      {ordered.length === 0 ? props.empty : null}
    </div>
  );
}
