import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from '@wedsync/ui/button';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { plural } from '@wedsync/ui/format';
import { notify } from '@wedsync/ui/toast';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';

/** Empties the mail catcher; it cannot be undone, so it is asked for. */
export function ClearMails({ total }: { total: number }) {
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate({ from: '/mail' });
  const queries = useQueryClient();
  const clear = useMutation(
    trpc.monitoring.clearMails.mutationOptions({
      onSuccess: async ({ removed }) => {
        setOpen(false);
        notify({ tone: 'done', title: `${plural(removed, 'mail')} deleted` });
        await navigate({ search: {} });
      },
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.monitoring.listMails.pathKey() }),
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
        title={`Delete ${plural(total, 'caught mail')}?`}
        confirmLabel={clear.isPending ? 'Deleting…' : 'Delete all'}
        isPending={clear.isPending}
        onConfirm={() => clear.mutate()}
        error={<FailureNote error={clear.error} />}
      >
        <p>None of them was delivered, and they cannot be brought back.</p>
      </ConfirmDialog>
    </>
  );
}
