import { useInfiniteQuery } from '@tanstack/react-query';
import type { PlanHistoryEntry } from '@wedsync/contracts/seating';
import { Avatar } from '@wedsync/ui/avatar';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { formatAgo, formatMoment } from '@wedsync/ui/format';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { History } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { useSeating } from '../plan-store.ts';

function Entry({ entry }: { entry: PlanHistoryEntry }) {
  const { summary, userName, at, isUndone } = entry;
  return (
    <li className="flex gap-3 py-2.5">
      <Avatar name={userName} />
      <div className="min-w-0 flex-1">
        <p className={isUndone ? 'text-ink-soft line-through' : ''}>{summary}</p>
        <p className="flex flex-wrap items-center gap-x-2 text-ink-soft text-sm">
          {userName}
          <time dateTime={at} title={formatMoment(at)}>
            {formatAgo(at)}
          </time>
          {isUndone ? <Badge>Undone</Badge> : null}
        </p>
      </div>
    </li>
  );
}

/** Who has done what to the plan, newest first; what was taken back is struck through. */
export function HistoryPanel() {
  const { weddingId, eventId, plan } = useSeating();
  const query = useInfiniteQuery(
    trpc.seating.listHistory.infiniteQueryOptions(
      { weddingId, eventId, limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const { revision } = plan.layout;
  const shown = useRef(revision);
  const { refetch } = query;
  useEffect(() => {
    if (shown.current === revision) return;
    shown.current = revision;
    void refetch();
  }, [revision, refetch]);

  if (query.error) return <FailureState error={query.error} onRetry={() => void refetch()} />;
  if (!query.data) return <SkeletonRows label="The history is loading" />;
  const entries = query.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) {
    return (
      <EmptyState icon={<History />} title="Nothing has happened yet">
        Every change of the plan appears here, with who made it and when.
      </EmptyState>
    );
  }
  return (
    <section aria-label="History">
      <ol className="m-0 list-none divide-y divide-line p-0">
        {entries.map((entry) => (
          <Entry key={entry.revision} entry={entry} />
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button
          className="mt-3"
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          Earlier changes
        </Button>
      ) : null}
    </section>
  );
}
