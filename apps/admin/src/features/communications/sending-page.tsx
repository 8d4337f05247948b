import { useQuery } from '@tanstack/react-query';
import type { ProviderReading, SendRate } from '@wedsync/contracts/monitoring-sending';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { formatAgo, formatCount, formatMoment } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { StatusDot } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { Gauge } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../../lib/live.ts';
import { formatSpan } from '../../lib/quantities.ts';
import { trpc } from '../../lib/trpc.ts';
import { AsOf, PauseButton } from '../shell/live-control.tsx';
import { Reading } from '../shell/reading.tsx';
import { MonthsCard } from './months-card.tsx';
import { RateDialog } from './rate-dialog.tsx';

const providerColumns: readonly TableColumn<ProviderReading>[] = [
  { id: 'provider', header: 'Provider', isRowHeader: true, cell: ({ provider }) => provider },
  {
    id: 'state',
    header: 'State',
    cell: ({ isOpen, openUntil }) =>
      isOpen && openUntil ? (
        <StatusDot tone="critical">Left alone until {formatMoment(openUntil)}</StatusDot>
      ) : (
        <StatusDot tone="positive">In use</StatusDot>
      ),
  },
  { id: 'reason', header: 'Last trouble', cell: ({ reason }) => reason ?? 'None' },
  {
    id: 'failures',
    header: 'In a row',
    align: 'end',
    cell: ({ failures }) => formatCount(failures),
  },
  { id: 'at', header: 'Changed', align: 'end', cell: ({ updatedAt }) => formatAgo(updatedAt) },
];

const rateColumnsWith = (onEdit: (rate: SendRate) => void): TableColumn<SendRate>[] => [
  {
    id: 'name',
    header: 'Of',
    isRowHeader: true,
    cell: ({ name, scope }) => (
      <>
        <span className="font-medium">{name}</span>
        <span className="block text-ink-soft text-sm">
          {scope.startsWith('org:') ? 'Company' : 'Provider'}
        </span>
      </>
    ),
  },
  {
    id: 'rate',
    header: 'A second',
    align: 'end',
    cell: ({ perSecond }) => formatCount(perSecond),
  },
  { id: 'burst', header: 'At once', align: 'end', cell: ({ burst }) => formatCount(burst) },
  {
    id: 'reserved',
    header: 'Reserved ahead',
    align: 'end',
    cell: ({ reservedMs }) => (reservedMs > 0 ? formatSpan(reservedMs) : 'Nothing'),
  },
  {
    id: 'edit',
    header: 'Actions',
    align: 'end',
    isHeaderHidden: true,
    cell: (rate) => (
      <Button
        size="sm"
        aria-label={`Change the limit of ${rate.name}`}
        onPress={() => onEdit(rate)}
      >
        Change
      </Button>
    ),
  },
];

/** How mail and texts leave: providers with their breakers, limits, and the months of the ledger. */
export function SendingPage() {
  const live = useLive();
  const [editing, setEditing] = useState<SendRate | 'new' | null>(null);
  const sending = useQuery({ ...trpc.monitoring.getSending.queryOptions(), ...live });
  return (
    <Page title="Sending" note={<AsOf at={sending.dataUpdatedAt} />} actions={<PauseButton />}>
      <Reading query={sending} label="the sending">
        {({ providers, rates, partitions }) => (
          <div className="flex flex-col gap-4">
            <Card
              title="Providers"
              note="After refusals in a row a provider is left alone for a few seconds; no attempt is lost by that."
              isFlush
            >
              {providers.length > 0 ? (
                <Table
                  label="Providers"
                  columns={providerColumns}
                  rows={providers}
                  rowId={({ provider }) => provider}
                />
              ) : (
                <p className="px-5 pb-4.5 text-ink-soft">No provider has been in trouble.</p>
              )}
            </Card>
            <Card
              title="Limits"
              note="Exact over all workers. Whatever is not named here is not limited."
              isFlush
              actions={
                <Button size="sm" onPress={() => setEditing('new')}>
                  <Gauge aria-hidden="true" />
                  Set a limit…
                </Button>
              }
            >
              {rates.length > 0 ? (
                <Table
                  label="Limits of sending"
                  columns={rateColumnsWith(setEditing)}
                  rows={rates}
                  rowId={({ scope }) => scope}
                />
              ) : (
                <p className="px-5 pb-4.5 text-ink-soft">No limit is set.</p>
              )}
            </Card>
            <MonthsCard partitions={partitions} />
          </div>
        )}
      </Reading>
      {editing ? (
        <RateDialog rate={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      ) : null}
    </Page>
  );
}
