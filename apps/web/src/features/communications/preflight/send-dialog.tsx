import { useMutation } from '@tanstack/react-query';
import type { Message } from '@wedsync/contracts/communications';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { messagesChanged } from '../messages-changed.ts';

interface SendDialogProps {
  weddingId: string;
  message: Message;
  /** "56 e-mails". */
  what: string;
  onClose: () => void;
  onDone: () => void;
}

/** The last question before messages leave: they cannot be called back. */
export function SendDialog({ weddingId, message, what, onClose, onDone }: SendDialogProps) {
  // One press, one sending: a repeated request with the same key answers what the first one did.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const send = useMutation(
    trpc.communications.sendMessage.mutationOptions({
      onSuccess: onDone,
      onError: messagesChanged,
    }),
  );
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Send “${message.title}”?`}
      isDangerous={false}
      confirmLabel={`Send ${what}`}
      isPending={send.isPending}
      onConfirm={() =>
        send.mutate({ weddingId, id: message.id, version: message.version, idempotencyKey })
      }
      error={<FailureNote error={send.error} />}
    >
      What has left cannot be called back. You can pause while it is being sent.
    </ConfirmDialog>
  );
}
