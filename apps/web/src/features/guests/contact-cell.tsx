import { lazyRouteComponent } from '@tanstack/react-router';
import type { GuestRow } from '@wedsync/contracts/guests';
import { Suspense, useRef } from 'react';
import { type TextField, useCellEdit } from './cell-edits.ts';

const RefusedEdit = lazyRouteComponent(() => import('./refused-edit.tsx'), 'RefusedEdit');

/** Fetches what a refusal shows while the connection is there: it may be the reason later. */
export function prepareRefusal(): void {
  void RefusedEdit.preload?.();
}

interface ContactCellProps {
  weddingId: string;
  row: GuestRow;
  field: TextField;
}

/** An address of a guest: what was just typed at once, and what became of it when it was refused. */
export function ContactCell(props: ContactCellProps) {
  const { row, field } = props;
  const edit = useCellEdit(row.id, field);
  const anchorRef = useRef<HTMLSpanElement>(null);
  const value = edit?.state === 'saving' ? edit.text : row[field];
  return (
    <span ref={anchorRef} className="min-w-0 flex-1">
      {value ? (
        <span className="tabular block truncate">{value}</span>
      ) : (
        <span className="text-ink-faint">None</span>
      )}
      {edit?.state === 'refused' ? (
        <Suspense>
          <RefusedEdit {...props} edit={edit} anchorRef={anchorRef} />
        </Suspense>
      ) : null}
    </span>
  );
}
