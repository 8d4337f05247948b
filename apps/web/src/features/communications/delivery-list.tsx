import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { Delivery, DeliveryState } from '@wedsync/contracts/communications';
import { Button } from '@wedsync/ui/button';
import { DataGrid, type GridColumn } from '@wedsync/ui/data-grid';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState, notifyFailure } from '@wedsync/ui/failure-view';
import { Select } from '@wedsync/ui/select';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { StatusDot } from '@wedsync/ui/status-dot';
import { useEffect, useMemo, useRef, useState } from 'react';
import { formatMoment } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { optionsOf } from '../guests/words.ts';
import { deliveryTones, deliveryWords, reasonWords } from './message-words.ts';
import { messagesChanged } from './messages-changed.ts';

interface DeliveryListProps {
  weddingId: string;
  messageId: string;
  /** Deliveries that are decided; the list is read again whenever it changes. */
  settled: number;
}

type Resolution = 'arrived' | 'send_again';

const nameOf = ({ guestName, guestId }: Delivery) =>
  guestName || (guestId ? 'Guest to be named' : 'A guest who was removed');

function columnsFor(resolve: (id: string, resolution: Resolution) => void): GridColumn<Delivery>[] {
  return [
    {
      id: 'guest',
      header: 'Guest',
      width: 'minmax(12rem,1.2fr)',
      isPinned: true,
      cell: (delivery) => <span className="truncate font-medium">{nameOf(delivery)}</span>,
    },
    {
      id: 'state',
      header: 'What became of it',
      width: '9.5rem',
      cell: ({ state }) => (
        <StatusDot tone={deliveryTones[state]}>{deliveryWords[state]}</StatusDot>
      ),
    },
    {
      id: 'address',
      header: 'Address',
      width: 'minmax(14rem,1.4fr)',
      cell: ({ address }) => <span className="truncate">{address ?? ''}</span>,
    },
    {
      id: 'when',
      header: 'When',
      width: '12rem',
      cell: ({ sentAt }) => <span className="tabular">{sentAt ? formatMoment(sentAt) : ''}</span>,
    },
    {
      id: 'reason',
      header: 'Why',
      width: 'minmax(20rem,2fr)',
      cell: ({ id, state, reason }) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate">{reason ? reasonWords[reason] : ''}</span>
          {state === 'in_doubt' ? (
            <>
              <Button size="sm" onPress={() => resolve(id, 'arrived')}>
                It arrived
              </Button>
              <Button size="sm" onPress={() => resolve(id, 'send_again')}>
                Send again
              </Button>
            </>
          ) : null}
        </span>
      ),
    },
  ];
}

/** What became of the message for every guest. */
export function DeliveryList({ weddingId, messageId, settled }: DeliveryListProps) {
  const [state, setState] = useState<DeliveryState | ''>('');
  const list = useInfiniteQuery(
    trpc.communications.listDeliveries.infiniteQueryOptions(
      { weddingId, messageId, states: state ? [state] : [], limit: 200 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const { refetch } = list;
  // The first reading is the query's own.
  const shownSettled = useRef(settled);
  useEffect(() => {
    if (shownSettled.current === settled) return;
    shownSettled.current = settled;
    void refetch();
  }, [settled, refetch]);
  const { mutate } = useMutation(
    trpc.communications.resolveDelivery.mutationOptions({
      onSuccess: messagesChanged,
      onError: (error) => notifyFailure('Nothing was changed', error),
    }),
  );
  const columns = useMemo(
    () => columnsFor((id, resolution) => mutate({ weddingId, messageId, id, resolution })),
    [mutate, weddingId, messageId],
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return (
    <section aria-label="Deliveries">
      <Select
        label="Show"
        className="mb-3 w-56"
        options={[{ value: '', label: 'All guests' }, ...optionsOf(deliveryWords)]}
        value={state}
        onChange={setState}
      />
      {list.error ? (
        <FailureState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <SkeletonRows label="The deliveries are loading" />
      ) : (
        <DataGrid
          label="Deliveries"
          rows={rows}
          rowId={(delivery) => delivery.id}
          rowLabel={nameOf}
          columns={columns}
          onReachEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
          empty={<EmptyState title="Nobody here" />}
          className="h-[56dvh] min-h-72"
        />
      )}
    </section>
  );
}
