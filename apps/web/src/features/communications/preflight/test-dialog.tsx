import { useMutation } from '@tanstack/react-query';
import type { Message } from '@wedsync/contracts/communications';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { Select } from '@wedsync/ui/select';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { useProfile } from '../../../lib/session.ts';
import { trpc } from '../../../lib/trpc.ts';
import { GuestChoice } from '../composer/guest-choice.tsx';
import { channelWords, languageWords } from '../message-words.ts';

interface TestDialogProps {
  weddingId: string;
  message: Message;
  onClose: () => void;
}

/** Sends the saved message to oneself, worded as for one guest. */
export function TestDialog({ weddingId, message, onClose }: TestDialogProps) {
  const { email } = useProfile();
  const channels = [...new Set(message.wordings.map((one) => one.channel))];
  const [channel, setChannel] = useState(message.channel);
  const [guestId, setGuestId] = useState<string | null>(null);
  const [language, setLanguage] = useState('own');
  const languages = [...new Set(message.wordings.map((one) => one.language))];
  const test = useMutation(
    trpc.communications.sendTestMessage.mutationOptions({
      onSuccess: () => {
        notify({ tone: 'done', title: 'A test is on its way to you' });
        onClose();
      },
    }),
  );
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Send me a test"
      size="sm"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="test-message" variant="primary" isPending={test.isPending}>
            Send the test
          </Button>
        </>
      }
    >
      <Form
        id="test-message"
        onSubmit={() =>
          test.mutate({
            weddingId,
            id: message.id,
            guestId,
            channel,
            language: language === 'own' ? null : language,
          })
        }
        fieldErrors={test.error ? failureOf(test.error).fields : undefined}
      >
        <FailureNote error={test.error} />
        {channels.length > 1 ? (
          <Select
            label="Channel"
            options={channels.map((value) => ({ value, label: channelWords[value] }))}
            value={channel}
            onChange={setChannel}
          />
        ) : null}
        <GuestChoice
          weddingId={weddingId}
          label="Worded as for"
          value={guestId}
          onChange={setGuestId}
        />
        {languages.length > 1 ? (
          <Select
            label="Language"
            options={[
              { value: 'own', label: 'The guest’s own' },
              ...languages.map((value) => ({ value, label: languageWords(value) })),
            ]}
            value={language}
            onChange={setLanguage}
          />
        ) : null}
        <p className="text-ink-soft">
          It goes to your own address, {email}
          {channel === 'email' ? '' : ', with the words of the other channel'}.
        </p>
      </Form>
    </Dialog>
  );
}
