import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { GuestRow } from '@wedsync/contracts/guests';
import { Button } from '@wedsync/ui/button';
import { Checkbox } from '@wedsync/ui/checkbox';
import { CheckboxGroup } from '@wedsync/ui/checkbox-group';
import { ComboBox } from '@wedsync/ui/combo-box';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useMemo, useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { useWedding } from '../../lib/wedding.ts';
import { emptyDraft, fieldsOf, type GuestDraft } from './guest-draft.ts';
import { FormSection, GuestFieldsForm } from './guest-fields-form.tsx';
import { guestsChanged } from './guests-changed.ts';
import { useGuestWords } from './use-guest-words.ts';
import { guestName } from './words.ts';

interface NewGuestDrawerProps {
  weddingId: string;
  rows: readonly GuestRow[];
  onClose: () => void;
}

/** Adds a guest to a household that exists or to a new one; can be used many times in a row. */
export function NewGuestDrawer({ weddingId, rows, onClose }: NewGuestDrawerProps) {
  const { events } = useWedding(weddingId);
  const { sides } = useGuestWords(weddingId);
  const [draft, setDraft] = useState<GuestDraft>(emptyDraft);
  const [householdId, setHouseholdId] = useState<string | null>(null);
  const [householdName, setHouseholdName] = useState('');
  const [eventIds, setEventIds] = useState(() => events.map((event): string => event.id));
  const [opensNext, setOpensNext] = useState(false);
  const households = useMemo(() => {
    const names = new Map<string, string>(rows.map((row) => [row.householdId, row.householdName]));
    return [...names].map(([value, label]) => ({ value, label }));
  }, [rows]);
  const create = useMutation(
    trpc.guests.create.mutationOptions({
      onSuccess: (guest) => {
        void guestsChanged();
        notify({ tone: 'done', title: `${guestName(guest)} is on the list` });
        if (!opensNext) return onClose();
        // The next guest is mostly of the same household.
        setDraft({ ...emptyDraft, side: draft.side, lastName: draft.lastName });
        setHouseholdId(guest.householdId);
      },
    }),
  );
  const save = () =>
    create.mutate({
      weddingId,
      ...fieldsOf(draft),
      eventIds,
      ...(householdId
        ? { householdId }
        : householdName.trim()
          ? { householdName: householdName.trim() }
          : {}),
    });
  const failure = create.error ? failureOf(create.error) : null;
  const isEmpty = !draft.firstName.trim() && !draft.lastName.trim();

  return (
    <Dialog
      kind="drawer"
      isOpen
      onOpenChange={onClose}
      isDismissable={false}
      title="New guest"
      footer={
        <>
          <Checkbox isSelected={opensNext} onChange={setOpensNext} className="mr-auto">
            Add another
          </Checkbox>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="new-guest"
            variant="primary"
            isDisabled={isEmpty}
            isPending={create.isPending}
          >
            {create.isPending ? 'Adding…' : 'Add guest'}
          </Button>
        </>
      }
    >
      <Form
        id="new-guest"
        onSubmit={save}
        fieldErrors={failure?.fields}
        className="flex flex-col gap-7"
      >
        <FailureNote error={create.error} />
        <FormSection title="Household">
          <ComboBox
            label="Household that exists"
            placeholder="Leave empty for a new one"
            options={households}
            value={householdId}
            onChange={setHouseholdId}
          />
          {householdId ? null : (
            <TextField
              label="Name of the new household"
              name="householdName"
              placeholder={draft.lastName || 'The last name'}
              value={householdName}
              onChange={setHouseholdName}
            />
          )}
        </FormSection>
        {events.length > 0 ? (
          <CheckboxGroup label="Invited to" value={eventIds} onChange={setEventIds}>
            {events.map((event) => (
              <Checkbox key={event.id} value={event.id}>
                {event.name}
              </Checkbox>
            ))}
          </CheckboxGroup>
        ) : null}
        <GuestFieldsForm
          draft={draft}
          sides={sides}
          onChange={(patch) => setDraft({ ...draft, ...patch })}
        />
      </Form>
    </Dialog>
  );
}
