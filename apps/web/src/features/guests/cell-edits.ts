import { failureOf } from '@wedsync/contracts/failure';
import type { GuestFields, GuestRow } from '@wedsync/contracts/guests';
import { useSyncExternalStore } from 'react';
import { currentOf } from '../../lib/conflict.ts';
import { trpcClient } from '../../lib/trpc.ts';
import { guestsChanged } from './guests-changed.ts';
import { isGuest } from './is-guest.ts';

export type TextField = 'email' | 'phone';

/** What was typed into a cell and is on its way, or was refused and waits for the person. */
export interface CellEdit {
  text: string;
  state: 'saving' | 'refused';
  /** Version to save against: the one seen when typing began, or the winner's of a lost race. */
  version: number;
  /** What somebody else wrote meanwhile. */
  theirs?: string;
  /** Why it was refused, when not by a lost race. */
  message?: string;
}

interface Target {
  weddingId: string;
  row: GuestRow;
  field: TextField;
}

/*
 * Edits live beside the list, not in its cells: a cell leaves the document when it is scrolled out
 * of view, and what was typed into it must not leave with it.
 */
let edits: ReadonlyMap<string, CellEdit> = new Map();
const listeners = new Set<() => void>();
const keyOf = (guestId: string, field: TextField) => `${guestId}:${field}`;

function put(key: string, edit: CellEdit | undefined) {
  const next = new Map(edits);
  if (edit) next.set(key, edit);
  else next.delete(key);
  edits = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The edit of one cell that has not become the list's own value yet. */
export function useCellEdit(guestId: string, field: TextField): CellEdit | undefined {
  return useSyncExternalStore(subscribe, () => edits.get(keyOf(guestId, field)));
}

/** Forgets what was typed into a cell. */
export function dropCellEdit(guestId: string, field: TextField): void {
  put(keyOf(guestId, field), undefined);
}

/**
 * Shows `text` in the cell at once and saves it. A refusal brings the list's own value back and
 * keeps what was typed beside it. A race about another field is not a clash: it saves again.
 */
export async function saveCell(target: Target, text: string, version: number): Promise<void> {
  const { weddingId, row, field } = target;
  const key = keyOf(row.id, field);
  const before = row[field] ?? '';
  put(key, { text, state: 'saving', version });
  const patch: GuestFields = { [field]: text === '' ? null : text };
  try {
    await trpcClient.guests.update.mutate({ weddingId, guestId: row.id, version, patch });
    await guestsChanged();
    put(key, undefined);
  } catch (error) {
    const current = currentOf(error, isGuest);
    const theirs = current?.[field] ?? '';
    if (current && theirs === before && current.version !== version) {
      return saveCell(target, text, current.version);
    }
    if (current) {
      put(key, { text, state: 'refused', version: current.version, theirs });
    } else {
      const failure = failureOf(error);
      const message = failure.fields[field] ?? failure.message;
      put(key, { text, state: 'refused', version, message });
    }
  }
}
