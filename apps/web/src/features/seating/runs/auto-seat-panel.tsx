import type { SeatingRunId } from '@wedsync/contracts/ids';
import type { SeatingRun } from '@wedsync/contracts/seating-runs';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Armchair } from 'lucide-react';
import { useState } from 'react';
import { useSeating } from '../plan-store.ts';
import { EarlierRuns } from './earlier-runs.tsx';
import { RunForm, type RunWish } from './run-form.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunResult } from './run-result.tsx';
import { defaultWeights, isBusy } from './run-words.ts';
import { useLiveRun, useRunActions, useRuns } from './use-run.ts';

interface CurrentRunProps {
  run: SeatingRun;
  seconds: number | null;
  isStopping: boolean;
  onStop: () => void;
  onAgain: () => void;
}

function CurrentRun({ run: known, seconds, isStopping, onStop, onAgain }: CurrentRunProps) {
  const run = useLiveRun(known);
  if (!isBusy(run)) return <RunResult run={run} onAgain={onAgain} />;
  return <RunProgress {...{ run, seconds, isStopping, onStop }} />;
}

/** Whom it would seat is not there, or nobody may be moved: why a run makes no sense now. */
function useObstacle({ mode, includesUndecided }: RunWish): string | null {
  const { plan, index } = useSeating();
  const open = index.unseated.filter(({ answer }) => includesUndecided || answer === 'yes');
  if (plan.seats.length === 0) return 'Add tables first: there is nothing to sit at yet.';
  if (mode !== 'unseated' || open.length > 0) return null;
  return index.unseated.length > 0
    ? 'Nobody who said yes is without a seat. Seat those without an answer too, or everybody anew.'
    : 'Everybody has a seat. Choose another way above to improve the plan.';
}

/** Automatic seating: what to do, the search as it goes, and what it has found. */
export function AutoSeatPanel() {
  const { weddingId, eventId, canEdit, index } = useSeating();
  const { runs, isLoading, error } = useRuns();
  const [chosen, setChosen] = useState<SeatingRunId | null>(null);
  const { start, cancel } = useRunActions(setChosen);
  const [wish, setWish] = useState<RunWish>(() => ({
    mode: index.unseated.length > 0 ? 'unseated' : 'full',
    weights: defaultWeights,
    includesUndecided: false,
    seconds: 10,
  }));
  const obstacle = useObstacle(wish);
  const started = start.data?.id === chosen ? start.data : undefined;
  const current = runs.find(({ id }) => id === chosen) ?? started ?? runs.find(isBusy);

  if (error) return <FailureState error={error} />;
  if (isLoading) return <SkeletonRows label="Automatic seating is loading" />;
  if (!canEdit) {
    return (
      <EmptyState icon={<Armchair />} title="Only for those who plan">
        Automatic seating changes the plan. You may look at it, but not change it.
      </EmptyState>
    );
  }
  if (current) {
    return (
      <CurrentRun
        key={current.id}
        run={current}
        seconds={started ? wish.seconds : null}
        isStopping={cancel.isPending}
        onStop={() => cancel.mutate({ weddingId, runId: current.id })}
        onAgain={() => setChosen(null)}
      />
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <RunForm
        wish={wish}
        onChange={setWish}
        onStart={() => start.mutate({ weddingId, eventId, ...wish })}
        isPending={start.isPending}
        error={start.error}
        obstacle={obstacle}
      />
      <EarlierRuns runs={runs} onOpen={setChosen} />
    </div>
  );
}
