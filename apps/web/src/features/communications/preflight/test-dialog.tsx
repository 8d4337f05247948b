import { useMutation } from '@tanstack/react-query';
import type { Message } from '@wedsync/contracts/communications';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Select } from '@wedsync/ui/select';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { plural } from '../../../lib/format.ts';
import { useProfile } from '../../../lib/session.ts';
import { trpc } from '../../../lib/trpc.ts';
import { GuestChoice } from '../composer/guest-choice.tsx';
import { channelWords, languageWords } from '../message-words.ts';

interface TestDialogProps {
  weddingId: string;
  message: Message;
  onClose: () => void;
}

/** Where a test of a text goes: read as an e-mail, or on a telephone. */
const ways: { value: 'email' | 'sms'; label: string }[] = [
  { value: 'sms', label: 'By text to my number' },
  { value: 'email', label: 'By e-mail to me' },
];

/** Sends the saved message to oneself, worded as for one guest. */
export function TestDialog({ weddingId, message, onClose }: TestDialogProps) {
  const { email } = useProfile();
  const channels = [...new Set(message.wordings.map((one) => one.channel))];
  const [channel, setChannel] = useState(message.channel);
  const [guestId, setGuestId] = useState<string | null>(null);
  const [language, setLanguage] = useState('own');
  const languages = [...new Set(message.wordings.map((one) => one.language))];
  const [way, setWay] = useState<'email' | 'sms'>('sms');
  const [phone, setPhone] = useState('');
  const isText = channel === 'sms' && way === 'sms';
  const chosen = language === 'own' ? null : language;
  const text = useMutation(
    trpc.communications.sendTestText.mutationOptions({
      onSuccess: ({ from, segments, isSimulated }) => {
        notify({
          tone: 'done',
          title: isSimulated
            ? 'The test is in the simulator of this machine'
            : `The provider took the test: ${plural(segments, 'segment')} from ${from}`,
        });
        onClose();
      },
    }),
  );
  const test = useMutation(
    trpc.communications.sendTestMessage.mutationOptions({
      onSuccess: () => {
        notify({ tone: 'done', title: 'A test is on its way to you' });
        onClose();
      },
    }),
  );
  const error = isText ? text.error : test.error;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Send me a test"
      size="sm"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="test-message"
            variant="primary"
            isPending={test.isPending || text.isPending}
          >
            Send the test
          </Button>
        </>
      }
    >
      <Form
        id="test-message"
        onSubmit={() =>
          isText
            ? text.mutate({ weddingId, id: message.id, guestId, language: chosen, phone })
            : test.mutate({ weddingId, id: message.id, guestId, channel, language: chosen })
        }
        fieldErrors={error ? failureOf(error).fields : undefined}
      >
        <FailureNote error={error} />
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
        {channel === 'sms' ? (
          <RadioGroup label="Send it" options={ways} value={way} onChange={setWay} />
        ) : null}
        {isText ? (
          <TextField
            label="Your mobile number"
            description="With its country code. It is used for this test and not kept."
            name="phone"
            type="tel"
            autoComplete="tel"
            placeholder="+351912345678"
            value={phone}
            onChange={setPhone}
            isRequired
          />
        ) : (
          <p className="text-ink-soft">
            It goes to your own address, {email}
            {channel === 'email' ? '' : ', with the words of the other channel'}.
          </p>
        )}
      </Form>
    </Dialog>
  );
}
