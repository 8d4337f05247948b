import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { ConsentChannel, ConsentStatus, RecordConsent } from '@wedsync/contracts/privacy';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Select } from '@wedsync/ui/select';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { optionsOf } from '../guests/words.ts';
import { privacyChanged } from './privacy-changed.ts';
import { consentChannelWords, consentWayWords } from './privacy-words.ts';

interface ConsentDialogProps {
  weddingId: string;
  guestId: RecordConsent['guestId'];
  onClose: () => void;
}

const statuses: { value: ConsentStatus; label: string }[] = [
  { value: 'granted', label: 'Agrees' },
  { value: 'withdrawn', label: 'Does not want it (any more)' },
];
const ways = (['paper', 'verbal', 'import'] as const).map((value) => ({
  value,
  label: consentWayWords[value],
}));

/** Writes down what a guest said; an entry of the ledger never changes, a later one overrules it. */
export function ConsentDialog({ weddingId, guestId, onClose }: ConsentDialogProps) {
  const [channel, setChannel] = useState<ConsentChannel>('sms');
  const [status, setStatus] = useState<ConsentStatus>('granted');
  const [how, setHow] = useState<RecordConsent['how']>('verbal');
  const [proof, setProof] = useState('');
  const record = useMutation(
    trpc.privacy.recordConsent.mutationOptions({
      onSuccess: () => {
        privacyChanged();
        notify({ tone: 'done', title: 'It is written down' });
        onClose();
      },
    }),
  );
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="What did the guest say?"
      size="sm"
      isDismissable={false}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="consent" variant="primary" isPending={record.isPending}>
            Write it down
          </Button>
        </>
      }
    >
      <Form
        id="consent"
        onSubmit={() =>
          record.mutate({ weddingId, guestId, channel, status, how, proof: proof.trim() || null })
        }
        fieldErrors={record.error ? failureOf(record.error).fields : undefined}
        className="flex flex-col gap-5"
      >
        <FailureNote error={record.error} />
        <Select
          label="About"
          options={optionsOf(consentChannelWords)}
          value={channel}
          onChange={setChannel}
        />
        <RadioGroup label="The guest" options={statuses} value={status} onChange={setStatus} />
        <Select label="Said so" options={ways} value={how} onChange={setHow} />
        <TextField
          label="Proof"
          description="For example: signed form, folder 3. Leave it empty where there is none."
          name="proof"
          value={proof}
          onChange={setProof}
        />
      </Form>
    </Dialog>
  );
}
