import type { GuestRow } from '@wedsync/contracts/guests';
import { AnchoredNote } from '@wedsync/ui/anchored-note';
import { Button } from '@wedsync/ui/button';
import type { RefObject } from 'react';
import { type CellEdit, dropCellEdit, saveCell, type TextField } from './cell-edits.ts';

interface RefusedEditProps {
  weddingId: string;
  row: GuestRow;
  field: TextField;
  edit: CellEdit;
  anchorRef: RefObject<HTMLElement | null>;
}

/** Both values of a lost race, or why a value was refused; what was typed stays until decided. */
export function RefusedEdit({ weddingId, row, field, edit, anchorRef }: RefusedEditProps) {
  const { text, theirs, message, version } = edit;
  const isRace = theirs !== undefined;
  return (
    <AnchoredNote label="Not saved" anchorRef={anchorRef}>
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
    </AnchoredNote>
  );
}
