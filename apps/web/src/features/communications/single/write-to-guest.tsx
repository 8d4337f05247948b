import { useMutation, useQuery } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { Guest } from '@wedsync/contracts/guests';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { Send } from 'lucide-react';
import { useRef, useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { guestName } from '../../guests/words.ts';
import { PreviewFrame } from '../composer/preview-frame.tsx';
import { WordingFields } from '../composer/wording-fields.tsx';
import { messagesChanged } from '../messages-changed.ts';
import { SingleChoices } from './single-choices.tsx';
import { SingleOutcome } from './single-outcome.tsx';
import { useSingleDraft } from './use-single-draft.ts';

interface WriteToGuestProps {
  weddingId: string;
  guest: Guest;
  onClose: () => void;
}

/** Writes to one guest at once, past every mailing, and stays to tell what became of it. */
export function WriteToGuest({ weddingId, guest, onClose }: WriteToGuestProps) {
  const draft = useSingleDraft(weddingId, guest.id);
  const { channel, language, wording, kind, template, isWorded, preview } = draft;
  const [sentId, setSentId] = useState<string | null>(null);
  const sms = useQuery(trpc.communications.getSmsStatus.queryOptions({ weddingId }));
  // One intent, however often the button is pressed or the answer is lost.
  const intent = useRef(crypto.randomUUID());
  const send = useMutation(
    trpc.communications.sendSingle.mutationOptions({
      onSuccess: ({ id }) => {
        messagesChanged();
        setSentId(id);
      },
    }),
  );
  const name = guestName(guest);
  const submit = () =>
    send.mutate({
      weddingId,
      guestId: guest.id,
      channel,
      kind,
      title: `To ${name}`.slice(0, 120),
      templateId: template?.id ?? null,
      defaultLanguage: language,
      wordings: [wording],
      idempotencyKey: intent.current,
    });
  if (sentId !== null) {
    return (
      <Dialog
        isOpen
        onOpenChange={onClose}
        title={`Your message to ${name}`}
        size="sm"
        footer={
          <Button variant="primary" onPress={onClose}>
            Done
          </Button>
        }
      >
        <SingleOutcome weddingId={weddingId} messageId={sentId} />
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Write to ${name}`}
      subtitle="It leaves at once, past every mailing."
      size="lg"
      isDismissable={false}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="single"
            variant="primary"
            isDisabled={!isWorded || draft.issues.length > 0}
            isPending={send.isPending}
          >
            <Send aria-hidden="true" />
            Send it now
          </Button>
        </>
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Form
          id="single"
          onSubmit={submit}
          fieldErrors={send.error ? failureOf(send.error).fields : undefined}
          className="flex flex-col gap-5"
        >
          <FailureNote error={send.error} />
          <SingleChoices weddingId={weddingId} draft={draft} guest={guest} sms={sms.data} />
          <WordingFields
            wording={wording}
            onChange={draft.setText}
            issues={draft.issues}
            rows={7}
          />
        </Form>
        {preview.data && isWorded ? (
          <PreviewFrame preview={preview.data} look={{ width: 'desktop', theme: 'light' }} />
        ) : (
          <p className="rounded-lg bg-sunken px-4 py-10 text-center text-ink-soft">
            Write {channel === 'email' ? 'a subject and ' : ''}a text: it appears here as {name}{' '}
            will read it.
          </p>
        )}
      </div>
    </Dialog>
  );
}
