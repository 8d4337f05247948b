import { useQuery } from '@tanstack/react-query';
import type { OpenJob } from '@wedsync/contracts/monitoring';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { formatCount, formatMoment } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { StatusDot, type StatusTone } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { jobRoom, jobTitle, queueWords } from '../../lib/job-words.ts';
import { useLive } from '../../lib/live.ts';
import { formatSpan, formatSpanRoughly } from '../../lib/quantities.ts';
import { trpc } from '../../lib/trpc.ts';
import { AsOf, PauseButton } from '../shell/live-control.tsx';
import { Reading } from '../shell/reading.tsx';
import { CancelJobDialog } from './cancel-job-dialog.tsx';

const states: Record<OpenJob['state'], { label: string; tone: StatusTone }> = {
  scheduled: { label: 'Planned', tone: 'neutral' },
  pending: { label: 'Not yet in the queue', tone: 'caution' },
  waiting: { label: 'In the queue', tone: 'info' },
  running: { label: 'Running', tone: 'positive' },
};

function dueWords(runAt: string): string {
  const leftMs = Date.parse(runAt) - Date.now();
  if (leftMs > 1_000) return `in ${formatSpan(leftMs)}`;
  return leftMs < -1_000 ? `${formatSpan(-leftMs)} ago` : 'Now';
}

const columnsWith = (onCancel: (job: OpenJob) => void): TableColumn<OpenJob>[] => [
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
    id: 'state',
    header: 'State',
    cell: (job) => <StatusDot tone={states[job.state].tone}>{states[job.state].label}</StatusDot>,
  },
  {
    id: 'due',
    header: 'Due',
    align: 'end',
    cell: (job) => <span title={formatMoment(job.runAt)}>{dueWords(job.runAt)}</span>,
  },
  { id: 'attempts', header: 'Attempts', align: 'end', cell: (job) => formatCount(job.attempts) },
  {
    id: 'error',
    header: 'Last failure',
    cell: (job) => (
      <span className="wrap-anywhere line-clamp-2 max-w-72 text-sm">{job.error ?? '–'}</span>
    ),
  },
  {
    id: 'cancel',
    header: 'Actions',
    align: 'end',
    isHeaderHidden: true,
    cell: (job) => (
      <Button
        size="sm"
        aria-label={`Cancel ${jobTitle(job.jobName)}`}
        onPress={() => onCancel(job)}
      >
        Cancel
      </Button>
    ),
  },
];

/** Jobs on their way from the transaction that asked for them to the worker. */
export function OutboxPage() {
  const [cancelling, setCancelling] = useState<OpenJob | null>(null);
  const live = useLive();
  const outbox = useQuery({
    ...trpc.monitoring.getOutbox.queryOptions(),
    ...live,
  });
  return (
    <Page title="Outbox" note={<AsOf at={outbox.dataUpdatedAt} />} actions={<PauseButton />}>
      <Reading query={outbox} label="the outbox">
        {(reading) => (
          <div className="flex flex-col gap-4">
            <Card title="Hand-over to the queue">
              <StatRow>
                <Stat
                  label="Lag"
                  value={formatSpanRoughly(reading.lagMs)}
                  note="of the oldest due job"
                />
                <Stat
                  label="Due"
                  value={formatCount(reading.pending)}
                  note="not yet in the queue"
                />
                <Stat label="Planned" value={formatCount(reading.scheduled)} note="for later" />
                <Stat
                  label="Done"
                  value={formatCount(reading.doneLastHour)}
                  note="in the last hour"
                />
                <Stat
                  label="Failed"
                  value={formatCount(reading.failedLastHour)}
                  note="in the last hour"
                />
              </StatRow>
            </Card>
            <Card title="Open jobs" note="The oldest hundred." isFlush>
              {reading.oldest.length === 0 ? (
                <EmptyState icon={<Send />} title="Nothing is open">
                  Every job that was asked for is done.
                </EmptyState>
              ) : (
                <Table
                  label="Open jobs"
                  columns={columnsWith(setCancelling)}
                  rows={reading.oldest}
                  rowId={(job) => job.jobId}
                />
              )}
            </Card>
          </div>
        )}
      </Reading>
      <CancelJobDialog job={cancelling} onClose={() => setCancelling(null)} />
    </Page>
  );
}
