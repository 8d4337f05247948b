import { useQuery } from '@tanstack/react-query';
import type { ScheduleReading } from '@wedsync/contracts/monitoring';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { formatAgo, formatMoment } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { StatusDot, type StatusTone } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { CalendarClock } from 'lucide-react';
import { describeSchedule, jobRoom, jobTitle } from '../../lib/job-words.ts';
import { useLive } from '../../lib/live.ts';
import { formatSpan } from '../../lib/quantities.ts';
import { trpc } from '../../lib/trpc.ts';
import { AsOf, PauseButton } from '../shell/live-control.tsx';
import { Reading } from '../shell/reading.tsx';

type Last = NonNullable<ScheduleReading['last']>;
const outcomes: Record<Last['state'], { label: string; tone: StatusTone }> = {
  running: { label: 'Running', tone: 'info' },
  done: { label: 'Done', tone: 'positive' },
  failed: { label: 'Failed', tone: 'critical' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
};

function untilNext(nextAt: string): string {
  const leftMs = Date.parse(nextAt) - Date.now();
  return leftMs < 1_000 ? 'Now' : `in ${formatSpan(leftMs)}`;
}

const columns: readonly TableColumn<ScheduleReading>[] = [
  {
    id: 'job',
    header: 'Job',
    isRowHeader: true,
    cell: ({ jobName }) => (
      <>
        <span className="font-medium">{jobTitle(jobName)}</span>
        <span className="block text-ink-soft text-sm">{jobRoom(jobName)}</span>
      </>
    ),
  },
  { id: 'when', header: 'Runs', cell: describeSchedule },
  {
    id: 'next',
    header: 'Next run',
    align: 'end',
    cell: ({ nextAt }) =>
      nextAt ? <span title={formatMoment(nextAt)}>{untilNext(nextAt)}</span> : 'Not planned',
  },
  {
    id: 'last',
    header: 'Last run',
    align: 'end',
    cell: ({ last }) =>
      last ? <span title={formatMoment(last.at)}>{formatAgo(last.at)}</span> : 'Not yet',
  },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: ({ last }) =>
      last ? (
        <StatusDot tone={outcomes[last.state].tone}>
          {outcomes[last.state].label}
          {last.tookMs === null ? '' : ` in ${formatSpan(last.tookMs)}`}
        </StatusDot>
      ) : (
        '–'
      ),
  },
];

/** The calendar of periodic jobs. */
export function SchedulesPage() {
  const live = useLive();
  const schedules = useQuery({
    ...trpc.monitoring.listSchedules.queryOptions(),
    ...live,
  });
  return (
    <Page title="Schedules" note={<AsOf at={schedules.dataUpdatedAt} />} actions={<PauseButton />}>
      <Reading query={schedules} label="schedules">
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={<CalendarClock />} title="Nothing is scheduled">
              The worker writes the calendar when it starts. See whether one is running.
            </EmptyState>
          ) : (
            <Card title="Calendar" note="What runs by itself, next first." isFlush>
              <Table
                label="Schedules"
                columns={columns}
                rows={all}
                rowId={({ jobName }) => jobName}
              />
            </Card>
          )
        }
      </Reading>
    </Page>
  );
}
