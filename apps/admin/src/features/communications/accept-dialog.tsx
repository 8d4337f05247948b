import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { IntegrityFinding } from '@wedsync/contracts/communications-integrity';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { TextArea } from '@wedsync/ui/text-area';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';

interface AcceptDialogProps {
  finding: IntegrityFinding;
  onClose: () => void;
}

/** Says why a finding may stay; the reason is kept with it and in the operators' log. */
export function AcceptDialog({ finding, onClose }: AcceptDialogProps) {
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const accept = useMutation(
    trpc.communications.acceptFinding.mutationOptions({
      onSuccess: () => {
        notify({ tone: 'done', title: 'The finding is accepted' });
        onClose();
        return queryClient.invalidateQueries(
          trpc.communications.listIntegrityFindings.pathFilter(),
        );
      },
    }),
  );
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Accept this finding?"
      subtitle={finding.meaning}
      size="sm"
      isDismissable={false}
      footer={
        <>
          <Button onPress={onClose}>Keep it open</Button>
          <Button type="submit" form="accept" variant="primary" isPending={accept.isPending}>
            Accept
          </Button>
        </>
      }
    >
      <Form
        id="accept"
        onSubmit={() => accept.mutate({ findingId: finding.id, note })}
        fieldErrors={accept.error ? failureOf(accept.error).fields : undefined}
      >
        <FailureNote error={accept.error} />
        <TextArea
          label="Why it may stay"
          name="note"
          rows={3}
          value={note}
          onChange={setNote}
          isRequired
        />
      </Form>
    </Dialog>
  );
}
