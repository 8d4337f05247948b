import { useMutation } from '@tanstack/react-query';
import type { Guest, GuestInvitation } from '@wedsync/contracts/guests';
import { Checkbox } from '@wedsync/ui/checkbox';
import { EmptyState } from '@wedsync/ui/empty-state';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { LinkButton } from '@wedsync/ui/link-button';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { notifyUndo } from '@wedsync/ui/toast';
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
  // Who wrote it down stands in the history, with a name.
  return `Answered ${formatMoment(invitation.answeredAt)}, ${viaWords[invitation.via]}.`;
}

interface EventRowProps extends GuestEventsProps {
  event: WeddingEvent;
  /** The wedding's, in which its days are written. */
  locale: string;
}

function EventRow({ weddingId, guest, canEdit, event, locale }: EventRowProps) {
  const invitation = guest.invitations.find(({ eventId }) => eventId === event.id);
  const failed = (error: unknown) => notifyFailure('Nothing was changed', error);
  // Pending lasts until the list is read again: what was chosen shows at once and stays, and jumps
  // back when it was refused.
  const options = { onSuccess: guestsChanged, onError: failed };
  const invite = useMutation(trpc.guests.invite.mutationOptions(options));
  const uninvite = useMutation(trpc.guests.uninvite.mutationOptions(options));
  const record = useMutation(trpc.guests.recordAnswers.mutationOptions(options));
  const target = { weddingId, eventId: event.id };
  const guestIds = [guest.id];
  const write = (answer: GuestInvitation['answer']) =>
    record.mutate({ ...target, answer, guests: [{ guestId: guest.id }] });

  const answer = record.isPending ? record.variables.answer : invitation?.answer;
  const isInvited = invite.isPending || (Boolean(invitation) && !uninvite.isPending);

  const setInvited = (wanted: boolean) => {
    if (wanted) return invite.mutate({ ...target, guestIds });
    const before = invitation?.answer ?? null;
    // Taken back with one press, the answer included, instead of asking beforehand.
    uninvite.mutate(
      { ...target, guestIds, evenAnswered: true },
      {
        onSuccess: () =>
          notifyUndo(`Not invited to ${event.name} any more`, () =>
            invite.mutate({ ...target, guestIds }, { onSuccess: () => before && write(before) }),
          ),
      },
    );
  };

  return (
    <li className="py-4">
      <Checkbox
        isSelected={isInvited}
        onChange={setInvited}
        isReadOnly={invite.isPending || uninvite.isPending}
        isDisabled={!canEdit}
      >
        <span>
          <span className="font-medium">{event.name}</span>
          {event.startsOn ? (
            <span className="ml-2 text-ink-soft text-sm">
              {formatDay(event.startsOn, locale, 'short')}
            </span>
          ) : null}
        </span>
      </Checkbox>
      {isInvited ? (
        <div className="mt-2.5 ml-7">
          <RadioGroup
            label={`Answer for ${event.name}`}
            isLabelHidden
            look="segments"
            orientation="horizontal"
            options={answerOptions}
            value={answer ?? 'outstanding'}
            onChange={(value) => write(value === 'outstanding' ? null : value)}
            isDisabled={!canEdit}
            description={record.isPending || !invitation ? ' ' : answeredWords(invitation)}
          />
        </div>
      ) : null}
    </li>
  );
}

/** To which events the guest is invited, and what they answered. Changes hold at once. */
export function GuestEvents(props: GuestEventsProps) {
  const { wedding, events } = useWedding(props.weddingId);
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
        <EventRow key={event.id} event={event} locale={wedding.locale} {...props} />
      ))}
    </ul>
  );
}
