import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { Guest } from '@wedsync/contracts/guests';
import { Button } from '@wedsync/ui/button';
import { FailureNote, notifyFailure } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { notify, notifyUndo } from '@wedsync/ui/toast';
import { useState } from 'react';
import { currentOf } from '../../lib/conflict.ts';
import { trpc } from '../../lib/trpc.ts';
import { ClashNote } from './clash-note.tsx';
import {
  changedFields,
  copyField,
  type DraftField,
  draftOf,
  mergeDraft,
  patchOf,
} from './guest-draft.ts';
import { GuestFieldsForm } from './guest-fields-form.tsx';
import { GuestTags } from './guest-tags.tsx';
import { guestsChanged } from './guests-changed.ts';
import { isGuest } from './is-guest.ts';
import { useGuestWords } from './use-guest-words.ts';
import { guestName } from './words.ts';

interface GuestDetailsProps {
  weddingId: string;
  guest: Guest;
  canEdit: boolean;
  onClose: () => void;
}

/** The guest's own fields. Only what was touched is sent; a lost race shows both values. */
export function GuestDetails({ weddingId, guest, canEdit, onClose }: GuestDetailsProps) {
  const { sides } = useGuestWords(weddingId);
  // What the form started from; news from elsewhere comes in at saving, never while typing.
  const [base, setBase] = useState(guest);
  const [draft, setDraft] = useState(() => draftOf(guest));
  const [clashes, setClashes] = useState<DraftField[]>([]);
  const isChanged = changedFields(draftOf(base), draft).length > 0;

  const update = useMutation(
    trpc.guests.update.mutationOptions({
      onSuccess: () => {
        void guestsChanged();
        notify({ tone: 'done', title: `${guestName(draft)} is saved` });
        onClose();
      },
      onError: (error) => {
        const current = currentOf(error, isGuest);
        if (!current) return;
        const merged = mergeDraft(draftOf(base), draft, draftOf(current));
        setBase(current);
        setDraft(merged.draft);
        setClashes(merged.clashes);
        if (merged.clashes.length === 0) save(current, merged.draft);
      },
    }),
  );
  const save = (from: Guest, wanted: typeof draft) =>
    update.mutate({
      weddingId,
      guestId: guest.id,
      version: from.version,
      patch: patchOf(draftOf(from), wanted),
    });
  const restore = useMutation(trpc.guests.restore.mutationOptions({ onSuccess: guestsChanged }));
  const remove = useMutation(
    trpc.guests.remove.mutationOptions({
      onSuccess: ({ removalId }) => {
        void guestsChanged();
        onClose();
        notifyUndo(`${guestName(guest)} is removed`, () =>
          restore.mutate({ weddingId, removalId }),
        );
      },
      onError: (error) => notifyFailure('The guest was not removed', error),
    }),
  );
  const takeTheirs = (field: DraftField) => {
    const next = { ...draft };
    copyField(next, draftOf(base), field);
    setDraft(next);
    setClashes(clashes.filter((clash) => clash !== field));
  };
  const isClash = update.error !== null && currentOf(update.error, isGuest) !== null;

  return (
    <Form
      onSubmit={() => save(base, draft)}
      fieldErrors={update.error ? failureOf(update.error).fields : undefined}
      className="flex flex-col gap-6"
    >
      <ClashNote fields={clashes} mine={draft} theirs={draftOf(base)} onTakeTheirs={takeTheirs} />
      {isClash ? null : <FailureNote error={update.error} />}
      <GuestTags weddingId={weddingId} guest={guest} canEdit={canEdit} />
      <GuestFieldsForm
        draft={draft}
        sides={sides}
        onChange={(patch) => setDraft({ ...draft, ...patch })}
      />
      {canEdit ? (
        <div className="sticky -bottom-5 z-10 -mx-5 -mb-5 flex flex-wrap gap-2.5 border-line border-t bg-canvas px-5 py-3.5">
          <Button
            variant="quiet"
            onPress={() => remove.mutate({ weddingId, guestIds: [guest.id] })}
            isPending={remove.isPending}
            className="text-critical"
          >
            Remove guest
          </Button>
          <Button
            type="submit"
            variant="primary"
            isDisabled={!isChanged}
            isPending={update.isPending}
            className="ml-auto"
          >
            {update.isPending ? 'Saving…' : 'Save'}
          </Button>
        </div>
      ) : null}
    </Form>
  );
}
