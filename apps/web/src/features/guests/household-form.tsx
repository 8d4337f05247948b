import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { Household, HouseholdFields } from '@wedsync/contracts/households';
import { Button } from '@wedsync/ui/button';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { TextArea } from '@wedsync/ui/text-area';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { currentOf } from '../../lib/conflict.ts';
import { trpc } from '../../lib/trpc.ts';
import { FormSection } from './guest-fields-form.tsx';
import { guestsChanged } from './guests-changed.ts';

interface HouseholdFormProps {
  weddingId: string;
  household: Household;
  canEdit: boolean;
}

const fields = ['name', 'street', 'postalCode', 'city', 'region', 'country', 'notes'] as const;
type Field = (typeof fields)[number];

const isHousehold = (value: object): value is Household => 'postalCode' in value;

/** Name and postal address of a household. */
export function HouseholdForm({ weddingId, household, canEdit }: HouseholdFormProps) {
  const [draft, setDraft] = useState<HouseholdFields>({});
  const update = useMutation(
    trpc.guests.updateHousehold.mutationOptions({
      onSuccess: () => {
        void guestsChanged();
        notify({ tone: 'done', title: 'The household is saved' });
      },
    }),
  );
  const current = currentOf(update.error, isHousehold);
  const save = () =>
    update.mutate({
      weddingId,
      householdId: household.id,
      version: (current ?? household).version,
      patch: draft,
    });
  const text = (field: Field, label: string) => ({
    label,
    name: field,
    value: draft[field] ?? household[field],
    onChange: (value: string) => setDraft({ ...draft, [field]: value }),
    isDisabled: !canEdit,
    description:
      current && draft[field] !== undefined && current[field] !== household[field]
        ? `Somebody wrote “${current[field]}” meanwhile. Save again to keep yours.`
        : undefined,
  });
  return (
    <Form
      onSubmit={save}
      fieldErrors={update.error ? failureOf(update.error).fields : undefined}
      className="flex flex-col gap-4"
    >
      <FormSection title="Name and address">
        <TextField {...text('name', 'Name of the household')} />
        <TextField {...text('street', 'Street')} />
        <div className="grid grid-cols-[8rem_1fr] gap-3">
          <TextField {...text('postalCode', 'Postal code')} />
          <TextField {...text('city', 'City')} />
        </div>
        <div className="grid grid-cols-2 gap-3">
          <TextField {...text('region', 'Region')} />
          <TextField {...text('country', 'Country')} />
        </div>
        <TextArea {...text('notes', 'Notes')} rows={2} />
        <FailureNote error={update.error} />
        {canEdit ? (
          <Button
            type="submit"
            variant="primary"
            className="self-end"
            isDisabled={Object.keys(draft).length === 0}
            isPending={update.isPending}
          >
            Save household
          </Button>
        ) : null}
      </FormSection>
    </Form>
  );
}
