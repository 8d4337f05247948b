import { useMutation } from '@tanstack/react-query';
import type { Message } from '@wedsync/contracts/communications';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { ProgressBar } from '@wedsync/ui/progress-bar';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { Pause, Play, Square } from 'lucide-react';
import { formatCount, formatMoment, plural } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { DeliveryList } from './delivery-list.tsx';
import { reasonWords, subjectWords } from './message-words.ts';
import { messagesChanged } from './messages-changed.ts';

interface SendingViewProps {
  weddingId: string;
  message: Message;
}

function Controls({ weddingId, message }: SendingViewProps) {
  const options = {
    onSuccess: messagesChanged,
    onError: (error: unknown) => notifyFailure('Nothing was changed', error),
  };
  const pause = useMutation(trpc.communications.pauseMessage.mutationOptions(options));
  const resume = useMutation(trpc.communications.resumeMessage.mutationOptions(options));
  const cancel = useMutation(trpc.communications.cancelMessage.mutationOptions(options));
  const target = { weddingId, id: message.id, version: message.version };
  const isMoving = message.state === 'queued' || message.state === 'sending';
  if (!isMoving && message.state !== 'paused') return null;
  return (
    <div className="flex flex-wrap gap-2">
      {isMoving ? (
        <Button size="sm" onPress={() => pause.mutate(target)} isPending={pause.isPending}>
          <Pause aria-hidden="true" />
          Pause
        </Button>
      ) : (
        <Button
          size="sm"
          variant="primary"
          onPress={() => resume.mutate(target)}
          isPending={resume.isPending}
        >
          <Play aria-hidden="true" />
          Go on
        </Button>
      )}
      <Button size="sm" onPress={() => cancel.mutate(target)} isPending={cancel.isPending}>
        <Square aria-hidden="true" />
        Stop for good
      </Button>
    </div>
  );
}

/** A message on its way or sent: how far it is, and what became of it for each guest. */
export function SendingView({ weddingId, message }: SendingViewProps) {
  const { counts } = message;
  const settled = counts
    ? counts.sent + counts.failed + counts.skipped + counts.inDoubt + counts.cancelled
    : 0;
  const isMoving = message.state === 'queued' || message.state === 'sending';
  return (
    <div className="flex flex-col gap-5">
      <Card
        title={subjectWords(message.subject)}
        note={message.queuedAt ? `Sent off ${formatMoment(message.queuedAt)}` : undefined}
        actions={<Controls weddingId={weddingId} message={message} />}
      >
        {counts ? (
          <div className="flex flex-col gap-5">
            {isMoving || message.state === 'paused' ? (
              <ProgressBar
                label={message.state === 'paused' ? 'Paused' : 'Sending'}
                value={settled}
                max={counts.audience}
                valueText={`${formatCount(settled)} of ${formatCount(counts.audience)}`}
              />
            ) : null}
            <StatRow>
              <Stat label="Guests" value={formatCount(counts.audience)} />
              <Stat label="Sent" value={formatCount(counts.sent)} />
              <Stat label="Left out" value={formatCount(counts.skipped)} />
              <Stat label="Failed" value={formatCount(counts.failed)} />
              <Stat label="Not certain" value={formatCount(counts.inDoubt)} />
            </StatRow>
            {message.reasons.length > 0 ? (
              <ul className="m-0 list-none space-y-1 p-0 text-ink-soft text-sm">
                {message.reasons.map(({ reason, count }) => (
                  <li key={reason}>
                    {reasonWords[reason]}: {plural(count, 'guest')}
                  </li>
                ))}
              </ul>
            ) : null}
          </div>
        ) : (
          <ProgressBar label="Collecting the guests…" />
        )}
      </Card>
      <DeliveryList weddingId={weddingId} messageId={message.id} settled={settled} />
    </div>
  );
}
