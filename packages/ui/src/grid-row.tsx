import { Checkbox } from './checkbox.tsx';
import type { GridBodyProps } from './grid-body.tsx';
import { gridRowStyle } from './grid-header.tsx';
import { cellKey } from './grid-keyboard.tsx';
import type { RowData } from './grid-table.tsx';

interface GridRowProps<Row extends RowData> {
  row: Row;
  id: string;
  index: number;
  top: number;
  grid: GridBodyProps<Row>;
}

const cellStyle = [
  'flex min-w-0 items-center border-line border-b px-3 outline-offset-[-2px]',
  'group-hover:bg-hover group-aria-selected:bg-accent-soft',
].join(' ');

/** One row: a checkbox where rows can be selected, then a cell per visible column. */
export function GridRow<Row extends RowData>({ row, id, index, top, grid }: GridRowProps<Row>) {
  const { selection, keyboard, shown, rowLabel, rowHeight } = grid;
  const lead = selection ? 1 : 0;
  const isSelected = selection?.selected.has(id);
  const place = (column: number) => {
    const isActive = keyboard.active.row === index && keyboard.active.column === column;
    return {
      'data-cell': cellKey({ row: index, column }),
      'aria-colindex': column + 1,
      tabIndex: isActive ? 0 : -1,
    };
  };
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={`${gridRowStyle} group absolute inset-x-0`}
      style={{ height: rowHeight, transform: `translateY(${top}px)` }}
    >
      {selection ? (
        <td {...place(0)} className={`${cellStyle} justify-center`}>
          <Checkbox
            excludeFromTabOrder
            aria-label={`Select ${rowLabel(row)}`}
            isSelected={Boolean(isSelected)}
            onChange={() => selection.toggle(id)}
          />
        </td>
      ) : null}
      {shown.map((column, position) => {
        const at = position + lead;
        const isEditing = keyboard.editing?.row === index && keyboard.editing.column === at;
        const look = [
          cellStyle,
          column.align === 'end' ? 'justify-end text-right' : '',
          column.isPinned ? 'sm:sticky sm:left-0 sm:z-10 bg-surface' : '',
        ].join(' ');
        return (
          <td key={column.id} {...place(at)} className={look}>
            {isEditing && column.editor
              ? column.editor(row, keyboard.stopEditing)
              : column.cell(row)}
          </td>
        );
      })}
    </tr>
  );
}
