import type { GuestRow } from '@wedsync/contracts/guests';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { dropCellEdit, saveCell, type TextField, useCellEdit } from './cell-edits.ts';
import { prepareRefusal } from './contact-cell.tsx';

interface CellEditorProps {
  weddingId: string;
  row: GuestRow;
  field: TextField;
  label: string;
  close: () => void;
}

/** Types into one cell. Enter saves and goes on at once, Escape leaves it as it was. */
export function CellEditor({ weddingId, row, field, label, close }: CellEditorProps) {
  const edit = useCellEdit(row.id, field);
  const before = row[field] ?? '';
  const [text, setText] = useState(edit?.text ?? before);
  // What the person saw when they began to type: news from elsewhere must not be overwritten.
  const [start] = useState({ row, version: edit?.version ?? row.version });
  const inputRef = useRef<HTMLInputElement>(null);
  // The cell was opened to type into it.
  useEffect(() => {
    inputRef.current?.select();
    prepareRefusal();
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    if (event.key === 'Enter' && text.trim() !== before) {
      void saveCell({ weddingId, row: start.row, field }, text.trim(), start.version);
    } else {
      dropCellEdit(row.id, field);
    }
    close();
  };

  return (
    <input
      ref={inputRef}
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (text === before) close();
      }}
      className="-mx-1.5 h-8 w-full flex-1 rounded-md border border-focus bg-surface px-1.5 text-base text-ink"
    />
  );
}
