import { useInfiniteQuery } from '@tanstack/react-query';
import { lazyRouteComponent } from '@tanstack/react-router';
import type { TimelineEntry } from '@wedsync/contracts/communications-control';
import type { DeliveryEvent } from '@wedsync/contracts/communications-feedback';
import type { Guest } from '@wedsync/contracts/guests';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { Link } from '@wedsync/ui/link';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { StatusDot } from '@wedsync/ui/status-dot';
import { MailOpen, PenLine } from 'lucide-react';
import { Suspense, useState } from 'react';
import { formatMoment } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';
import { deliveryTones, deliveryWords, eventWords, reasonWords } from './delivery-words.ts';
import { channelWords } from './message-words.ts';
import { messagesChanged } from './messages-changed.ts';

// The editor and its preview are large, and most who open a guest do not write.
const WriteToGuest = lazyRouteComponent(
  () => import('./single/write-to-guest.tsx'),
  'WriteToGuest',
);

interface GuestTimelineProps {
  weddingId: string;
  guest: Guest;
  canEdit: boolean;
}

/** Everything that was ever sent to a guest, and what came back; from here one writes to them. */
export function GuestTimeline({ weddingId, guest, canEdit }: GuestTimelineProps) {
  const [isWriting, setWriting] = useState(false);
  const stopWriting = () => {
    setWriting(false);
    // What was sent has become of something meanwhile.
    messagesChanged();
  };
  return (
    <>
      {canEdit && !guest.isErased ? (
        <Button size="sm" className="mb-4" onPress={() => setWriting(true)}>
          <PenLine aria-hidden="true" />
          Write to this guest…
        </Button>
      ) : null}
      <Entries weddingId={weddingId} guestId={guest.id} />
      {isWriting ? (
        <Suspense>
          <WriteToGuest weddingId={weddingId} guest={guest} onClose={stopWriting} />
        </Suspense>
      ) : null}
    </>
  );
}

function Entries({ weddingId, guestId }: { weddingId: string; guestId: string }) {
  const timeline = useInfiniteQuery(
    trpc.communications.getGuestTimeline.infiniteQueryOptions(
      { weddingId, guestId, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const list = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  if (timeline.error) {
    return <FailureState error={timeline.error} onRetry={() => void timeline.refetch()} />;
  }
  if (timeline.isPending) return <SkeletonRows label="The messages are loading" />;
  if (list.length === 0) {
    return (
      <EmptyState icon={<MailOpen />} title="Nothing was sent to this guest">
        Messages and what came back about them appear here.
      </EmptyState>
    );
  }
  return (
    <>
      <ol className="m-0 list-none divide-y divide-line p-0">
        {list.map((entry) => (
          <Entry key={entry.delivery.id} weddingId={weddingId} entry={entry} />
        ))}
      </ol>
      {timeline.hasNextPage ? (
        <Button size="sm" className="mt-3" onPress={() => void timeline.fetchNextPage()}>
          Show older messages
        </Button>
      ) : null}
    </>
  );
}

function Entry({ weddingId, entry }: { weddingId: string; entry: TimelineEntry }) {
  const { delivery, messageTitle, channel, events } = entry;
  return (
    <li className="py-3.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <Link href={paths.message(weddingId, delivery.messageId)}>{messageTitle}</Link>
        <StatusDot tone={deliveryTones[delivery.state]}>{deliveryWords[delivery.state]}</StatusDot>
      </div>
      <p className="wrap-anywhere text-ink-soft text-sm">
        {channelWords[channel]}
        {delivery.address ? ` to ${delivery.address}` : ''}
        {delivery.reason ? ` · ${reasonWords[delivery.reason]}` : ''}
      </p>
      <ol className="m-0 mt-2 list-none space-y-1 border-line border-l p-0 pl-3 text-sm">
        {delivery.sentAt ? <Moment at={delivery.sentAt} words="Sent" /> : null}
        {events.map((event) => (
          <Moment key={event.id} at={event.at} words={eventLine(event)} />
        ))}
      </ol>
    </li>
  );
}

/** The listener's own word for an answer that it gave to the planner's mailbox. */
const passedOn = 'forwarded';

const eventLine = ({ kind, code }: DeliveryEvent) =>
  kind === 'replied' && code === passedOn
    ? 'Answered; passed on to your mailbox'
    : code
      ? `${eventWords[kind]} (${code})`
      : eventWords[kind];

function Moment({ at, words }: { at: string; words: string }) {
  return (
    <li className="flex flex-wrap justify-between gap-x-4">
      <span>{words}</span>
      <time dateTime={at} className="tabular text-ink-soft">
        {formatMoment(at)}
      </time>
    </li>
  );
}
