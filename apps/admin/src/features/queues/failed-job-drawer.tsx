import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FailedJob } from '@wedsync/contracts/monitoring';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { formatCount, formatMoment } from '@wedsync/ui/format';
import { notify } from '@wedsync/ui/toast';
import { RotateCw } from 'lucide-react';
import { jobRoom, jobTitle, queueWords } from '../../lib/job-words.ts';
import { trpc } from '../../lib/trpc.ts';
import { Facts } from '../shell/facts.tsx';

interface FailedJobDrawerProps {
  /** The job to show; null closes the drawer. */
  job: FailedJob | null;
  onClose: () => void;
}

/** Why a job failed, what it was about, and the way to start it over. */
export function FailedJobDrawer({ job, onClose }: FailedJobDrawerProps) {
  const queries = useQueryClient();
  const retry = useMutation(
    trpc.monitoring.retryJob.mutationOptions({
      onSuccess: () => {
        notify({ tone: 'done', title: 'The job starts over', detail: 'With all its attempts.' });
        onClose();
      },
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.monitoring.pathKey() }),
    }),
  );
  const close = () => {
    retry.reset();
    onClose();
  };
  return (
    <Dialog
      kind="drawer"
      isOpen={job !== null}
      onOpenChange={(isOpen) => (isOpen ? undefined : close())}
      title={job ? jobTitle(job.jobName) : 'Job'}
      subtitle={
        job ? `${jobRoom(job.jobName)} · ${queueWords[job.queue]?.title ?? job.queue}` : null
      }
      footer={
        <>
          <Button onPress={close}>Close</Button>
          <Button
            variant="primary"
            isPending={retry.isPending}
            onPress={() => job && retry.mutate({ jobId: job.jobId })}
          >
            <RotateCw aria-hidden="true" />
            {retry.isPending ? 'Starting over…' : 'Start over'}
          </Button>
        </>
      }
    >
      {job ? <JobDetails job={job} /> : null}
      <div className="mt-5">
        <FailureNote error={retry.error} />
      </div>
    </Dialog>
  );
}

function JobDetails({ job }: { job: FailedJob }) {
  return (
    <div className="flex flex-col gap-6">
      <section className="space-y-2">
        <h3 className="font-medium">Reason of the last attempt</h3>
        <p className="wrap-anywhere rounded-lg bg-critical-soft px-4 py-3 text-base">
          {job.error ?? 'None was recorded.'}
        </p>
      </section>
      <Facts
        facts={[
          ['Attempts', formatCount(job.attempts)],
          ['Asked for', formatMoment(job.createdAt)],
          ['Failed', formatMoment(job.failedAt)],
          [
            'Job',
            <span key="job" className="select-all font-mono text-sm">
              {job.jobId}
            </span>,
          ],
          [
            'Request',
            job.requestId ? (
              <span key="request" className="select-all font-mono text-sm">
                {job.requestId}
              </span>
            ) : (
              'None: it was due by the calendar'
            ),
          ],
        ]}
      />
      <section className="space-y-2">
        <h3 className="font-medium">What it was about</h3>
        <pre className="wrap-anywhere m-0 whitespace-pre-wrap rounded-lg bg-sunken px-4 py-3 font-mono text-sm">
          {JSON.stringify(job.payload, null, 2)}
        </pre>
      </section>
    </div>
  );
}
