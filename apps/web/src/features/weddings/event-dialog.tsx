import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { EventKind, WeddingEvent } from '@wedsync/contracts/weddings';
import { Button } from '@wedsync/ui/button';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { DateField } from '@wedsync/ui/date-field';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { Select } from '@wedsync/ui/select';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { useWedding, weddingsChanged } from '../../lib/wedding.ts';
import { optionsOf } from '../guests/words.ts';
import { eventKindWords } from './event-words.ts';

interface EventDialogProps {
  weddingId: string;
  /** `null` for a new one. */
  event: WeddingEvent | null;
  onClose: () => void;
}

/** Adds an event to the programme, or changes or removes one. */
export function EventDialog({ weddingId, event, onClose }: EventDialogProps) {
  const { wedding } = useWedding(weddingId);
  const [isRemoving, setRemoving] = useState(false);
  const [kind, setKind] = useState<EventKind>(event?.kind ?? 'ceremony');
  const [name, setName] = useState(event?.name ?? '');
  const [startsOn, setStartsOn] = useState(event ? (event.startsOn ?? '') : (wedding.date ?? ''));
  const [startsAt, setStartsAt] = useState(event?.startsAt ?? '');
  const [endsAt, setEndsAt] = useState(event?.endsAt ?? '');
  const [venue, setVenue] = useState(event ? event.venue : wedding.venue);
  const [address, setAddress] = useState(event?.address ?? '');
  const options = {
    onSuccess: () => {
      weddingsChanged();
      notify({ tone: 'done', title: 'The programme is saved' });
      onClose();
    },
  };
  const create = useMutation(trpc.weddings.createEvent.mutationOptions(options));
  const update = useMutation(trpc.weddings.updateEvent.mutationOptions(options));
  const remove = useMutation(trpc.weddings.removeEvent.mutationOptions(options));
  const error = create.error ?? update.error;

  const save = () => {
    const fields = {
      kind,
      name: name.trim() || eventKindWords[kind],
      startsOn: startsOn || null,
      startsAt: startsAt || null,
      endsAt: endsAt || null,
      venue,
      address,
    };
    if (event)
      update.mutate({ weddingId, eventId: event.id, version: event.version, patch: fields });
    else create.mutate({ weddingId, ...fields });
  };

  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDismissable={false}
      title={event ? event.name : 'New event'}
      footer={
        <>
          {event ? (
            <Button
              variant="quiet"
              className="mr-auto text-critical"
              onPress={() => setRemoving(true)}
            >
              Remove
            </Button>
          ) : null}
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="event"
            variant="primary"
            isPending={create.isPending || update.isPending}
          >
            Save
          </Button>
        </>
      }
    >
      <Form id="event" onSubmit={save} fieldErrors={error ? failureOf(error).fields : undefined}>
        <FailureNote error={error} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="Kind"
            options={optionsOf(eventKindWords)}
            value={kind}
            onChange={setKind}
          />
          <TextField
            label="Name"
            name="name"
            placeholder={eventKindWords[kind]}
            value={name}
            onChange={setName}
          />
        </div>
        <div className="grid gap-4 sm:grid-cols-3">
          <DateField
            kind="date"
            label="Day"
            name="startsOn"
            value={startsOn}
            onChange={setStartsOn}
          />
          <DateField
            kind="time"
            label="From"
            name="startsAt"
            value={startsAt}
            onChange={setStartsAt}
          />
          <DateField kind="time" label="To" name="endsAt" value={endsAt} onChange={setEndsAt} />
        </div>
        <p className="-mt-2 text-ink-soft text-sm">
          Times of the place ({wedding.timeZone.replaceAll('_', ' ')}). An end before the start is
          after midnight.
        </p>
        <TextField label="Venue" name="venue" value={venue} onChange={setVenue} />
        <TextField label="Address" name="address" value={address} onChange={setAddress} />
      </Form>
      {event ? (
        <ConfirmDialog
          isOpen={isRemoving}
          onOpenChange={setRemoving}
          title={`Remove “${event.name}”?`}
          confirmLabel="Remove the event"
          typedWords={event.name}
          isPending={remove.isPending}
          onConfirm={() => remove.mutate({ weddingId, eventId: event.id, version: event.version })}
          error={<FailureNote error={remove.error} />}
        >
          The invitations to it and all answers are lost with it. This cannot be undone.
        </ConfirmDialog>
      ) : null}
    </Dialog>
  );
}
