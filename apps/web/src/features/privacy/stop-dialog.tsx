import { useMutation } from '@tanstack/react-query';
import type {
  AddSuppression,
  SuppressionChannel,
} from '@wedsync/contracts/communications-feedback';
import { failureOf } from '@wedsync/contracts/failure';
import type { Guest } from '@wedsync/contracts/guests';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { guestName } from '../guests/words.ts';
import { privacyChanged } from './privacy-changed.ts';

interface StopDialogProps {
  weddingId: string;
  guest: Guest;
  onClose: () => void;
}

/** Stops a channel for the present address or number of a guest, and for who shares it. */
export function StopDialog({ weddingId, guest, onClose }: StopDialogProps) {
  const [channel, setChannel] = useState<SuppressionChannel>(guest.email ? 'email' : 'sms');
  const [note, setNote] = useState<AddSuppression['note']>('');
  const stop = useMutation(
    trpc.communications.addSuppression.mutationOptions({
      onSuccess: () => {
        privacyChanged();
        notify({ tone: 'done', title: 'Nothing more goes there' });
        onClose();
      },
    }),
  );
  const options = [
    {
      value: 'email' as const,
      label: 'E-mail',
      note: guest.email ?? 'There is no address.',
      isDisabled: !guest.email,
    },
    {
      value: 'sms' as const,
      label: 'Text messages',
      note: guest.phone ?? 'There is no number.',
      isDisabled: !guest.phone,
    },
  ];
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Write to ${guestName(guest)} no more?`}
      size="sm"
      isDismissable={false}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="stop"
            variant="primary"
            isDisabled={!guest.email && !guest.phone}
            isPending={stop.isPending}
          >
            Write no more
          </Button>
        </>
      }
    >
      <Form
        id="stop"
        onSubmit={() => stop.mutate({ weddingId, guestId: guest.id, channel, note })}
        fieldErrors={stop.error ? failureOf(stop.error).fields : undefined}
        className="flex flex-col gap-5"
      >
        <FailureNote error={stop.error} />
        <RadioGroup label="By" options={options} value={channel} onChange={setChannel} />
        <TextField
          label="Why"
          description="In the guest’s own words where there are any. It is kept."
          name="note"
          value={note}
          onChange={setNote}
          isRequired
        />
        <p className="text-ink-soft text-sm">
          It holds from the next message on, also for others with the same address, after an erasure
          and after a new import.
        </p>
      </Form>
    </Dialog>
  );
}
