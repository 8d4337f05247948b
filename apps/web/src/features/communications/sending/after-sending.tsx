import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Message } from '@wedsync/contracts/communications';
import { Button } from '@wedsync/ui/button';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { LinkButton } from '@wedsync/ui/link-button';
import { notify } from '@wedsync/ui/toast';
import { Download, MailQuestion, RotateCw } from 'lucide-react';
import { plural } from '../../../lib/format.ts';
import { trpc } from '../../../lib/trpc.ts';
import { messagesChanged } from '../messages-changed.ts';

/** What follows a sending: try the failed again, ask those who kept silent, keep the report. */
export function AfterSending({ weddingId, message }: { weddingId: string; message: Message }) {
  const navigate = useNavigate();
  const retry = useMutation(
    trpc.communications.retryFailed.mutationOptions({
      onSuccess: ({ retried }) => {
        messagesChanged();
        notify(
          retried > 0
            ? {
                tone: 'done',
                title: `${plural(retried, 'delivery', 'deliveries')} in the line again`,
              }
            : { tone: 'news', title: 'Nothing is left to try again' },
        );
      },
      onError: (error) => notifyFailure('Nothing was sent again', error),
    }),
  );
  const askAgain = useMutation(
    trpc.communications.resendUnanswered.mutationOptions({
      onSuccess: ({ id }) => {
        messagesChanged();
        notify({ tone: 'done', title: 'A draft to those who have not answered' });
        void navigate({
          to: '/weddings/$weddingId/messages/$messageId',
          params: { weddingId, messageId: id },
        });
      },
      onError: (error) => notifyFailure('No draft was written', error),
    }),
  );
  const { counts, state } = message;
  if (!counts) return null;
  const id = message.id;
  return (
    <div className="flex flex-wrap gap-2">
      {counts.failed > 0 && state !== 'cancelled' ? (
        <Button
          size="sm"
          onPress={() => retry.mutate({ weddingId, id })}
          isPending={retry.isPending}
        >
          <RotateCw aria-hidden="true" />
          Try the {plural(counts.failed, 'failed one', 'failed ones')} again
        </Button>
      ) : null}
      {state === 'sent' ? (
        <Button
          size="sm"
          onPress={() => askAgain.mutate({ weddingId, id })}
          isPending={askAgain.isPending}
        >
          <MailQuestion aria-hidden="true" />
          Write to those who have not answered
        </Button>
      ) : null}
      <LinkButton
        size="sm"
        href={`/exports/messages/${weddingId}/${id}/deliveries.csv`}
        // A file of the server, not a page of the application.
        download
      >
        <Download aria-hidden="true" />
        Report (CSV)
      </LinkButton>
    </div>
  );
}
