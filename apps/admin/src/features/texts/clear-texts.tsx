import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '@wedsync/ui/button';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { plural } from '@wedsync/ui/format';
import { notify } from '@wedsync/ui/toast';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';

/** Empties the simulator; it cannot be undone, so it is asked for. */
export function ClearTexts({ total }: { total: number }) {
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const clear = useMutation(
    trpc.monitoring.clearSimulatedTexts.mutationOptions({
      onSuccess: ({ removed }) => {
        setOpen(false);
        notify({ tone: 'done', title: `${plural(removed, 'text')} deleted` });
      },
      onSettled: () =>
        queries.invalidateQueries({ queryKey: trpc.monitoring.listSimulatedTexts.pathKey() }),
    }),
  );
  return (
    <>
      <Button isDisabled={total === 0} onPress={() => setOpen(true)}>
        <Trash2 aria-hidden="true" />
        Delete all
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={`Delete ${plural(total, 'simulated text')}?`}
        confirmLabel={clear.isPending ? 'Deleting…' : 'Delete all'}
        isPending={clear.isPending}
        onConfirm={() => clear.mutate()}
        error={<FailureNote error={clear.error} />}
      >
        <p>
          None of them was delivered, and they cannot be brought back. What WedSync knows of them,
          and who wrote STOP, stays.
        </p>
      </ConfirmDialog>
    </>
  );
}
