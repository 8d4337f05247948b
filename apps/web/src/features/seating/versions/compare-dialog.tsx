import { useMutation, useQuery } from '@tanstack/react-query';
import type { SeatingVersion } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote, FailureState } from '@wedsync/ui/failure-view';
import { formatMoment, plural } from '@wedsync/ui/format';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { notifyUndo } from '@wedsync/ui/toast';
import { trpc, trpcClient } from '../../../lib/trpc.ts';
import { useSeating } from '../plan-store.ts';
import { DiffView } from '../runs/diff-view.tsx';

interface CompareDialogProps {
  version: SeatingVersion;
  onClose: () => void;
}

/** A kept plan beside the plan of now, and the way back to it. */
export function CompareDialog({ version, onClose }: CompareDialogProps) {
  const { weddingId, plan, canEdit, actions } = useSeating();
  const input = { weddingId, versionId: version.id };
  const compare = useQuery({
    queryKey: [...trpc.seating.compareVersion.queryKey(input), plan.layout.revision],
    queryFn: ({ signal }) => trpcClient.seating.compareVersion.query(input, { signal }),
  });
  const restore = useMutation(
    trpc.seating.restoreVersion.mutationOptions({
      onSuccess: (change) => {
        actions.merge(change);
        notifyUndo(`“${version.name}” is the plan again`, () => void actions.undo());
        onClose();
      },
      onError: () => void actions.catchUp(),
    }),
  );
  const diff = compare.data;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      size="lg"
      title={`“${version.name}” and the plan of now`}
      subtitle={`Kept ${formatMoment(version.savedAt)} by ${version.savedByName}`}
      footer={
        canEdit ? (
          <>
            <Button onPress={onClose}>Leave the plan as it is</Button>
            <Button
              variant="primary"
              isDisabled={!diff || diff.moves.length === 0}
              isPending={restore.isPending}
              onPress={() => diff && restore.mutate({ ...input, revision: diff.revision })}
            >
              {restore.isPending ? 'Bringing it back…' : 'Bring it back'}
            </Button>
          </>
        ) : undefined
      }
    >
      <div className="flex flex-col gap-5">
        <FailureNote error={restore.error} />
        {compare.error ? (
          <FailureState error={compare.error} onRetry={() => void compare.refetch()} />
        ) : diff ? (
          <>
            <p>
              Bringing it back would change the seats of {plural(diff.moves.length, 'guest')}.
              Tables stay as they are.
            </p>
            <DiffView diff={diff} heads={['Now', 'In the version']} />
          </>
        ) : (
          <SkeletonRows label="The two are being compared" />
        )}
      </div>
    </Dialog>
  );
}
