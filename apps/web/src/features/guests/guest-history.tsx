import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { formatAgo, formatMoment } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { useWedding } from '../../lib/wedding.ts';
import { actionWords, actorWords, changeLines } from './history-words.ts';
import { useGuestWords } from './use-guest-words.ts';

/** Who changed what about a guest, and when; newest first. */
export function GuestHistory({ weddingId, guestId }: { weddingId: string; guestId: string }) {
  const { events } = useWedding(weddingId);
  const { tags, sides } = useGuestWords(weddingId);
  const history = useInfiniteQuery(
    trpc.guests.history.infiniteQueryOptions(
      { weddingId, guestId, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  if (history.error) {
    return <FailureState error={history.error} onRetry={() => void history.refetch()} />;
  }
  if (!history.data) return <SkeletonRows label="The history is loading" />;
  const entries = history.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) return <EmptyState title="Nothing has changed yet" />;
  // What the history holds as ids and codes, in the words of this wedding.
  const names = new Map<string, string>([
    ...events.map((event) => [event.id, event.name] as const),
    ...tags.map((tag) => [tag.id, tag.name] as const),
    ...Object.entries(sides),
  ]);
  return (
    <>
      <ol className="m-0 list-none space-y-5 border-line border-l p-0 pl-4.5">
        {entries.map((entry) => (
          <li
            key={entry.id}
            className="relative before:absolute before:top-2 before:-left-5.75 before:size-2 before:rounded-full before:bg-accent"
          >
            <p className="text-base">
              <strong className="font-semibold">{actorWords(entry)}</strong>{' '}
              {actionWords(entry.action)}
            </p>
            <p className="text-ink-soft text-sm">
              <time dateTime={entry.at} title={formatMoment(entry.at)}>
                {formatAgo(entry.at)}
              </time>
            </p>
            {changeLines(entry, names).map((line) => (
              <p key={line.field} className="mt-1 text-sm">
                {line.field}: {line.before ? <s className="text-ink-soft">{line.before}</s> : null}{' '}
                {line.after ? line.after : <span className="text-ink-soft">removed</span>}
              </p>
            ))}
          </li>
        ))}
      </ol>
      {history.hasNextPage ? (
        <Button className="mt-5" onPress={() => void history.fetchNextPage()}>
          Show older changes
        </Button>
      ) : null}
    </>
  );
}
