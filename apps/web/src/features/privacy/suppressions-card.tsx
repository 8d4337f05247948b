import { useInfiniteQuery } from '@tanstack/react-query';
import { lazyRouteComponent } from '@tanstack/react-router';
import type { Suppression } from '@wedsync/contracts/communications-feedback';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { FailureState } from '@wedsync/ui/failure-view';
import { Link } from '@wedsync/ui/link';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { Suspense, useState } from 'react';
import { formatMoment } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';
import { suppressionChannelWords, suppressionReasonWords } from './privacy-words.ts';

const LiftDialog = lazyRouteComponent(() => import('./lift-dialog.tsx'), 'LiftDialog');

const columnsFor = (
  weddingId: string,
  onLift: (suppression: Suppression) => void,
): TableColumn<Suppression>[] => [
  {
    id: 'who',
    header: 'Whose',
    isRowHeader: true,
    cell: ({ guests }) =>
      guests.length > 0
        ? guests.map(({ guestId, name }, index) => (
            <span key={guestId}>
              {index > 0 ? ', ' : ''}
              <Link href={paths.guest(weddingId, guestId)}>{name || 'Guest to be named'}</Link>
            </span>
          ))
        : 'An address that nobody has now',
  },
  { id: 'channel', header: 'No more', cell: ({ channel }) => suppressionChannelWords[channel] },
  {
    id: 'reason',
    header: 'Why',
    cell: ({ reason, note }) => (
      <span>
        {suppressionReasonWords[reason]}
        {note ? <span className="text-ink-soft">: {note}</span> : null}
      </span>
    ),
  },
  { id: 'since', header: 'Since', cell: ({ createdAt }) => formatMoment(createdAt) },
  {
    id: 'lift',
    header: 'Write again',
    isHeaderHidden: true,
    align: 'end',
    cell: (suppression) =>
      suppression.reason === 'erased' ? null : (
        <Button size="sm" onPress={() => onLift(suppression)}>
          Write again…
        </Button>
      ),
  },
];

/** Addresses and numbers that are never written to; the list outlives the guests. */
export function SuppressionsCard({ weddingId }: { weddingId: string }) {
  const [lifting, setLifting] = useState<Suppression | null>(null);
  const list = useInfiniteQuery(
    trpc.communications.listSuppressions.infiniteQueryOptions(
      { weddingId, limit: 100 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card
      title="Never written to"
      note="Kept as fingerprints of addresses, so that it holds after an erasure or a new import."
      isFlush
    >
      {list.error ? (
        <FailureState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <div className="px-5 pb-4.5">
          <SkeletonRows rows={3} label="The list is loading" />
        </div>
      ) : rows.length > 0 ? (
        <Table
          label="Never written to"
          columns={columnsFor(weddingId, setLifting)}
          rows={rows}
          rowId={({ id }) => id}
        />
      ) : (
        <p className="px-5 pb-4.5 text-ink-soft">
          Nobody has asked for silence, and no address failed.
        </p>
      )}
      {list.hasNextPage ? (
        <div className="flex justify-center border-line border-t px-5 py-3">
          <Button size="sm" onPress={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      ) : null}
      {lifting ? (
        <Suspense>
          <LiftDialog
            key={lifting.id}
            weddingId={weddingId}
            suppression={lifting}
            onClose={() => setLifting(null)}
          />
        </Suspense>
      ) : null}
    </Card>
  );
}
