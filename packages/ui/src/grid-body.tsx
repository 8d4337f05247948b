import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect } from 'react';
import type { GridKeyboard } from './grid-keyboard.tsx';
import { GridRow } from './grid-row.tsx';
import type { GridColumn, GridTable, RowData } from './grid-table.tsx';

export interface GridBodyProps<Row extends RowData> {
  table: GridTable<Row>;
  shown: readonly GridColumn<Row>[];
  keyboard: GridKeyboard;
  /** Null until it is in the document. */
  scrollBox: HTMLDivElement | null;
  selection?: { selected: ReadonlySet<string>; toggle: (id: string) => void };
  rowLabel: (row: Row) => string;
  rowHeight: number;
  onReachEnd?: () => void;
}

const headerHeight = 40;
/** Rows before the end at which the next page is asked for, so that scrolling does not wait. */
const reachAhead = 30;

/** The rows in view, some above and below, and always the row with the focus. */
export function GridBody<Row extends RowData>(props: GridBodyProps<Row>) {
  const { table, keyboard, scrollBox, rowHeight, onReachEnd } = props;
  const ordered = table.getRowModel().rows;
  const { active } = keyboard;
  const virtual = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => scrollBox,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headerHeight,
    // The focused row stays in the document, or scrolling would throw the focus away.
    rangeExtractor: (range) => {
      const indexes = new Set(defaultRangeExtractor(range));
      if (active.row < ordered.length) indexes.add(active.row);
      return [...indexes].sort((a, b) => a - b);
    },
  });
  const lastVisible = virtual.range?.endIndex ?? -1;

  useEffect(() => {
    if (onReachEnd && lastVisible >= ordered.length - reachAhead) onReachEnd();
  }, [lastVisible, ordered.length, onReachEnd]);

  return (
    <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => {
        const row = ordered[item.index];
        if (!row) return null;
        return (
          <GridRow
            key={row.id}
            row={row.original}
            id={row.id}
            index={item.index}
            top={item.start - headerHeight}
            grid={props}
          />
        );
      })}
    </tbody>
  );
}
