import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Profile } from '@wedsync/contracts/account';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { Select } from '@wedsync/ui/select';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { weddingsChanged } from '../../lib/wedding.ts';
import { hereDefaults } from './place-options.ts';
import { coupleTitle, type WeddingDraft, WeddingFields, weddingInput } from './wedding-fields.tsx';

interface NewWeddingDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  organizations: Profile['organizations'];
}

const emptyWedding = (): WeddingDraft => ({
  title: '',
  partnerAName: '',
  partnerBName: '',
  date: '',
  rsvpDeadline: '',
  venue: '',
  locale: 'en',
  currency: 'EUR',
  ...hereDefaults(),
});

/** Starts a wedding; everything can be changed later. */
export function NewWeddingDialog({ isOpen, onOpenChange, organizations }: NewWeddingDialogProps) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(emptyWedding);
  const [chosenOrg, setChosenOrg] = useState<string | null>(null);
  const orgId = chosenOrg ?? organizations[0]?.orgId;
  const create = useMutation(
    trpc.weddings.create.mutationOptions({
      onSuccess: ({ id }) => {
        weddingsChanged();
        onOpenChange(false);
        setDraft(emptyWedding());
        void navigate({ to: '/weddings/$weddingId', params: { weddingId: id } });
      },
    }),
  );
  const save = () => {
    if (!orgId) return;
    const input = weddingInput({ ...draft, title: draft.title.trim() || coupleTitle(draft) });
    create.mutate({ orgId, ...input });
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={false}
      title="New wedding"
      footer={
        <>
          <Button onPress={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form="new-wedding" variant="primary" isPending={create.isPending}>
            {create.isPending ? 'Creating…' : 'Create wedding'}
          </Button>
        </>
      }
    >
      <Form
        id="new-wedding"
        onSubmit={save}
        fieldErrors={create.error ? failureOf(create.error).fields : undefined}
      >
        <FailureNote error={create.error} />
        {organizations.length > 1 ? (
          <Select
            label="Company"
            options={organizations.map((entry) => ({
              value: String(entry.orgId),
              label: entry.name,
            }))}
            value={orgId ?? null}
            onChange={setChosenOrg}
          />
        ) : null}
        <WeddingFields
          draft={draft}
          onChange={(patch) => setDraft((previous) => ({ ...previous, ...patch }))}
        />
      </Form>
    </Dialog>
  );
}
