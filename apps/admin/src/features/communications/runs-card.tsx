import type { IntegrityRun } from '@wedsync/contracts/communications-integrity';
import { Card } from '@wedsync/ui/card';
import { formatCount, formatMoment, plural } from '@wedsync/ui/format';
import { StatusDot } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';

const sumOf = (run: IntegrityRun, key: 'found' | 'repaired') =>
  run.checks.reduce((sum, check) => sum + check[key], 0);

const columns: readonly TableColumn<IntegrityRun>[] = [
  {
    id: 'at',
    header: 'Started',
    isRowHeader: true,
    cell: ({ startedAt }) => formatMoment(startedAt),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ finishedAt }) =>
      finishedAt ? (
        <StatusDot tone="positive">Finished</StatusDot>
      ) : (
        <StatusDot tone="info">Not finished</StatusDot>
      ),
  },
  { id: 'days', header: 'Looked at', cell: ({ days }) => plural(days, 'day') },
  { id: 'found', header: 'Found', align: 'end', cell: (run) => formatCount(sumOf(run, 'found')) },
  {
    id: 'repaired',
    header: 'Repaired',
    align: 'end',
    cell: (run) => formatCount(sumOf(run, 'repaired')),
  },
];

/** The last runs of the check. */
export function RunsCard({ runs }: { runs: readonly IntegrityRun[] }) {
  return (
    <Card title="Runs" isFlush>
      {runs.length > 0 ? (
        <Table label="Runs of the check" columns={columns} rows={runs} rowId={({ id }) => id} />
      ) : (
        <p className="px-5 pb-4.5 text-ink-soft">It runs every night; it has not run yet.</p>
      )}
    </Card>
  );
}
