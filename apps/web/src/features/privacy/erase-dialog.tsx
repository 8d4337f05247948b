import { useMutation } from '@tanstack/react-query';
import type { Guest } from '@wedsync/contracts/guests';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { notify } from '@wedsync/ui/toast';
import { trpc } from '../../lib/trpc.ts';
import { guestsChanged } from '../guests/guests-changed.ts';
import { guestName } from '../guests/words.ts';
import { privacyChanged } from './privacy-changed.ts';

interface EraseDialogProps {
  weddingId: string;
  guest: Guest;
  onClose: () => void;
  onErased: () => void;
}

/** The one thing here that cannot be undone: the key to the guest's data is destroyed. */
export function EraseDialog({ weddingId, guest, onClose, onErased }: EraseDialogProps) {
  const erase = useMutation(
    trpc.privacy.eraseGuest.mutationOptions({
      onSuccess: () => {
        privacyChanged();
        void guestsChanged();
        notify({ tone: 'done', title: 'The guest is erased' });
        onErased();
      },
    }),
  );
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Erase ${guestName(guest)} for good?`}
      confirmLabel="Erase"
      typedWords="erase"
      isPending={erase.isPending}
      onConfirm={() => erase.mutate({ weddingId, guestId: guest.id })}
      error={<FailureNote error={erase.error} />}
    >
      <p>
        Name, address, number, notes, diets and answers to questions go and cannot be brought back,
        not even from a backup. A yes or no to an event stays as a number.
      </p>
      <p>Their wish not to be written to outlives the data, also after a new import.</p>
    </ConfirmDialog>
  );
}
