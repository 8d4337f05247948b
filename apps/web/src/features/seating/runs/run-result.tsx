import type { SeatingRun } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { plural } from '@wedsync/ui/format';
import { useState } from 'react';
import { GapBadge } from './gap-badge.tsx';
import { InfeasibleNote } from './infeasible-note.tsx';
import { ProposalDialog } from './proposal-dialog.tsx';
import { RunCurve } from './run-curve.tsx';
import { betterWords, hasPlan, stateWords } from './run-words.ts';

interface RunResultProps {
  run: SeatingRun;
  onAgain: () => void;
}

function Found({ run, onAgain }: RunResultProps) {
  const [isOpen, setOpen] = useState(false);
  const isApplied = run.appliedRevision !== null;
  return (
    <>
      <div aria-live="polite" className="flex flex-col gap-1.5">
        <p className="font-display text-xl">{betterWords(run) || 'A plan was found'}</p>
        <GapBadge gap={run.gap} withNote />
        {run.movedCount === null ? null : (
          <p className="text-ink-soft">
            {plural(run.movedCount, 'guest')} would sit elsewhere than when it began.
          </p>
        )}
      </div>
      <RunCurve curve={run.curve} totalMs={run.curve.at(-1)?.atMs ?? 0} />
      <div className="flex flex-wrap gap-2">
        {isApplied ? (
          <p className="self-center text-positive">It is applied.</p>
        ) : (
          <Button variant="primary" onPress={() => setOpen(true)}>
            Look at the changes
          </Button>
        )}
        <Button onPress={onAgain}>{isApplied ? 'Another run' : 'Discard it'}</Button>
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
