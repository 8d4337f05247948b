import { useMutation, useQuery } from '@tanstack/react-query';
import { lazyRouteComponent, useParams } from '@tanstack/react-router';
import type { ReminderRule } from '@wedsync/contracts/communications-control';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState, notifyFailure } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { AlarmClock, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { messagesChanged } from '../messages-changed.ts';
import { MessagesFrame } from '../messages-frame.tsx';
import { ReminderCard } from './reminder-card.tsx';
import { SendSettingsCard } from './send-settings-card.tsx';

const ReminderDialog = lazyRouteComponent(() => import('./reminder-dialog.tsx'), 'ReminderDialog');

/** Reminders that write themselves, and how much a guest may get in a week. */
export function RemindersPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/reminders' });
  const [editing, setEditing] = useState<ReminderRule | 'new' | null>(null);
  const rules = useQuery(trpc.communications.listReminderRules.queryOptions({ weddingId }));
  const update = useMutation(
    trpc.communications.updateReminderRule.mutationOptions({
      onSuccess: messagesChanged,
      onError: (error) => notifyFailure('Nothing was changed', error),
    }),
  );
  const pause = ({ nextAt, occurrences, ...rule }: ReminderRule, paused: boolean) =>
    update.mutate({ weddingId, ...rule, paused });
  const list = rules.data ?? [];
  const add = (
    <Button variant="primary" onPress={() => setEditing('new')}>
      <Plus aria-hidden="true" />
      New reminder
    </Button>
  );
  return (
    <MessagesFrame
      weddingId={weddingId}
      title="Reminders"
      note="They leave by themselves on their day, to whoever it concerns by then."
      actions={list.length > 0 ? add : null}
    >
      {rules.error ? (
        <FailureState error={rules.error} onRetry={() => void rules.refetch()} />
      ) : rules.isPending ? (
        <SkeletonRows label="The reminders are loading" />
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
          {list.length === 0 ? (
            <EmptyState icon={<AlarmClock />} title="No reminder is planned" actions={add}>
              A week before the last day for answers is a good time to ask those who have not
              answered yet.
            </EmptyState>
          ) : (
            <ul className="m-0 flex list-none flex-col gap-3 p-0">
              {list.map((rule) => (
                <ReminderCard
                  key={rule.id}
                  weddingId={weddingId}
                  rule={rule}
                  onEdit={() => setEditing(rule)}
                  onPause={(paused) => pause(rule, paused)}
                />
              ))}
            </ul>
          )}
          <SendSettingsCard weddingId={weddingId} />
        </div>
      )}
      {editing ? (
        <Suspense>
          <ReminderDialog
            weddingId={weddingId}
            rule={editing === 'new' ? null : editing}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      ) : null}
    </MessagesFrame>
  );
}
