import type { AppliedImport } from '@wedsync/contracts/guest-imports';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { LinkButton } from '@wedsync/ui/link-button';
import { notifyUndo } from '@wedsync/ui/toast';
import { CircleCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { plural } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { UndoImportDialog, useUndoImport } from './undo-import.tsx';

interface ImportDoneProps {
  weddingId: string;
  applied: AppliedImport;
  onAgain: () => void;
}

/** What the import wrote, the way to it, and the way back. */
export function ImportDone({ weddingId, applied, onAgain }: ImportDoneProps) {
  const { counts, importId } = applied;
  const undo = useUndoImport(weddingId);
  const told = useRef(false);
  const words = `${plural(counts.guestsCreated, 'guest')} added, ${plural(counts.guestsUpdated, 'guest')} changed`;
  useEffect(() => {
    if (told.current || !importId) return;
    told.current = true;
    notifyUndo(words, () => undo.start(importId));
  }, [importId, words, undo]);
  return (
    <>
      <EmptyState
        icon={<CircleCheck />}
        title={importId ? 'The guests are on the list' : 'The file changed nothing'}
        actions={
          <>
            <LinkButton variant="primary" href={paths.guests(weddingId)}>
              To the guest list
            </LinkButton>
            <Button onPress={onAgain}>Import another file</Button>
          </>
        }
      >
        {importId
          ? `${words}, in ${plural(counts.households, 'household')}. You can undo this at any time below “Earlier imports”.`
          : 'Everything in it is on the list already.'}
      </EmptyState>
      <UndoImportDialog undo={undo} />
    </>
  );
}
