import { useMutation } from '@tanstack/react-query';
import type { Guest, GuestInvitation } from '@wedsync/contracts/guests';
import { Checkbox } from '@wedsync/ui/checkbox';
import { EmptyState } from '@wedsync/ui/empty-state';
import { LinkButton } from '@wedsync/ui/link-button';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { notifyUndo } from '@wedsync/ui/toast';
import { notifyFailure } from '../../lib/failure-view.tsx';
import { formatDay, formatMoment } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';
import { useWedding, type WeddingEvent } from '../../lib/wedding.ts';
import { guestsChanged } from './guests-changed.ts';
import { answers, answerWords, viaWords } from './words.ts';

interface GuestEventsProps {
  weddingId: string;
  guest: Guest;
  canEdit: boolean;
}

const answerOptions = [
  ...answers.map((value) => ({ value, label: answerWords[value] })),
  { value: 'outstanding', label: answerWords.outstanding },
] as const;

function answeredWords(invitation: GuestInvitation): string {
  if (!invitation.answeredAt || !invitation.via) return '';
  const by = invitation.answeredBy ? ` by ${invitation.answeredBy}` : '';
  return `Answered ${formatMoment(invitation.answeredAt)}${by}, ${viaWords[invitation.via]}.`;
}

interface EventRowProps extends GuestEventsProps {
  event: WeddingEvent;
}

function EventRow({ weddingId, guest, canEdit, event }: EventRowProps) {
  const invitation = guest.invitations.find(({ eventId }) => eventId === event.id);
  const failed = (error: unknown) => notifyFailure('Nothing was changed', error);
  const options = { onSuccess: guestsChanged, onError: failed };
  const invite = useMutation(trpc.guests.invite.mutationOptions(options));
  const uninvite = useMutation(trpc.guests.uninvite.mutationOptions(options));
  const record = useMutation(trpc.guests.recordAnswers.mutationOptions(options));
  const target = { weddingId, eventId: event.id };
  const guestIds = [guest.id];
  const write = (answer: GuestInvitation['answer']) =>
    record.mutate({ ...target, answer, guests: [{ guestId: guest.id }] });

  const setInvited = (isInvited: boolean) => {
    if (isInvited) return invite.mutate({ ...target, guestIds });
    const answer = invitation?.answer ?? null;
    // Taken back with one press, the answer included, instead of asking beforehand.
    uninvite.mutate(
      { ...target, guestIds, evenAnswered: true },
      {
        onSuccess: () =>
          notifyUndo(`Not invited to ${event.name} any more`, () =>
            invite.mutate({ ...target, guestIds }, { onSuccess: () => answer && write(answer) }),
          ),
      },
    );
  };

  return (
    <li className="py-4">
      <Checkbox
        isSelected={Boolean(invitation)}
        onChange={setInvited}
        isDisabled={!canEdit || invite.isPending || uninvite.isPending}
      >
        <span>
          <span className="font-medium">{event.name}</span>
          {event.startsOn ? (
            <span className="ml-2 text-ink-soft text-sm">{formatDay(event.startsOn, 'short')}</span>
          ) : null}
        </span>
      </Checkbox>
      {invitation ? (
        <div className="mt-2.5 ml-7">
          <RadioGroup
            label={`Answer for ${event.name}`}
            isLabelHidden
            look="segments"
            orientation="horizontal"
            options={answerOptions}
            value={invitation.answer ?? 'outstanding'}
            onChange={(value) => write(value === 'outstanding' ? null : value)}
            isDisabled={!canEdit || record.isPending}
            description={answeredWords(invitation)}
          />
        </div>
      ) : null}
    </li>
  );
}

/** To which events the guest is invited, and what they answered. Changes hold at once. */
export function GuestEvents(props: GuestEventsProps) {
  const { events } = useWedding(props.weddingId);
  if (events.length === 0) {
    return (
      <EmptyState
        title="No event yet"
        actions={<LinkButton href={paths.events(props.weddingId)}>Plan the events</LinkButton>}
      >
        Guests are invited to events: the ceremony, the dinner, the brunch.
      </EmptyState>
    );
  }
  return (
    <ul className="m-0 list-none divide-y divide-line p-0">
      {events.map((event) => (
        <EventRow key={event.id} event={event} {...props} />
      ))}
    </ul>
  );
}
