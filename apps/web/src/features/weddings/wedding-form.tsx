import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { Wedding } from '@wedsync/contracts/weddings';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { currentOf } from '../../lib/conflict.ts';
import { trpc } from '../../lib/trpc.ts';
import { weddingsChanged } from '../../lib/wedding.ts';
import { type WeddingDraft, WeddingFields, weddingInput } from './wedding-fields.tsx';

const draftOf = (wedding: Wedding): WeddingDraft => ({
  title: wedding.title,
  partnerAName: wedding.partnerAName,
  partnerBName: wedding.partnerBName,
  date: wedding.date ?? '',
  rsvpDeadline: wedding.rsvpDeadline ?? '',
  venue: wedding.venue,
  timeZone: wedding.timeZone,
  locale: wedding.locale,
  currency: wedding.currency,
  defaultCountry: wedding.defaultCountry,
});
const isWedding = (value: object): value is Wedding => 'partnerAName' in value;

/** Changes what the wedding is: couple, days, place, conventions. Only what was touched is sent. */
export function WeddingForm({ wedding }: { wedding: Wedding }) {
  const [patch, setPatch] = useState<Partial<WeddingDraft>>({});
  const update = useMutation(
    trpc.weddings.update.mutationOptions({
      onSuccess: () => {
        setPatch({});
        weddingsChanged();
        notify({ tone: 'done', title: 'The wedding is saved' });
      },
      onError: weddingsChanged,
    }),
  );
  const draft = { ...draftOf(wedding), ...patch };
  const current = currentOf(update.error, isWedding);
  const save = () => {
    const wanted = new Set(Object.keys(patch));
    const entries = Object.entries(weddingInput(draft)).filter(([field]) => wanted.has(field));
    const version = Math.max(wedding.version, current?.version ?? 0);
    update.mutate({ weddingId: wedding.id, version, patch: Object.fromEntries(entries) });
  };
  return (
    <Form onSubmit={save} fieldErrors={update.error ? failureOf(update.error).fields : undefined}>
      {current ? (
        <Callout tone="caution" title="Somebody changed the wedding meanwhile" isLive>
          What you typed is still here; all else shows theirs. Save again to keep yours.
        </Callout>
      ) : (
        <FailureNote error={update.error} />
      )}
      <WeddingFields draft={draft} onChange={(next) => setPatch({ ...patch, ...next })} />
      <Button
        type="submit"
        variant="primary"
        className="self-end"
        isDisabled={Object.keys(patch).length === 0}
        isPending={update.isPending}
      >
        Save
      </Button>
    </Form>
  );
}
