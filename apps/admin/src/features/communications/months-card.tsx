import type { MessagePartition } from '@wedsync/contracts/monitoring-sending';
import { Callout } from '@wedsync/ui/callout';
import { Card } from '@wedsync/ui/card';
import { formatCount } from '@wedsync/ui/format';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { formatBytes } from '../../lib/quantities.ts';

interface Month {
  month: string;
  messages: number;
  deliveries: number;
  events: number;
  sizeBytes: number;
}

const columns: readonly TableColumn<Month>[] = [
  { id: 'month', header: 'Month', isRowHeader: true, cell: ({ month }) => month },
  {
    id: 'messages',
    header: 'Messages, about',
    align: 'end',
    cell: ({ messages }) => formatCount(messages),
  },
  {
    id: 'deliveries',
    header: 'Deliveries, about',
    align: 'end',
    cell: ({ deliveries }) => formatCount(deliveries),
  },
  {
    id: 'events',
    header: 'Reports, about',
    align: 'end',
    cell: ({ events }) => formatCount(events),
  },
  { id: 'size', header: 'Size', align: 'end', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
];

/** The tables of a month together, newest month first. */
function monthsOf(partitions: readonly MessagePartition[]): Month[] {
  const months = new Map<string, Month>();
  for (const { parent, month, rowsEstimated, sizeBytes } of partitions) {
    if (month === null) continue;
    const sum = months.get(month) ?? { month, messages: 0, deliveries: 0, events: 0, sizeBytes: 0 };
    if (parent === 'messages') sum.messages += rowsEstimated;
    if (parent === 'deliveries') sum.deliveries += rowsEstimated;
    if (parent === 'delivery_events') sum.events += rowsEstimated;
    months.set(month, { ...sum, sizeBytes: sum.sizeBytes + sizeBytes });
  }
  return [...months.values()].sort((a, b) => b.month.localeCompare(a.month));
}

/** The monthly partitions of the ledger: made ahead and retired by the worker. */
export function MonthsCard({ partitions }: { partitions: readonly MessagePartition[] }) {
  const hasStrays = partitions.some(
    ({ month, rowsEstimated }) => month === null && rowsEstimated > 0,
  );
  return (
    <Card title="Months of the ledger" note="Made ahead and retired by the worker." isFlush>
      {hasStrays ? (
        <div className="px-5 pb-4">
          <Callout tone="critical" title="Rows lie outside the months">
            Partitions were not made in time. See the findings, then the runbook of a stuck sending.
          </Callout>
        </div>
      ) : null}
      <Table
        label="Months of the ledger"
        columns={columns}
        rows={monthsOf(partitions)}
        rowId={({ month }) => month}
      />
    </Card>
  );
}
