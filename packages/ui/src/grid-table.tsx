import {
  type ColumnDef,
  columnVisibilityFeature,
  createSortedRowModel,
  type ReactTable,
  type RowData,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_text,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';

const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, text: sortFn_text },
});
type Features = typeof features;

export type { RowData } from '@tanstack/react-table';

/** A grid's table: rows in order, columns in view, sorting. */
export type GridTable<Row extends RowData> = ReactTable<Features, Row>;

export interface GridColumn<Row extends RowData> {
  id: string;
  header: string;
  /** A CSS grid track, e.g. `minmax(10rem,2fr)`. */
  width?: string;
  cell: (row: Row) => ReactNode;
  /** Makes the column sortable by this value; only where all rows are loaded. */
  sortValue?: (row: Row) => string | number;
  /** Makes the cell editable in place. Call `close` after saving or on Escape. */
  editor?: (row: Row, close: () => void) => ReactNode;
  align?: 'start' | 'end';
  /** Keeps the column in view while the others scroll sideways. */
  isPinned?: boolean;
}

interface GridTableInput<Row extends RowData> {
  rows: readonly Row[];
  rowId: (row: Row) => string;
  columns: readonly GridColumn<Row>[];
  hidden?: readonly string[];
}

/** The TanStack table behind a grid; what a column draws stays with `GridColumn`. */
export function useGridTable<Row extends RowData>(input: GridTableInput<Row>): GridTable<Row> {
  const { rows, rowId, columns, hidden } = input;
  const definitions = useMemo<ColumnDef<Features, Row>[]>(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        accessorFn: (row: Row) => column.sortValue?.(row) ?? '',
        enableSorting: column.sortValue !== undefined,
        sortFn: 'alphanumeric',
        meta: column,
      })),
    [columns],
  );
  const columnVisibility = useMemo(
    () => Object.fromEntries((hidden ?? []).map((id) => [id, false])),
    [hidden],
  );
  return useTable({
    features,
    data: rows,
    columns: definitions,
    getRowId: rowId,
    state: { columnVisibility },
  });
}
