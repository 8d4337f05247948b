import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { SeatingRun } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote, FailureState } from '@wedsync/ui/failure-view';
import { plural } from '@wedsync/ui/format';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { notifyUndo } from '@wedsync/ui/toast';
import { trpc } from '../../../lib/trpc.ts';
import { useSeating } from '../plan-store.ts';
import { DiffView } from './diff-view.tsx';
import { GapBadge } from './gap-badge.tsx';
import { InfeasibleNote } from './infeasible-note.tsx';
import { runsChanged, usePreview } from './use-run.ts';

interface ProposalDialogProps {
  run: SeatingRun;
  onClose: () => void;
}

/** What a finished run would do to the plan as it is now; nothing happens before it is accepted. */
export function ProposalDialog({ run, onClose }: ProposalDialogProps) {
  const { weddingId, actions } = useSeating();
  const input = { weddingId, runId: run.id };
  const preview = usePreview(run);
  const apply = useMutation(
    trpc.seating.applyRun.mutationOptions({
      onSuccess: (change) => {
        actions.merge(change);
        runsChanged();
        notifyUndo('The new seating is in place', () => void actions.undo());
        onClose();
      },
      // Somebody was faster: read what they did, then look at the difference again.
      onError: () => void actions.catchUp(),
    }),
  );
  const diff = preview.data;
  const isStale = apply.error !== null && failureOf(apply.error).kind === 'conflict';
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      kind="drawer"
      isDismissable={false}
      title={run.mode === 'reflow' ? 'A repair with few moves' : 'The proposed seating'}
      subtitle={
        diff
          ? plural(diff.moves.length, 'guest would sit elsewhere', 'guests would sit elsewhere')
          : undefined
      }
      footer={
        <>
          <Button onPress={onClose}>Leave the plan as it is</Button>
          <Button
            variant="primary"
            isDisabled={!diff || diff.moves.length === 0}
            isPending={apply.isPending}
            onPress={() => diff && apply.mutate({ ...input, revision: diff.revision })}
          >
            {apply.isPending ? 'Applying…' : 'Apply it'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {isStale ? (
          <Callout tone="info" title="The plan has changed meanwhile" isLive>
            Below is what would happen now. Nothing was applied yet.
          </Callout>
        ) : (
          <FailureNote error={apply.error} />
        )}
        {run.infeasible ? <InfeasibleNote reason={run.infeasible} /> : null}
        {run.error ? <Callout tone="critical">{run.error}</Callout> : null}
        {preview.error ? (
          <FailureState error={preview.error} onRetry={() => void preview.refetch()} />
        ) : diff ? (
          <>
            {run.gap === null ? null : <GapBadge gap={run.gap} withNote />}
            <DiffView diff={diff} heads={['Now', 'Proposed']} />
          </>
        ) : preview.isLoading ? (
          <SkeletonRows label="The difference is being worked out" />
        ) : null}
      </div>
    </Dialog>
  );
}
