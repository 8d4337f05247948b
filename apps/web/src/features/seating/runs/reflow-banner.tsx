import { useMutation } from '@tanstack/react-query';
import type { SeatingRun } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { useMemo, useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { guestName } from '../../guests/words.ts';
import { namesLine } from '../lists/guest-lines.ts';
import { useSeating } from '../plan-store.ts';
import { answerChanges } from './answer-changes.ts';
import { ProposalDialog } from './proposal-dialog.tsx';

/** Tells that answers have changed since the seating was made, and offers the smallest repair. */
export function ReflowBanner() {
  const { weddingId, eventId, index, canEdit } = useSeating();
  const changes = useMemo(() => answerChanges(index), [index]);
  const [proposal, setProposal] = useState<SeatingRun | null>(null);
  const propose = useMutation(
    trpc.seating.proposeReflow.mutationOptions({
      onSuccess: setProposal,
      onError: (error) => notifyFailure('No repair could be worked out', error),
    }),
  );
  if (!canEdit || (!changes && !proposal)) return null;
  return (
    <div className="mb-4">
      {changes ? (
        <Callout
          tone="caution"
          title={changes.sentence}
          actions={
            <Button
              size="sm"
              variant="primary"
              isPending={propose.isPending}
              onPress={() => propose.mutate({ weddingId, eventId })}
            >
              {propose.isPending ? 'Working it out…' : 'Propose a repair'}
            </Button>
          }
        >
          <p className="text-sm">
            {namesLine([...changes.needSeat, ...changes.declined].map(guestName))}. As few guests as
            possible would change their seats; nothing happens before you agree.
          </p>
        </Callout>
      ) : null}
      {proposal ? <ProposalDialog run={proposal} onClose={() => setProposal(null)} /> : null}
    </div>
  );
}
