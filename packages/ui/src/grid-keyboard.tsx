import { type KeyboardEvent, type SyntheticEvent, useState } from 'react';

export interface GridCell {
  /** 0-based among the loaded rows. */
  row: number;
  column: number;
}

interface KeyboardInput {
  rowCount: number;
  columnCount: number;
  scrollBox: HTMLElement | null;
  /** Whether the column can be edited in place. */
  isEditable: (column: number) => boolean;
  isMultiselectable: boolean;
  onOpen: (row: number) => void;
  onToggle: (row: number) => void;
}

const pageRows = 10;
const end = Number.MAX_SAFE_INTEGER;

function moved(key: string, withControl: boolean, from: GridCell): GridCell | null {
  switch (key) {
    case 'ArrowDown':
      return { ...from, row: from.row + 1 };
    case 'ArrowUp':
      return { ...from, row: from.row - 1 };
    case 'ArrowRight':
      return { ...from, column: from.column + 1 };
    case 'ArrowLeft':
      return { ...from, column: from.column - 1 };
    case 'PageDown':
      return { ...from, row: from.row + pageRows };
    case 'PageUp':
      return { ...from, row: from.row - pageRows };
    case 'Home':
      return { row: withControl ? 0 : from.row, column: 0 };
    case 'End':
      return { row: withControl ? end : from.row, column: end };
    default:
      return null;
  }
}

const clamp = (value: number, min: number, max: number) => Math.min(Math.max(value, min), max);

/** Where a cell sits in the document: the value of its `data-cell`. */
export function cellKey(cell: GridCell): string {
  return `${cell.row}:${cell.column}`;
}

/** The cell that an event happened in, or null outside the cells. */
function cellOf(event: SyntheticEvent): GridCell | null {
  const element = event.target instanceof Element ? event.target.closest('[data-cell]') : null;
  const [row, column] = (element?.getAttribute('data-cell') ?? '').split(':').map(Number);
  return row === undefined || column === undefined ? null : { row, column };
}

/**
 * Movement, editing and selection by keyboard (WAI-ARIA Authoring Practices, "Grid"). Handlers sit
 * on the grid and find the cell by `data-cell`, so that thousands of cells need none of their own.
 */
export function useGridKeyboard(input: KeyboardInput) {
  const { rowCount, columnCount, scrollBox } = input;
  const [wanted, setActive] = useState<GridCell>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<GridCell | null>(null);
  const inside = (cell: GridCell): GridCell => ({
    row: clamp(cell.row, 0, Math.max(rowCount - 1, 0)),
    column: clamp(cell.column, 0, Math.max(columnCount - 1, 0)),
  });
  const active = inside(wanted);

  const focus = (cell: GridCell) => {
    setActive(cell);
    // The row may not be in the document yet: the virtual list renders it in the next frame.
    requestAnimationFrame(() => {
      const element = scrollBox?.querySelector<HTMLElement>(`[data-cell="${cellKey(cell)}"]`);
      element?.focus();
      element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  };
  const enter = (cell: GridCell) => {
    if (input.isEditable(cell.column)) setEditing(cell);
    else input.onOpen(cell.row);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const cell = cellOf(event);
    if (editing || !cell || event.defaultPrevented || event.altKey) return;
    const isOnCell = event.target instanceof Element && event.target.hasAttribute('data-cell');
    const next = moved(event.key, event.ctrlKey || event.metaKey, active);
    if (next) focus(inside(next));
    else if (isOnCell && event.key === ' ') input.onToggle(cell.row);
    else if (isOnCell && (event.key === 'Enter' || event.key === 'F2')) enter(cell);
    else return;
    event.preventDefault();
  };
  const onFocus = (event: SyntheticEvent) => {
    const cell = cellOf(event);
    if (cell) setActive(cell);
  };
  const onDoubleClick = (event: SyntheticEvent) => {
    const cell = cellOf(event);
    if (cell && !editing) enter(cell);
  };
  const stopEditing = () => {
    setEditing(null);
    focus(active);
  };

  const gridProps = {
    role: 'grid' as const,
    'aria-multiselectable': input.isMultiselectable,
    onKeyDown,
    onFocus,
    onDoubleClick,
  };
  return { active, editing, stopEditing, gridProps };
}

/** State of a grid's keyboard; see `useGridKeyboard`. */
export type GridKeyboard = ReturnType<typeof useGridKeyboard>;
