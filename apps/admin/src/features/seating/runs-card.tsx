import { useInfiniteQuery } from '@tanstack/react-query';
import type { SeatingRunReading } from '@wedsync/contracts/monitoring-seating';
import { Card } from '@wedsync/ui/card';
import { formatAgo, formatCount, formatMoment } from '@wedsync/ui/format';
import { StatusDot, type StatusTone } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { useLive } from '../../lib/live.ts';
import { formatSpan } from '../../lib/quantities.ts';
import { trpc } from '../../lib/trpc.ts';
import { MoreButton } from '../shell/more-button.tsx';
import { Reading } from '../shell/reading.tsx';

const states: Record<SeatingRunReading['state'], { label: string; tone: StatusTone }> = {
  queued: { label: 'Waiting', tone: 'info' },
  running: { label: 'Running', tone: 'info' },
  done: { label: 'Done', tone: 'positive' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
  failed: { label: 'Failed', tone: 'critical' },
  infeasible: { label: 'No plan possible', tone: 'caution' },
};
const modes: Record<SeatingRunReading['mode'], string> = {
  full: 'Everybody anew',
  unseated: 'Who has no seat',
  reflow: 'After changed answers',
};

const gapWords = (gap: number | null) =>
  gap === null ? 'Not known' : gap === 0 ? 'Proven best' : `At most ${(gap * 100).toFixed(1)} %`;

const columns: readonly TableColumn<SeatingRunReading>[] = [
  {
    id: 'company',
    header: 'Company',
    isRowHeader: true,
    cell: ({ company, mode }) => (
      <>
        <span className="font-medium">{company}</span>
        <span className="block text-ink-soft text-sm">{modes[mode]}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state, isStuck, error }) => (
      <>
        <StatusDot tone={isStuck ? 'critical' : states[state].tone}>
          {isStuck ? 'Its worker is silent' : states[state].label}
        </StatusDot>
        {error ? <span className="block text-ink-soft text-sm">{error}</span> : null}
      </>
    ),
  },
  {
    id: 'queued',
    header: 'Asked for',
    align: 'end',
    cell: ({ queuedAt }) => <span title={formatMoment(queuedAt)}>{formatAgo(queuedAt)}</span>,
  },
  {
    id: 'waited',
    header: 'Waited',
    align: 'end',
    cell: ({ waitedMs }) => (waitedMs === null ? '–' : formatSpan(waitedMs)),
  },
  {
    id: 'took',
    header: 'Took',
    align: 'end',
    cell: ({ tookMs, seconds }) => (
      <span title={`${seconds} s were given`}>{tookMs === null ? '–' : formatSpan(tookMs)}</span>
    ),
  },
  {
    id: 'cost',
    header: 'Cost',
    align: 'end',
    cell: ({ startCost, cost }) =>
      cost === null
        ? '–'
        : startCost === null
          ? formatCount(cost)
          : `${formatCount(startCost)} → ${formatCount(cost)}`,
  },
  { id: 'gap', header: 'Gap', align: 'end', cell: ({ gap }) => gapWords(gap) },
  {
    id: 'moved',
    header: 'Moved',
    align: 'end',
    cell: ({ movedCount, isApplied }) =>
      movedCount === null ? '–' : `${formatCount(movedCount)}${isApplied ? ', applied' : ''}`,
  },
];

/** Optimizations over all weddings, newest first; whose plan it is stays with the company. */
export function RunsCard() {
  const live = useLive();
  const runs = useInfiniteQuery({
    ...trpc.monitoring.listSeatingRuns.infiniteQueryOptions(
      { limit: 25 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    ...live,
  });
  return (
    <Card title="Runs" note="Automatic seating, newest first." isFlush>
      <Reading query={runs} label="runs of seating">
        {({ pages }) => {
          const all = pages.flatMap((page) => page.items);
          return all.length > 0 ? (
            <Table label="Runs of seating" columns={columns} rows={all} rowId={({ id }) => id} />
          ) : (
            <p className="px-5 pb-4.5 text-ink-soft">Nobody has had guests seated yet.</p>
          );
        }}
      </Reading>
      <MoreButton query={runs} />
    </Card>
  );
}
