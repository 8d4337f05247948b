import type { ReactNode } from 'react';

export interface TableColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  align?: 'start' | 'end';
  /** Names the row: a row header, and the title of its block on a phone. */
  isRowHeader?: boolean;
  /** Keeps the header for screen readers only, e.g. above buttons. */
  isHeaderHidden?: boolean;
}

export interface TableProps<Row> {
  /** Names the table for screen readers. */
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
}

const headStyle =
  'whitespace-nowrap px-3 py-2 text-left font-medium text-ink-soft text-sm first:pl-5 last:pr-5';
const cellStyle = [
  'min-w-0 py-0.5',
  'before:shrink-0 before:text-ink-soft before:text-sm before:content-[attr(data-header)]',
  'sm:table-cell sm:border-line sm:border-t sm:px-3 sm:py-2.5 sm:text-left sm:align-middle',
  'sm:before:content-none sm:first:pl-5 sm:last:pr-5',
].join(' ');
const rowHeaderStyle = 'block pb-1 text-left font-medium sm:font-normal';

const valueStyle = 'flex items-baseline justify-between gap-4 text-right';

/**
 * A table of at most a few hundred rows; thousands belong into a `data-grid`. Below 640 px each row
 * becomes a block of name and value lines.
 */
export function Table<Row>({ label, columns, rows, rowId }: TableProps<Row>) {
  return (
    <table aria-label={label} className="block w-full border-collapse text-base sm:table">
      <thead className="sr-only sm:not-sr-only sm:table-header-group">
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={`${headStyle} ${column.align === 'end' ? 'text-right' : ''}`}
            >
              {column.isHeaderHidden ? (
                <span className="sr-only">{column.header}</span>
              ) : (
                column.header
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block sm:table-row-group">
        {rows.map((row) => (
          <tr
            key={rowId(row)}
            className="block border-line border-t px-5 py-3 first:border-t-0 sm:table-row"
          >
            {columns.map((column) => {
              const isTitle = column.isRowHeader === true;
              const look = [
                cellStyle,
                isTitle ? `${rowHeaderStyle} before:content-none` : valueStyle,
                column.isHeaderHidden ? 'before:content-none' : '',
                column.align === 'end' ? 'tabular sm:text-right' : '',
              ].join(' ');
              const content = column.cell(row);
              return isTitle ? (
                <th key={column.id} scope="row" className={look}>
                  {content}
                </th>
              ) : (
                <td key={column.id} data-header={column.header} className={look}>
                  {content}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
