import type { GuestRow } from '@wedsync/contracts/guests';
import { AnchoredNote } from '@wedsync/ui/anchored-note';
import { Button } from '@wedsync/ui/button';
import { useRef } from 'react';
import {
  type CellEdit,
  dropCellEdit,
  saveCell,
  type TextField,
  useCellEdit,
} from './cell-edits.ts';

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
        <AnchoredNote label="Not saved" anchorRef={anchorRef}>
          <RefusedEdit {...props} edit={edit} />
        </AnchoredNote>
      ) : null}
    </span>
  );
}

/** Both values of a lost race, or why a value was refused; what was typed stays until decided. */
function RefusedEdit({ weddingId, row, field, edit }: ContactCellProps & { edit: CellEdit }) {
  const { text, theirs, message, version } = edit;
  const isRace = theirs !== undefined;
  return (
    <>
      {isRace ? (
        <>
          Somebody changed this meanwhile to <strong>{theirs || 'nothing'}</strong>. You typed{' '}
          <strong>{text || 'nothing'}</strong>.
        </>
      ) : (
        <>
          <strong>{text || 'nothing'}</strong> was not saved. {message}
        </>
      )}
      <span className="mt-2 flex gap-2">
        <Button
          size="sm"
          variant="primary"
          onPress={() => void saveCell({ weddingId, row, field }, text, version)}
        >
          {isRace ? 'Save mine' : 'Try again'}
        </Button>
        <Button size="sm" onPress={() => dropCellEdit(row.id, field)}>
          {isRace ? 'Keep theirs' : 'Leave it as it was'}
        </Button>
      </span>
    </>
  );
}
