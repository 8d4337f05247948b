import { useMutation } from '@tanstack/react-query';
import type { GuestFields, GuestRow } from '@wedsync/contracts/guests';
import { Button } from '@wedsync/ui/button';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { currentOf } from '../../lib/conflict.ts';
import { failureOf } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';
import { guestsChanged } from './guests-changed.ts';
import { isGuest } from './is-guest.ts';

export type TextField = 'firstName' | 'lastName' | 'email' | 'phone';

interface CellEditorProps {
  weddingId: string;
  row: GuestRow;
  field: TextField;
  label: string;
  close: () => void;
}

const nullable = new Set<TextField>(['email', 'phone']);

/**
 * Types into one cell. Enter saves, Escape leaves it as it was. When somebody else was faster, what
 * they wrote appears beside what was typed and both stay until the person chooses.
 */
export function CellEditor({ weddingId, row, field, label, close }: CellEditorProps) {
  const [text, setText] = useState(row[field] ?? '');
  const [version, setVersion] = useState(row.version);
  const inputRef = useRef<HTMLInputElement>(null);
  // The cell was opened to type into it.
  useEffect(() => inputRef.current?.select(), []);
  const update = useMutation(
    trpc.guests.update.mutationOptions({
      onSuccess: () => {
        guestsChanged();
        close();
      },
      onError: (error) => {
        const current = currentOf(error, isGuest);
        // The other person changed something else: take their version and go on.
        if (current && (current[field] ?? '') === (row[field] ?? '')) save(current.version);
        else if (current) setVersion(current.version);
      },
    }),
  );
  const save = (against: number) => {
    const value = text.trim();
    const patch: GuestFields = { [field]: value === '' && nullable.has(field) ? null : value };
    update.mutate({ weddingId, guestId: row.id, version: against, patch });
  };
  const theirs = currentOf(update.error, isGuest)?.[field];
  const failure = update.error ? failureOf(update.error) : null;
  const isConflict = theirs !== undefined;

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') {
      event.preventDefault();
      if (text === (row[field] ?? '')) close();
      else save(version);
    }
  };

  return (
    <span className="relative -mx-1.5 flex-1">
      <input
        ref={inputRef}
        aria-label={label}
        aria-invalid={Boolean(failure)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (!failure && !update.isPending && text === (row[field] ?? '')) close();
        }}
        className="h-8 w-full rounded-md border border-focus bg-surface px-1.5 text-base text-ink"
      />
      {failure ? (
        <span
          role="alert"
          className="absolute top-9 left-0 z-30 block w-72 whitespace-normal rounded-lg border border-line bg-raised p-3 text-sm shadow-float"
        >
          {isConflict ? (
            <>
              Somebody changed this meanwhile to <strong>{theirs || 'nothing'}</strong>. You typed{' '}
              <strong>{text || 'nothing'}</strong>.
              <span className="mt-2 flex gap-2">
                <Button size="sm" variant="primary" onPress={() => save(version)}>
                  Save mine
                </Button>
                <Button
                  size="sm"
                  onPress={() => {
                    guestsChanged();
                    close();
                  }}
                >
                  Keep theirs
                </Button>
              </span>
            </>
          ) : (
            (failure.fields[field] ?? failure.message)
          )}
        </span>
      ) : null}
    </span>
  );
}
