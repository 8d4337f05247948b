import { useMutation } from '@tanstack/react-query';
import type { Delivery } from '@wedsync/contracts/communications';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { guestsChanged } from '../../guests/guests-changed.ts';
import { reasonWords } from '../delivery-words.ts';
import { messagesChanged } from '../messages-changed.ts';

interface FixDialogProps {
  weddingId: string;
  delivery: Delivery;
  onClose: () => void;
}

/** Corrects the address that did not work, and sends the message to this guest alone. */
export function FixDialog({ weddingId, delivery, onClose }: FixDialogProps) {
  const [address, setAddress] = useState(delivery.address ?? '');
  // One press, one message: a repeated request with the same key answers what the first one did.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const isText = delivery.channel === 'sms';
  const name = delivery.guestName || 'this guest';
  const fix = useMutation(
    trpc.communications.fixAndResend.mutationOptions({
      onSuccess: () => {
        messagesChanged();
        void guestsChanged();
        notify({ tone: 'done', title: `The message is on its way to ${name}` });
        onClose();
      },
    }),
  );
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Reach ${name}`}
      subtitle={delivery.reason ? reasonWords[delivery.reason] : undefined}
      size="sm"
      isDismissable={false}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="fix-address" variant="primary" isPending={fix.isPending}>
            Save and send
          </Button>
        </>
      }
    >
      <Form
        id="fix-address"
        onSubmit={() =>
          fix.mutate({
            weddingId,
            messageId: delivery.messageId,
            deliveryId: delivery.id,
            address: address.trim(),
            idempotencyKey,
          })
        }
        fieldErrors={fix.error ? failureOf(fix.error).fields : undefined}
      >
        <FailureNote error={fix.error} />
        <TextField
          label={isText ? 'Telephone number' : 'E-mail address'}
          description="It also replaces the one on the guest list."
          type={isText ? 'tel' : 'email'}
          name="address"
          autoComplete="off"
          value={address}
          onChange={setAddress}
          isRequired
          autoFocus
        />
      </Form>
    </Dialog>
  );
}
