import { useQuery } from '@tanstack/react-query';
import type { PoolReading, ServiceInstance } from '@wedsync/contracts/monitoring';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { formatCount, formatMoment } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { StatusDot } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { Server } from 'lucide-react';
import { useLive } from '../../lib/live.ts';
import { formatSpan } from '../../lib/quantities.ts';
import { trpc } from '../../lib/trpc.ts';
import { AsOf, PauseButton } from '../shell/live-control.tsx';
import { Reading } from '../shell/reading.tsx';
import { poolTitle, serviceStates } from './service-words.ts';

const since = (iso: string) => formatSpan(Math.max(1_000, Date.now() - Date.parse(iso)));

const columns: readonly TableColumn<ServiceInstance>[] = [
  {
    id: 'service',
    header: 'Process',
    isRowHeader: true,
    cell: (one) => (
      <>
        <span className="font-medium capitalize">{one.service}</span>
        <span className="wrap-anywhere block text-ink-soft text-sm">{one.instance}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: (one) => (
      <StatusDot tone={serviceStates[one.state].tone}>{serviceStates[one.state].label}</StatusDot>
    ),
  },
  { id: 'version', header: 'Version', cell: (one) => one.version },
  {
    id: 'up',
    header: 'Up for',
    align: 'end',
    cell: (one) =>
      one.state === 'up' ? (
        <span title={formatMoment(one.startedAt)}>{since(one.startedAt)}</span>
      ) : (
        '–'
      ),
  },
  {
    id: 'beat',
    header: 'Last heard of',
    align: 'end',
    cell: (one) => <span title={formatMoment(one.beatAt)}>{since(one.beatAt)} ago</span>,
  },
  {
    id: 'latency',
    header: 'Database round trip',
    align: 'end',
    cell: (one) => `${one.databaseLatencyMs.toFixed(1)} ms`,
  },
];

type PoolRow = PoolReading & { key: string; process: string };

const poolColumns: readonly TableColumn<PoolRow>[] = [
  {
    id: 'pool',
    header: 'Pool',
    isRowHeader: true,
    cell: (pool) => (
      <>
        <span className="font-medium">{poolTitle(pool.name)}</span>
        <span className="wrap-anywhere block text-ink-soft text-sm">{pool.process}</span>
      </>
    ),
  },
  { id: 'busy', header: 'Busy', align: 'end', cell: (pool) => `${pool.busy} of ${pool.max}` },
  {
    id: 'waiting',
    header: 'Waiting for one',
    align: 'end',
    cell: (pool) => formatCount(pool.waiting),
  },
  {
    id: 'refused',
    header: 'Refused since start',
    align: 'end',
    cell: (pool) =>
      pool.refused > 0 ? (
        <StatusDot tone="caution">{formatCount(pool.refused)}</StatusDot>
      ) : (
        formatCount(pool.refused)
      ),
  },
];

const poolsOf = (services: readonly ServiceInstance[]): PoolRow[] =>
  services
    .filter((one) => one.state === 'up')
    .flatMap((one) =>
      one.pools.map((pool) => ({
        ...pool,
        key: `${one.instance} ${pool.name}`,
        process: `${one.service} ${one.instance}`,
      })),
    );

/** Every process heard of during the last day, and the database connections each one holds. */
export function ServicesPage() {
  const live = useLive();
  const services = useQuery({
    ...trpc.monitoring.listServices.queryOptions(),
    ...live,
  });
  return (
    <Page title="Services" note={<AsOf at={services.dataUpdatedAt} />} actions={<PauseButton />}>
      <Reading query={services} label="services">
        {(all) => (
          <div className="flex flex-col gap-4">
            {all.length === 0 ? (
              <EmptyState icon={<Server />} title="No process has reported yet">
                Each process reports every 30 seconds. Wait a moment.
              </EmptyState>
            ) : (
              <Card
                title="Processes"
                note="Each reports every 30 seconds; silent for 75, it counts as down."
                isFlush
              >
                <Table
                  label="Processes"
                  columns={columns}
                  rows={all}
                  rowId={(one) => `${one.service} ${one.instance}`}
                />
              </Card>
            )}
            {poolsOf(all).length > 0 ? (
              <Card
                title="Connection pools"
                note="Of this server as they are now; of the others as of their last report."
                isFlush
              >
                <Table
                  label="Connection pools"
                  columns={poolColumns}
                  rows={poolsOf(all)}
                  rowId={(pool) => pool.key}
                />
              </Card>
            ) : null}
          </div>
        )}
      </Reading>
    </Page>
  );
}
