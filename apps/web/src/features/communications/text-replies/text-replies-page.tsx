import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { InboundMeaning, InboundText } from '@wedsync/contracts/communications-sms';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState, notifyFailure } from '@wedsync/ui/failure-view';
import { Link } from '@wedsync/ui/link';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { notifyUndo } from '@wedsync/ui/toast';
import { MessageSquareText } from 'lucide-react';
import { useState } from 'react';
import { formatMoment } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { trpc } from '../../../lib/trpc.ts';
import { messagesChanged } from '../messages-changed.ts';
import { MessagesFrame } from '../messages-frame.tsx';

type Show = 'open' | 'all';

const shows: { value: Show; label: string }[] = [
  { value: 'open', label: 'To be read' },
  { value: 'all', label: 'All' },
];

const meaningWords: Record<InboundMeaning, string> = {
  stop: 'Wants no more texts: done',
  start: 'Wants texts again: done',
  help: 'Asked for help: answered',
  other: 'Wrote',
};

function ReplyItem({ weddingId, text }: { weddingId: string; text: InboundText }) {
  const mark = useMutation(
    trpc.communications.markInboundText.mutationOptions({
      onSuccess: messagesChanged,
      onError: (error) => notifyFailure('Nothing was changed', error),
    }),
  );
  const set = (isHandled: boolean) => mark.mutateAsync({ weddingId, id: text.id, isHandled });
  const handle = async () => {
    try {
      await set(true);
      notifyUndo('Marked as read', () => void set(false).catch(() => null));
    } catch {
      // The mutation has told of it.
    }
  };
  return (
    <li className="rounded-xl border border-line bg-surface px-5 py-4 shadow-card">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="font-medium">
          {text.guests.length > 0
            ? text.guests.map(({ id, name }, index) => (
                <span key={id}>
                  {index > 0 ? ' or ' : ''}
                  <Link href={paths.guest(weddingId, id)}>{name || 'Guest to be named'}</Link>
                </span>
              ))
            : 'Nobody on the guest list'}{' '}
          <span className="tabular font-normal text-ink-soft text-sm">{text.from}</span>
        </p>
        <span className="text-ink-soft text-sm">{formatMoment(text.receivedAt)}</span>
      </div>
      <p className="wrap-anywhere mt-2 whitespace-pre-wrap">{text.body}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Badge tone={text.meaning === 'other' ? 'info' : 'neutral'}>
          {meaningWords[text.meaning]}
        </Badge>
        {text.handledAt ? (
          <span className="text-ink-soft text-sm">Read {formatMoment(text.handledAt)}</span>
        ) : (
          <Button size="sm" onPress={() => void handle()} isPending={mark.isPending}>
            Mark as read
          </Button>
        )}
      </div>
    </li>
  );
}

/** What guests wrote back by text message. */
export function TextRepliesPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/text-replies' });
  const [show, setShow] = useState<Show>('open');
  const texts = useInfiniteQuery(
    trpc.communications.listInboundTexts.infiniteQueryOptions(
      { weddingId, show, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const list = texts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <MessagesFrame
      weddingId={weddingId}
      title="Text replies"
      note="STOP, START and HELP are dealt with at once, in ten languages. The rest is for you."
    >
      <RadioGroup
        label="Show"
        isLabelHidden
        look="segments"
        orientation="horizontal"
        options={shows}
        value={show}
        onChange={setShow}
        className="mb-4"
      />
      {texts.error ? (
        <FailureState error={texts.error} onRetry={() => void texts.refetch()} />
      ) : texts.isPending ? (
        <SkeletonRows label="The replies are loading" />
      ) : list.length === 0 ? (
        <EmptyState icon={<MessageSquareText />} title="Nothing to read">
          Answers to your text messages arrive here.
        </EmptyState>
      ) : (
        <ul className="m-0 flex list-none flex-col gap-3 p-0">
          {list.map((text) => (
            <ReplyItem key={text.id} weddingId={weddingId} text={text} />
          ))}
        </ul>
      )}
      {texts.hasNextPage ? (
        <Button className="mt-4 self-center" onPress={() => void texts.fetchNextPage()}>
          Show older replies
        </Button>
      ) : null}
    </MessagesFrame>
  );
}
