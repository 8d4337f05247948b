import { useMutation, useQuery } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { SeatingVersion } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureNote, FailureState } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import { queryClient } from '../../../lib/query-client.ts';
import { trpc } from '../../../lib/trpc.ts';
import { useSeating } from '../plan-store.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { VersionLine } from './version-line.tsx';

const versionsChanged = () =>
  void queryClient.invalidateQueries(trpc.seating.listVersions.pathFilter());

function SaveForm() {
  const { weddingId, eventId } = useSeating();
  const [name, setName] = useState('');
  const save = useMutation(
    trpc.seating.saveVersion.mutationOptions({
      onSuccess: (version) => {
        setName('');
        notify({ tone: 'done', title: `Kept as “${version.name}”` });
      },
      onSettled: versionsChanged,
    }),
  );
  return (
    <div className="flex flex-col gap-3">
      <Form
        onSubmit={() => save.mutate({ weddingId, eventId, name })}
        fieldErrors={save.error ? failureOf(save.error).fields : undefined}
        className="flex items-end gap-2"
      >
        <TextField
          label="Keep the plan as it is now"
          name="name"
          placeholder="Before the in-laws called"
          value={name}
          onChange={setName}
          maxLength={80}
          className="flex-1"
        />
        <Button
          type="submit"
          variant="primary"
          isDisabled={!name.trim()}
          isPending={save.isPending}
        >
          Keep
        </Button>
      </Form>
      <FailureNote error={save.error} />
    </div>
  );
}

/** Plans that were kept under a name: compare with the present one, bring back, remove. */
export function VersionsPanel() {
  const { weddingId, eventId, canEdit } = useSeating();
  const [open, setOpen] = useState<SeatingVersion | null>(null);
  const query = useQuery(trpc.seating.listVersions.queryOptions({ weddingId, eventId }));
  if (query.error) {
    return <FailureState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <SkeletonRows label="The versions are loading" />;
  return (
    <section aria-label="Versions" className="flex flex-col gap-5">
      {canEdit ? <SaveForm /> : null}
      {query.data.length === 0 ? (
        <EmptyState icon={<Bookmark />} title="No version yet">
          Keep a plan before you try something else: you can compare, and bring it back.
        </EmptyState>
      ) : (
        <ul className="m-0 list-none divide-y divide-line p-0">
          {query.data.map((version) => (
            <VersionLine
              key={version.id}
              version={version}
              onCompare={() => setOpen(version)}
              onRemoved={versionsChanged}
            />
          ))}
        </ul>
      )}
      {open ? <CompareDialog version={open} onClose={() => setOpen(null)} /> : null}
    </section>
  );
}
