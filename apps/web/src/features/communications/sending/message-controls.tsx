import { useMutation } from '@tanstack/react-query';
import type { Message } from '@wedsync/contracts/communications';
import { Button } from '@wedsync/ui/button';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { Pause, PenLine, Play, Send, Square } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { messagesChanged } from '../messages-changed.ts';

/** What can be done with a message now: depends on its state alone. */
export function MessageControls({ weddingId, message }: { weddingId: string; message: Message }) {
  const [isStopping, setStopping] = useState(false);
  const options = {
    onSuccess: messagesChanged,
    // The state on screen may be the one of a second ago.
    onError: (error: unknown) => {
      messagesChanged();
      notifyFailure('Nothing was changed', error);
    },
  };
  const pause = useMutation(trpc.communications.pauseMessage.mutationOptions(options));
  const resume = useMutation(trpc.communications.resumeMessage.mutationOptions(options));
  const cancel = useMutation(trpc.communications.cancelMessage.mutationOptions(options));
  const release = useMutation(trpc.communications.releaseMessage.mutationOptions(options));
  const unschedule = useMutation(trpc.communications.unscheduleMessage.mutationOptions(options));
  const { state } = message;
  const target = { weddingId, id: message.id, version: message.version };
  const isMoving = state === 'queued' || state === 'sending';
  return (
    <>
      {isMoving ? (
        <Button size="sm" onPress={() => pause.mutate(target)} isPending={pause.isPending}>
          <Pause aria-hidden="true" />
          Pause
        </Button>
      ) : null}
      {state === 'paused' ? (
        <Button
          size="sm"
          variant="primary"
          onPress={() => resume.mutate(target)}
          isPending={resume.isPending}
        >
          <Play aria-hidden="true" />
          Go on
        </Button>
      ) : null}
      {isMoving || state === 'paused' ? (
        <Button size="sm" onPress={() => setStopping(true)}>
          <Square aria-hidden="true" />
          Stop for good…
        </Button>
      ) : null}
      {state === 'held' ? (
        <Button
          size="sm"
          variant="primary"
          onPress={() => release.mutate(target)}
          isPending={release.isPending}
        >
          <Send aria-hidden="true" />
          Send it after all
        </Button>
      ) : null}
      {state === 'held' || state === 'scheduled' ? (
        <Button
          size="sm"
          onPress={() => unschedule.mutate(target)}
          isPending={unschedule.isPending}
        >
          <PenLine aria-hidden="true" />
          Back to a draft
        </Button>
      ) : null}
      <ConfirmDialog
        isOpen={isStopping}
        onOpenChange={setStopping}
        title="Stop this message for good?"
        confirmLabel="Stop it"
        isPending={cancel.isPending}
        onConfirm={() => cancel.mutate(target, { onSettled: () => setStopping(false) })}
      >
        What has left stays sent. Everybody else gets nothing, and the message cannot go on. Pausing
        keeps that way open.
      </ConfirmDialog>
    </>
  );
}
