import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReminderRule } from '@wedsync/contracts/communications-control';
import { Button } from '@wedsync/ui/button';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { Link } from '@wedsync/ui/link';
import { Switch } from '@wedsync/ui/switch';
import { notifyUndo } from '@wedsync/ui/toast';
import { formatDay, formatMoment, plural } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { trpc } from '../../../lib/trpc.ts';
import { useWedding } from '../../../lib/wedding.ts';
import { channelWords, stateWords } from '../message-words.ts';
import { messagesChanged } from '../messages-changed.ts';

interface ReminderCardProps {
  weddingId: string;
  rule: ReminderRule;
  onEdit: () => void;
  onPause: (paused: boolean) => void;
}

/** "7 days before the last day for answers, at 10:00". */
function whenWords({ days, anchor, time }: ReminderRule, eventName: string | undefined): string {
  const from = {
    rsvp_deadline: 'the last day for answers',
    wedding_day: 'the wedding day',
    event: eventName ?? 'an event that is gone',
  }[anchor];
  const far =
    days === 0
      ? `On ${from}`
      : `${plural(Math.abs(days), 'day')} ${days < 0 ? 'before' : 'after'} ${from}`;
  return `${far}, at ${time}`;
}

/** One reminder: when it leaves, what it says, and when it did before. */
export function ReminderCard({ weddingId, rule, onEdit, onPause }: ReminderCardProps) {
  const { wedding, events } = useWedding(weddingId);
  const { data: templates } = useQuery(
    trpc.communications.listTemplates.queryOptions({ weddingId }),
  );
  const template = templates?.find(({ id }) => id === rule.templateId);
  const event = events.find(({ id }) => id === rule.eventId);
  const create = useMutation(
    trpc.communications.createReminderRule.mutationOptions({
      onSuccess: messagesChanged,
      onError: (error) => notifyFailure('The reminder did not come back', error),
    }),
  );
  const remove = useMutation(
    trpc.communications.removeReminderRule.mutationOptions({
      onSuccess: () => {
        const { id, version, paused, nextAt, occurrences, ...fields } = rule;
        messagesChanged();
        notifyUndo(`“${rule.name}” is removed`, () => create.mutate({ weddingId, ...fields }));
      },
      onError: (error) => notifyFailure('The reminder was not removed', error),
    }),
  );
  return (
    <li className="rounded-xl border border-line bg-surface px-5 py-4 shadow-card">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="font-display text-ink text-xl">{rule.name}</h2>
          <p className="text-ink-soft text-sm">{whenWords(rule, event?.name)}</p>
        </div>
        <Switch isSelected={!rule.paused} onChange={(isOn) => onPause(!isOn)}>
          {rule.paused ? 'Paused' : 'On'}
        </Switch>
      </div>
      <p className="mt-2 text-sm">
        {channelWords[rule.channel]} with{' '}
        {template ? (
          <Link href={paths.template(weddingId, template.id)}>{template.name}</Link>
        ) : (
          'its template'
        )}
        {rule.onlyUnanswered ? ', to those who have not answered' : ''}.{' '}
        {rule.paused
          ? ''
          : rule.nextAt
            ? `Next on ${formatMoment(rule.nextAt)}.`
            : 'Waits for a day to count from.'}
      </p>
      {rule.occurrences.length > 0 ? (
        <ul className="m-0 mt-2 list-none space-y-1 p-0 text-ink-soft text-sm">
          {rule.occurrences.map(({ day, messageId, state }) => (
            <li key={day}>
              {formatDay(day, wedding.locale, 'short')}:{' '}
              {state ? (
                <Link href={paths.message(weddingId, messageId)}>
                  {stateWords[state].toLowerCase()}
                </Link>
              ) : (
                'thrown away'
              )}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="mt-3 flex gap-2">
        <Button size="sm" onPress={onEdit}>
          Change
        </Button>
        <Button
          size="sm"
          variant="quiet"
          onPress={() => remove.mutate({ weddingId, id: rule.id, version: rule.version })}
          isPending={remove.isPending}
        >
          Remove
        </Button>
      </div>
    </li>
  );
}
