import { useMutation } from '@tanstack/react-query';
import type { Suppression } from '@wedsync/contracts/communications-feedback';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Checkbox } from '@wedsync/ui/checkbox';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { privacyChanged } from './privacy-changed.ts';
import { suppressionReasonWords } from './privacy-words.ts';

interface LiftDialogProps {
  weddingId: string;
  suppression: Suppression;
  onClose: () => void;
}

/** Writes to an address again. After an opt-out only the guest's own word allows it. */
export function LiftDialog({ weddingId, suppression, onClose }: LiftDialogProps) {
  const [reason, setReason] = useState('');
  const [guestAsked, setGuestAsked] = useState(false);
  const needsWord = suppression.reason === 'unsubscribed' || suppression.reason === 'complained';
  const lift = useMutation(
    trpc.communications.liftSuppression.mutationOptions({
      onSuccess: () => {
        privacyChanged();
        notify({ tone: 'done', title: 'Messages go to this address again' });
        onClose();
      },
    }),
  );
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Write to this address again?"
      subtitle={suppressionReasonWords[suppression.reason]}
      size="sm"
      isDismissable={false}
      footer={
        <>
          <Button onPress={onClose}>Keep as it is</Button>
          <Button
            type="submit"
            form="lift"
            variant="primary"
            isDisabled={needsWord && !guestAsked}
            isPending={lift.isPending}
          >
            Write again
          </Button>
        </>
      }
    >
      <Form
        id="lift"
        onSubmit={() =>
          lift.mutate({ weddingId, suppressionId: suppression.id, reason, guestAsked })
        }
        fieldErrors={lift.error ? failureOf(lift.error).fields : undefined}
      >
        <FailureNote error={lift.error} />
        {needsWord ? (
          <Checkbox isSelected={guestAsked} onChange={setGuestAsked}>
            The guest told me that they want messages again
          </Checkbox>
        ) : null}
        <TextField
          label="Why"
          description={needsWord ? 'How and when they said so; it is kept.' : 'It is kept.'}
          name="reason"
          value={reason}
          onChange={setReason}
          isRequired
          autoFocus
        />
      </Form>
    </Dialog>
  );
}
