import { useMutation, useQuery } from '@tanstack/react-query';
import type { SeatPublication, SeatsShown } from '@wedsync/contracts/seating-prints';
import { Button } from '@wedsync/ui/button';
import { DateField } from '@wedsync/ui/date-field';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote, FailureState } from '@wedsync/ui/failure-view';
import { formatDay } from '@wedsync/ui/format';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { queryClient } from '../../../lib/query-client.ts';
import { trpc } from '../../../lib/trpc.ts';
import { useWedding } from '../../../lib/wedding.ts';
import { useSeating } from '../plan-store.ts';

const choices: readonly { value: SeatsShown; label: string; note: string }[] = [
  { value: 'table', label: 'Their table', note: 'Guests choose a chair themselves' },
  { value: 'seat', label: 'Their table and seat', note: 'As on the place cards' },
  { value: 'nothing', label: 'Nothing', note: 'They find out at the door' },
];

/** What a household reads of its own seats on its page, and from when on. */
export function GuestsSeeDialog({ onClose }: { onClose: () => void }) {
  const { weddingId, plan } = useSeating();
  const input = { weddingId, eventId: plan.layout.eventId };
  const publication = useQuery(trpc.seating.getSeatPublication.queryOptions(input));
  if (publication.data) {
    return <PublicationForm input={input} publication={publication.data} onClose={onClose} />;
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title="What guests see">
      {publication.error ? (
        <FailureState error={publication.error} onRetry={() => void publication.refetch()} />
      ) : (
        <SkeletonRows rows={3} label="The setting is loading" />
      )}
    </Dialog>
  );
}

interface PublicationFormProps {
  input: { weddingId: string; eventId: string };
  publication: SeatPublication;
  onClose: () => void;
}

function PublicationForm({ input, publication, onClose }: PublicationFormProps) {
  const { eventDay } = publication;
  const { locale } = useWedding(input.weddingId).wedding;
  const [shows, setShows] = useState(publication.shows);
  const [from, setFrom] = useState(publication.shownFrom ?? '');
  const publish = useMutation(
    trpc.seating.publishSeats.mutationOptions({
      onSuccess: (saved) => {
        queryClient.setQueryData(trpc.seating.getSeatPublication.queryKey(input), saved);
        const detail = saved.isShown ? 'Guests can read it now.' : undefined;
        notify({ tone: 'done', title: 'Saved what guests see', ...(detail && { detail }) });
        onClose();
      },
    }),
  );
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="What guests see"
      subtitle="On the page behind their invitation link, their own household only"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isPending={publish.isPending}
            onPress={() => publish.mutate({ ...input, shows, shownFrom: from || null })}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <FailureNote error={publish.error} />
        <RadioGroup label="Guests see" options={choices} value={shows} onChange={setShows} />
        <DateField
          kind="date"
          label="From this day on"
          value={from}
          onChange={setFrom}
          isDisabled={shows === 'nothing'}
          className="max-w-60"
          description={
            eventDay
              ? `Empty: from 00:00 on the day of the event, ${formatDay(eventDay, locale)}.`
              : 'The event has no day yet: nothing shows until you set one here.'
          }
        />
      </div>
    </Dialog>
  );
}
