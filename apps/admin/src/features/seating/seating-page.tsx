import { useQuery } from '@tanstack/react-query';
import type { SeatingMetrics, SeatingRefusal } from '@wedsync/contracts/monitoring-seating';
import { Card } from '@wedsync/ui/card';
import { formatCount, formatMoment, plural } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { useLive } from '../../lib/live.ts';
import { formatShare, formatSpan, formatSpanRoughly } from '../../lib/quantities.ts';
import { trpc } from '../../lib/trpc.ts';
import { AsOf, PauseButton } from '../shell/live-control.tsx';
import { Reading } from '../shell/reading.tsx';
import { RunsCard } from './runs-card.tsx';
import { ViewsCard } from './views-card.tsx';

/** The six figures that say how seating does. */
function FiguresCard({ metrics }: { metrics: SeatingMetrics }) {
  const { plans, seats, runs, gaps, conflicts, viewAgeMs } = metrics;
  const seconds = runs.medianSeconds;
  return (
    <Card
      title="Seating"
      note="Over all weddings; what is counted from plans is as old as it says."
    >
      <StatRow>
        <Stat
          label="Plans"
          value={formatCount(plans.layouts)}
          note={`${plural(plans.changesLastHour, 'change')} in an hour`}
        />
        <Stat
          label="Guests seated"
          value={seats.share === null ? '–' : formatShare(seats.share)}
          note={`${formatCount(seats.unseated)} without a seat`}
        />
        <Stat
          label="Runs in a day"
          value={formatCount(runs.lastDay)}
          note={`${formatCount(runs.failed)} failed${seconds === null ? '' : `, half within ${formatSpan(seconds * 1_000)}`}`}
        />
        <Stat
          label="Proven best"
          value={`${formatCount(gaps.proven)} of ${formatCount(gaps.known)}`}
          note={
            gaps.average === null ? 'No bound known' : `Gap ${formatShare(gaps.average)} on average`
          }
        />
        <Stat
          label="Plans against a rule"
          value={formatCount(conflicts.plansWithBrokenRules)}
          note={`${plural(conflicts.refusalsLastDay, 'refused change')} in a day`}
        />
        <Stat
          label="Age of figures"
          value={viewAgeMs === null ? 'Never' : formatSpanRoughly(viewAgeMs)}
          note={`${formatCount(plans.emptyTables)} of ${plural(plans.tables, 'table')} empty`}
        />
      </StatRow>
    </Card>
  );
}

const refusalColumns: readonly TableColumn<SeatingRefusal>[] = [
  { id: 'at', header: 'When', isRowHeader: true, cell: ({ at }) => formatMoment(at) },
  { id: 'company', header: 'Company', cell: ({ company }) => company },
  { id: 'action', header: 'Tried', cell: ({ action }) => actionWords[action] ?? action },
  {
    id: 'user',
    header: 'Account',
    cell: ({ userId }) => <code className="text-sm">{userId}</code>,
  },
];
const actionWords: Readonly<Record<string, string>> = {
  'seating.update': 'To change a plan',
  'seating.optimize': 'To have guests seated',
  'seating.print': 'To print a plan',
};

/** Who tried what they may not do. */
function RefusalsCard({ refusals }: { refusals: readonly SeatingRefusal[] }) {
  return (
    <Card
      title="Refused"
      note="People who may look at a plan and tried to change it; once a minute each, for 30 days."
      isFlush
    >
      {refusals.length > 0 ? (
        <Table
          label="Refused changes"
          columns={refusalColumns}
          rows={refusals}
          rowId={({ at, userId, action }) => `${at} ${userId} ${action}`}
        />
      ) : (
        <p className="px-5 pb-4.5 text-ink-soft">Nobody tried.</p>
      )}
    </Card>
  );
}

/** Seating over all weddings: figures, runs, freshness and refusals; nobody’s name. */
export function SeatingPage() {
  const live = useLive();
  const metrics = useQuery({ ...trpc.monitoring.seatingMetrics.queryOptions(), ...live });
  return (
    <Page title="Seating" note={<AsOf at={metrics.dataUpdatedAt} />} actions={<PauseButton />}>
      <div className="flex flex-col gap-4">
        <Reading query={metrics} label="the figures of seating">
          {(figures) => <FiguresCard metrics={figures} />}
        </Reading>
        <RunsCard />
        <ViewsCard />
        {metrics.data ? <RefusalsCard refusals={metrics.data.refusals} /> : null}
      </div>
    </Page>
  );
}
