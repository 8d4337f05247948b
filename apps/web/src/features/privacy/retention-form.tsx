import { useMutation } from '@tanstack/react-query';
import type { RetentionPolicy } from '@wedsync/contracts/privacy';
import { Button } from '@wedsync/ui/button';
import { Checkbox } from '@wedsync/ui/checkbox';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { NumberField } from '@wedsync/ui/number-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { privacyChanged } from './privacy-changed.ts';

const monthsAtFirst = 24;

interface RetentionFormProps {
  orgId: string;
  policy: RetentionPolicy;
}

/** How long contacts stay after a wedding, for all weddings of a company. */
export function RetentionForm({ orgId, policy }: RetentionFormProps) {
  const [months, setMonths] = useState(policy.contactsKeptMonths);
  const update = useMutation(
    trpc.privacy.updateRetentionPolicy.mutationOptions({
      onSuccess: () => {
        privacyChanged();
        notify({ tone: 'done', title: 'The time is saved' });
      },
    }),
  );
  return (
    <Form
      onSubmit={() => update.mutate({ orgId, contactsKeptMonths: months, version: policy.version })}
    >
      <FailureNote error={update.error} />
      <Checkbox
        isSelected={months !== null}
        onChange={(isOn) => setMonths(isOn ? monthsAtFirst : null)}
      >
        Delete contacts some time after the wedding, in all weddings of the company
      </Checkbox>
      {months === null ? null : (
        <NumberField
          label="Months after the wedding day"
          minValue={1}
          maxValue={120}
          value={months}
          onChange={setMonths}
        />
      )}
      <Button
        type="submit"
        className="self-start"
        isDisabled={months === policy.contactsKeptMonths}
        isPending={update.isPending}
      >
        Save
      </Button>
    </Form>
  );
}
