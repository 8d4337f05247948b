import { useMutation, useQuery } from '@tanstack/react-query';
import type { SeatingViewReading } from '@wedsync/contracts/monitoring-seating';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { formatAgo, formatCount, formatMoment } from '@wedsync/ui/format';
import { StatusDot } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { notify } from '@wedsync/ui/toast';
import { RefreshCw } from 'lucide-react';
import { useLive } from '../../lib/live.ts';
import { formatSpan } from '../../lib/quantities.ts';
import { queryClient } from '../../lib/query-client.ts';
import { trpc } from '../../lib/trpc.ts';
import { Reading } from '../shell/reading.tsx';

const names: Readonly<Record<string, string>> = {
  mv_seating_layout_summary: 'Plans',
  mv_table_occupancy_stats: 'Tables',
};

const columns: readonly TableColumn<SeatingViewReading>[] = [
  {
    id: 'name',
    header: 'Figures of',
    isRowHeader: true,
    cell: ({ name }) => (
      <>
        <span className="font-medium">{names[name] ?? name}</span>
        <span className="block text-ink-soft text-sm">{name}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ isStale }) =>
      isStale ? (
        <StatusDot tone="critical">Stale</StatusDot>
      ) : (
        <StatusDot tone="positive">Fresh</StatusDot>
      ),
  },
  {
    id: 'at',
    header: 'As of',
    align: 'end',
    cell: ({ refreshedAt }) => (
      <span title={formatMoment(refreshedAt)}>{formatAgo(refreshedAt)}</span>
    ),
  },
  { id: 'took', header: 'Took', align: 'end', cell: ({ durationMs }) => formatSpan(durationMs) },
  { id: 'rows', header: 'Rows', align: 'end', cell: ({ rowCount }) => formatCount(rowCount) },
];

/** How old the figures over all plans are, and the way to newer ones. */
export function ViewsCard() {
  const live = useLive();
  const views = useQuery({ ...trpc.monitoring.listSeatingViews.queryOptions(), ...live });
  const refresh = useMutation(
    trpc.monitoring.refreshSeatingViews.mutationOptions({
      onSuccess: () => {
        notify({ tone: 'done', title: 'A worker brings the figures up to date' });
        void queryClient.invalidateQueries(trpc.monitoring.listSeatingViews.pathFilter());
      },
      onError: (error) => notifyFailure('The figures could not be refreshed', error),
    }),
  );
  return (
    <Card
      title="Freshness"
      note="The worker refreshes these every ten minutes; planners always see live figures."
      isFlush
      actions={
        <Button size="sm" isPending={refresh.isPending} onPress={() => refresh.mutate()}>
          <RefreshCw aria-hidden="true" />
          Refresh now
        </Button>
      }
    >
      <Reading query={views} label="the freshness">
        {(all) =>
          all.length > 0 ? (
            <Table label="Freshness" columns={columns} rows={all} rowId={({ name }) => name} />
          ) : (
            <p className="px-5 pb-4.5 text-ink-soft">
              Never refreshed yet: see whether a worker is running.
            </p>
          )
        }
      </Reading>
    </Card>
  );
}
