import { useMutation, useQuery } from '@tanstack/react-query';
import type { Message } from '@wedsync/contracts/communications';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { plural } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { AudienceResult } from './audience-result.tsx';
import { messagesChanged } from './messages-changed.ts';

interface SendDialogProps {
  weddingId: string;
  message: Message;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** The last look before e-mails leave: they cannot be called back. */
export function SendDialog({ weddingId, message, isOpen, onOpenChange }: SendDialogProps) {
  const check = useQuery({
    ...trpc.communications.checkAudience.queryOptions({ weddingId, audience: message.audience }),
    enabled: isOpen,
    staleTime: 0,
  });
  const send = useMutation(
    trpc.communications.sendMessage.mutationOptions({
      onSuccess: () => {
        onOpenChange(false);
        messagesChanged();
      },
    }),
  );
  const emails = check.data?.emails ?? 0;
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Send “${message.title}”?`}
      isDangerous={false}
      confirmLabel={emails > 0 ? `Send ${plural(emails, 'e-mail')}` : 'Send'}
      isPending={send.isPending}
      isDisabled={emails === 0}
      onConfirm={() => send.mutate({ weddingId, id: message.id, version: message.version })}
      error={<FailureNote error={send.error} />}
    >
      <p>E-mails that have left cannot be called back. You can pause while they are being sent.</p>
      <AudienceResult weddingId={weddingId} check={check.data} error={check.error} />
    </ConfirmDialog>
  );
}
