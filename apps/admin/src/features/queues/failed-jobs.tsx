import { useInfiniteQuery } from '@tanstack/react-query';
import type { FailedJob } from '@wedsync/contracts/monitoring';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { formatAgo, formatCount, formatMoment } from '@wedsync/ui/format';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { jobRoom, jobTitle, queueWords } from '../../lib/job-words.ts';
import { useLive } from '../../lib/live.ts';
import { trpc } from '../../lib/trpc.ts';
import { MoreButton } from '../shell/more-button.tsx';
import { Reading } from '../shell/reading.tsx';
import { FailedJobDrawer } from './failed-job-drawer.tsx';

const columnsWith = (onOpen: (job: FailedJob) => void): TableColumn<FailedJob>[] => [
  {
    id: 'job',
    header: 'Job',
    isRowHeader: true,
    cell: (job) => (
      <>
        <span className="font-medium">{jobTitle(job.jobName)}</span>
        <span className="block text-ink-soft text-sm">
          {jobRoom(job.jobName)} · {queueWords[job.queue]?.title ?? job.queue}
        </span>
      </>
    ),
  },
  {
    id: 'error',
    header: 'Reason',
    cell: (job) => (
      <span className="wrap-anywhere line-clamp-2 max-w-96 text-sm">
        {job.error ?? 'Not recorded'}
      </span>
    ),
  },
  { id: 'attempts', header: 'Attempts', align: 'end', cell: (job) => formatCount(job.attempts) },
  {
    id: 'failed',
    header: 'Failed',
    align: 'end',
    cell: (job) => <span title={formatMoment(job.failedAt)}>{formatAgo(job.failedAt)}</span>,
  },
  {
    id: 'open',
    header: 'Actions',
    align: 'end',
    isHeaderHidden: true,
    cell: (job) => (
      <Button
        size="sm"
        aria-label={`Details of ${jobTitle(job.jobName)}`}
        onPress={() => onOpen(job)}
      >
        Details
      </Button>
    ),
  },
];

/** Jobs that no further attempt will mend by itself. */
export function FailedJobs() {
  const [open, setOpen] = useState<FailedJob | null>(null);
  const live = useLive();
  const failed = useInfiniteQuery({
    ...trpc.monitoring.listFailedJobs.infiniteQueryOptions(
      { limit: 25 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    ...live,
  });
  return (
    <Card title="Failed jobs" note="They stay here until somebody starts them over." isFlush>
      <Reading query={failed} label="failed jobs">
        {({ pages }) => {
          const jobs = pages.flatMap((page) => page.items);
          if (jobs.length === 0) {
            return (
              <EmptyState icon={<CircleCheck />} title="No failed jobs">
                Jobs that fail are tried again by themselves; only what still fails then comes here.
              </EmptyState>
            );
          }
          return (
            <Table
              label="Failed jobs"
              columns={columnsWith(setOpen)}
              rows={jobs}
              rowId={(job) => job.jobId}
            />
          );
        }}
      </Reading>
      <MoreButton query={failed} />
      <FailedJobDrawer job={open} onClose={() => setOpen(null)} />
    </Card>
  );
}
