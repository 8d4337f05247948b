import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OpenJob } from '@wedsync/contracts/monitoring';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { notify } from '@wedsync/ui/toast';
import { jobTitle } from '../../lib/job-words.ts';
import { trpc } from '../../lib/trpc.ts';

interface CancelJobDialogProps {
  /** The job in question; null closes the dialog. */
  job: OpenJob | null;
  onClose: () => void;
}

/** A cancelled job cannot be started over, so it is asked for. */
export function CancelJobDialog({ job, onClose }: CancelJobDialogProps) {
  const queries = useQueryClient();
  const cancel = useMutation(
    trpc.monitoring.cancelJob.mutationOptions({
      onSuccess: () => {
        notify({ tone: 'done', title: 'The job is cancelled' });
        onClose();
      },
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.monitoring.pathKey() }),
    }),
  );
  const close = () => {
    cancel.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={job !== null}
      onOpenChange={(isOpen) => (isOpen ? undefined : close())}
      title={job ? `Cancel “${jobTitle(job.jobName)}”?` : 'Cancel the job?'}
      confirmLabel={cancel.isPending ? 'Cancelling…' : 'Cancel the job'}
      isPending={cancel.isPending}
      onConfirm={() => job && cancel.mutate({ jobId: job.jobId })}
      error={<FailureNote error={cancel.error} />}
    >
      <p>
        It will not be carried out. A job that runs right now is told to stop; what it has already
        done stays done. A cancelled job cannot be started over.
      </p>
    </ConfirmDialog>
  );
}
