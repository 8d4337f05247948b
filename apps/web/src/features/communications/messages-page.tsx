import { useInfiniteQuery } from '@tanstack/react-query';
import { lazyRouteComponent, useParams } from '@tanstack/react-router';
import type { MessageSummary } from '@wedsync/contracts/communications';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { Link } from '@wedsync/ui/link';
import { StackedMeter } from '@wedsync/ui/meter';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { StatusDot } from '@wedsync/ui/status-dot';
import { MailPlus, Send } from 'lucide-react';
import { Suspense, useState } from 'react';
import { formatCount, formatMoment, plural } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';
import { useCanEdit } from '../../lib/wedding.ts';
import { channelWords, kindWords, stateTones, stateWords, subjectWords } from './message-words.ts';
import { MessagesFrame } from './messages-frame.tsx';
import { outcomesOf } from './sending/outcomes.ts';

const NewMessageDialog = lazyRouteComponent(
  () => import('./new-message-dialog.tsx'),
  'NewMessageDialog',
);

/** When it happened, or will. */
const momentOf = ({ state, sendAt, finishedAt, queuedAt, createdAt }: MessageSummary) =>
  state === 'scheduled' && sendAt
    ? `planned for ${formatMoment(sendAt)}`
    : formatMoment(finishedAt ?? queuedAt ?? createdAt);

function MessageCard({ weddingId, message }: { weddingId: string; message: MessageSummary }) {
  const { counts, subject } = message;
  const what = [kindWords[message.kind], channelWords[message.channel], momentOf(message)];
  return (
    <li className="rounded-xl border border-line bg-surface px-5 py-4 shadow-card">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="font-display text-ink text-xl">
          <Link variant="quiet" href={paths.message(weddingId, message.id)}>
            {message.title}
          </Link>
        </h2>
        <StatusDot tone={stateTones[message.state]}>{stateWords[message.state]}</StatusDot>
      </div>
      <p className="mt-0.5 text-ink-soft text-sm">
        {[...what, ...(subject ? [`“${subjectWords(subject)}”`] : [])].join(' · ')}
      </p>
      {counts && counts.audience > 0 ? (
        <div className="mt-3 flex flex-col gap-1.5">
          <StackedMeter label="Deliveries" max={counts.audience} parts={outcomesOf(counts)} />
          <p className="text-ink-soft text-sm">
            {plural(counts.audience, 'guest')}:{' '}
            {outcomesOf(counts)
              .filter(({ value }) => value > 0)
              .map(({ label, value }) => `${formatCount(value)} ${label}`)
              .join(', ')}
          </p>
        </div>
      ) : null}
    </li>
  );
}

/** Everything that was or will be sent to the guests. */
export function MessagesPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/messages' });
  const canEdit = useCanEdit(weddingId);
  const [isNewOpen, setNewOpen] = useState(false);
  const messages = useInfiniteQuery(
    trpc.communications.listMessages.infiniteQueryOptions(
      { weddingId, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const list = messages.data?.pages.flatMap((page) => page.items) ?? [];
  const write = (
    <Button variant="primary" onPress={() => setNewOpen(true)}>
      <MailPlus aria-hidden="true" />
      Write a message
    </Button>
  );
  return (
    <MessagesFrame
      weddingId={weddingId}
      title="Messages"
      note="Save the dates, invitations, reminders and thanks, each to the guests you choose."
      actions={canEdit && list.length > 0 ? write : null}
    >
      {messages.error ? (
        <FailureState error={messages.error} onRetry={() => void messages.refetch()} />
      ) : messages.isPending ? (
        <SkeletonRows rows={4} label="The messages are loading" />
      ) : list.length === 0 ? (
        <EmptyState
          icon={<Send />}
          title="Nothing has been sent yet"
          actions={canEdit ? write : null}
        >
          Write the invitation once. Every household gets its own message with a personal link to
          answer, and you see the answers arrive.
        </EmptyState>
      ) : (
        <ul className="m-0 flex list-none flex-col gap-3 p-0">
          {list.map((message) => (
            <MessageCard key={message.id} weddingId={weddingId} message={message} />
          ))}
        </ul>
      )}
      {messages.hasNextPage ? (
        <Button
          className="mt-4 self-center"
          isPending={messages.isFetchingNextPage}
          onPress={() => void messages.fetchNextPage()}
        >
          Show older messages
        </Button>
      ) : null}
      {isNewOpen ? (
        <Suspense>
          <NewMessageDialog weddingId={weddingId} onClose={() => setNewOpen(false)} />
        </Suspense>
      ) : null}
    </MessagesFrame>
  );
}
