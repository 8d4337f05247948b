import type { SeatingDiff, SeatingRun } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { plural } from '@wedsync/ui/format';
import { useState } from 'react';
import { moveGroups } from './diff-groups.ts';
import { GapBadge } from './gap-badge.tsx';
import { InfeasibleNote } from './infeasible-note.tsx';
import { ProposalDialog } from './proposal-dialog.tsx';
import { RunCurve } from './run-curve.tsx';
import { hasPlan, stateWords } from './run-words.ts';
import { usePreview } from './use-run.ts';

interface RunResultProps {
  run: SeatingRun;
  onAgain: () => void;
}

/** "88 guests get a seat, 3 go to another table." */
function diffWords(diff: SeatingDiff): string {
  const { seated, moved, shifted, unseated } = moveGroups(diff.moves);
  const parts = [
    seated.length > 0 ? `${plural(seated.length, 'guest gets', 'guests get')} a seat` : null,
    moved.length > 0 ? `${moved.length} go to another table` : null,
    shifted.length > 0 ? `${shifted.length} take another chair` : null,
    unseated.length > 0 ? `${unseated.length} lose their seat` : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? `${parts.join(', ')}.` : 'Nobody would change seats.';
}

function Found({ run, onAgain }: RunResultProps) {
  const [isOpen, setOpen] = useState(false);
  const preview = usePreview(run);
  const isApplied = run.appliedRevision !== null;
  return (
    <>
      <div aria-live="polite" className="flex flex-col gap-1.5">
        <p className="font-display text-xl">
          {isApplied ? 'The plan is applied' : preview.data ? diffWords(preview.data) : 'A plan'}
        </p>
        <GapBadge gap={run.gap} withNote />
      </div>
      <RunCurve curve={run.curve} totalMs={run.curve.at(-1)?.atMs ?? 0} />
      <div className="flex flex-wrap gap-2">
        {isApplied ? null : (
          <Button variant="primary" onPress={() => setOpen(true)}>
            Look at the changes
          </Button>
        )}
        <Button onPress={onAgain}>{isApplied ? 'Back to the settings' : 'Discard it'}</Button>
      </div>
      {isOpen ? <ProposalDialog run={run} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** What came out of a run: a plan to look at, why there is none, or what went wrong. */
export function RunResult({ run, onAgain }: RunResultProps) {
  if (hasPlan(run)) {
    return (
      <section aria-label="Result" className="flex flex-col gap-4">
        <Found run={run} onAgain={onAgain} />
      </section>
    );
  }
  return (
    <section aria-label="Result" className="flex flex-col items-start gap-4">
      {run.infeasible ? (
        <InfeasibleNote reason={run.infeasible} />
      ) : (
        <Callout tone={run.state === 'failed' ? 'critical' : 'info'} title={stateWords[run.state]}>
          {run.error ?? 'No plan was found in that time. Give it a little longer.'}
        </Callout>
      )}
      <Button onPress={onAgain}>Back to the settings</Button>
    </section>
  );
}
