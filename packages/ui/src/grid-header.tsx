import { ArrowDown, ArrowUp } from 'lucide-react';
import { Checkbox } from './checkbox.tsx';
import type { GridSelection } from './data-grid.tsx';
import type { GridTable, RowData } from './grid-table.tsx';

interface GridHeaderProps<Row extends RowData> {
  table: GridTable<Row>;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  selection?: GridSelection;
}

/** Lays the cells of a row on the grid's columns. */
export const gridRowStyle = 'grid [grid-template-columns:var(--grid-template)]';
const headStyle = 'flex min-w-0 items-center px-3 text-left font-semibold text-ink-soft text-sm';

const sortWords = { asc: 'ascending', desc: 'descending' } as const;

/** The sticky first row: names, sorting, select all. */
export function GridHeader<Row extends RowData>(props: GridHeaderProps<Row>) {
  const { table, rows, rowId, selection } = props;
  const isAll = rows.length > 0 && rows.every((row) => selection?.selected.has(rowId(row)));
  const selectAll = (isSelected: boolean) =>
    selection?.onChange(new Set(isSelected ? rows.map(rowId) : []));
  return (
    <thead className="sticky top-0 z-20 block">
      <tr aria-rowindex={1} className={`${gridRowStyle} h-10 border-line border-b bg-sunken`}>
        {selection ? (
          <th scope="col" className={`${headStyle} justify-center`}>
            <Checkbox
              aria-label="Select all that are shown"
              isSelected={isAll}
              isIndeterminate={!isAll && selection.selected.size > 0}
              onChange={selectAll}
            />
          </th>
        ) : null}
        {table.getVisibleLeafColumns().map((column) => {
          const sorted = column.getIsSorted();
          const name = String(column.columnDef.header ?? '');
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={sorted ? sortWords[sorted] : undefined}
              className={headStyle}
            >
              {column.getCanSort() ? (
                <button
                  type="button"
                  onClick={column.getToggleSortingHandler()}
                  className="flex min-h-7 cursor-pointer items-center gap-1 rounded-sm hover:text-ink"
                >
                  {name}
                  {sorted === 'asc' ? <ArrowUp aria-hidden="true" className="size-3.5" /> : null}
                  {sorted === 'desc' ? <ArrowDown aria-hidden="true" className="size-3.5" /> : null}
                </button>
              ) : (
                <span className="truncate">{name}</span>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
