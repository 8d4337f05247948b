import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { ComboBox } from '@wedsync/ui/combo-box';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';

/** Gives a company a number of its own, in place of the one it had. */
export function NumberDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [orgId, setOrgId] = useState<string | null>(null);
  const [number, setNumber] = useState('');
  const companies = useQuery(
    trpc.monitoring.listOrganizations.queryOptions({ search: '', limit: 100 }),
  );
  const assign = useMutation(
    trpc.monitoring.assignSmsNumber.mutationOptions({
      onSuccess: () => {
        notify({ tone: 'done', title: 'The company texts from this number now' });
        onClose();
        return queries.invalidateQueries({ queryKey: trpc.monitoring.listSmsNumbers.pathKey() });
      },
    }),
  );
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Give a company a number"
      size="sm"
      isDismissable={false}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="sms-number"
            variant="primary"
            isDisabled={orgId === null}
            isPending={assign.isPending}
          >
            Give it
          </Button>
        </>
      }
    >
      <Form
        id="sms-number"
        onSubmit={() => orgId && assign.mutate({ orgId, number: number.replace(/[\s().-]/g, '') })}
        fieldErrors={assign.error ? failureOf(assign.error).fields : undefined}
      >
        <FailureNote error={assign.error} />
        <ComboBox
          label="Company"
          options={(companies.data?.items ?? []).map(({ orgId: value, name }) => ({
            value,
            label: name,
          }))}
          value={orgId}
          onChange={setOrgId}
          emptyText="No company has this name."
        />
        <TextField
          label="Number"
          description="As your provider names it, with the country code. A number it replaces can be given to others."
          name="number"
          type="tel"
          placeholder="+351912345678"
          value={number}
          onChange={(next) => {
            setNumber(next);
            // Not at leaving the field: the dialog would move away from under the button.
            if (assign.error) assign.reset();
          }}
          isRequired
        />
        <p className="text-ink-soft text-sm">
          For guests a new number is a new conversation: its first text says again how to stop. Who
          had opted out of the old number stays opted out.
        </p>
      </Form>
    </Dialog>
  );
}
