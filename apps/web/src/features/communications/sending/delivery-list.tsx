import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { lazyRouteComponent } from '@tanstack/react-router';
import type { Delivery, DeliveryState, Message } from '@wedsync/contracts/communications';
import { DataGrid } from '@wedsync/ui/data-grid';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState, notifyFailure } from '@wedsync/ui/failure-view';
import { Select } from '@wedsync/ui/select';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { optionsOf } from '../../guests/words.ts';
import { deliveryWords } from '../delivery-words.ts';
import { messagesChanged } from '../messages-changed.ts';
import { deliveryColumns, deliveryEntry, deliveryName } from './delivery-columns.tsx';

const FixDialog = lazyRouteComponent(() => import('./fix-dialog.tsx'), 'FixDialog');

interface DeliveryListProps {
  weddingId: string;
  message: Message;
  /** What is decided so far; the list is read again whenever it changes. */
  settled: number;
}

/** What became of the message for every guest. */
export function DeliveryList({ weddingId, message, settled }: DeliveryListProps) {
  const messageId = message.id;
  const [state, setState] = useState<DeliveryState | ''>('');
  const [fixing, setFixing] = useState<Delivery | null>(null);
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
  const hasFallback = message.fallbackChannel !== null;
  const { columns, compact } = useMemo(() => {
    const input = {
      onResolve: (id: string, resolution: 'arrived' | 'send_again') =>
        mutate({ weddingId, messageId, id, resolution }),
      onFix: setFixing,
      hasFallback,
    };
    return { columns: deliveryColumns(input), compact: deliveryEntry(input) };
  }, [mutate, weddingId, messageId, hasFallback]);
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
          rowLabel={deliveryName}
          columns={columns}
          compact={compact}
          onReachEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
          empty={<EmptyState title="Nobody here" />}
          className="h-[56dvh] min-h-72"
        />
      )}
      {fixing ? (
        <Suspense>
          <FixDialog weddingId={weddingId} delivery={fixing} onClose={() => setFixing(null)} />
        </Suspense>
      ) : null}
    </section>
  );
}
