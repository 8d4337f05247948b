import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { ChangedSince } from '@wedsync/contracts/guest-imports';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { FailureNote, notifyFailure } from '@wedsync/ui/failure-view';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { plural } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { guestsChanged } from '../guests/guests-changed.ts';

const isChange = (value: unknown): value is ChangedSince =>
  typeof value === 'object' && value !== null && 'name' in value && 'entity' in value;

/** Takes an import back; asks once more when people have edited imported guests since. */
export function useUndoImport(weddingId: string) {
  const [blocked, setBlocked] = useState<{ importId: string; changed: ChangedSince[] } | null>(
    null,
  );
  const undo = useMutation(
    trpc.guests.undoImport.mutationOptions({
      onSuccess: ({ guestsRemoved, guestsReverted, kept }) => {
        setBlocked(null);
        void guestsChanged();
        const words = `${plural(guestsRemoved, 'guest')} removed, ${plural(guestsReverted, 'guest')} as before`;
        const detail =
          kept.length > 0 ? `${plural(kept.length, 'entry', 'entries')} kept` : undefined;
        notify({ tone: 'done', title: 'The import is undone', detail: detail ?? words });
      },
      onError: (error, { importId }) => {
        const { changed } = failureOf(error).details;
        if (Array.isArray(changed)) setBlocked({ importId, changed: changed.filter(isChange) });
        else notifyFailure('The import was not undone', error);
      },
    }),
  );
  return {
    start: (importId: string) => undo.mutate({ weddingId, importId }),
    /** Undoes all but what was edited since. */
    force: (importId: string) => undo.mutate({ weddingId, importId, skipChanged: true }),
    blocked,
    close: () => setBlocked(null),
    isPending: undo.isPending,
    error: blocked ? null : undo.error,
  };
}

/** The question that follows when somebody has edited what an undo would take away. */
export function UndoImportDialog({ undo }: { undo: ReturnType<typeof useUndoImport> }) {
  const { blocked } = undo;
  const names =
    blocked?.changed
      .slice(0, 8)
      .map(({ name }) => name)
      .join(', ') ?? '';
  const more = (blocked?.changed.length ?? 0) - 8;
  return (
    <ConfirmDialog
      isOpen={blocked !== null}
      onOpenChange={undo.close}
      title="Some of these were edited since"
      confirmLabel="Undo the others"
      isPending={undo.isPending}
      onConfirm={() => blocked && undo.force(blocked.importId)}
      error={<FailureNote error={undo.error} />}
    >
      {names}
      {more > 0 ? ` and ${more} more` : ''} changed after the import. They stay as they are; all
      others are taken back.
    </ConfirmDialog>
  );
}
