import type { SeatingRunId } from '@wedsync/contracts/ids';
import type { SeatingRun } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { formatAgo } from '@wedsync/ui/format';
import { gapWords, hasPlan, modeLabels, stateWords } from './run-words.ts';

interface EarlierRunsProps {
  runs: readonly SeatingRun[];
  onOpen: (runId: SeatingRunId) => void;
}

function outcome(run: SeatingRun): string {
  if (!hasPlan(run)) return stateWords[run.state];
  const { text } = gapWords(run.gap);
  return run.appliedRevision === null ? text : `${text}, applied`;
}

/** Runs of before: each keeps its plan, and can still be looked at and applied. */
export function EarlierRuns({ runs, onOpen }: EarlierRunsProps) {
  if (runs.length === 0) return null;
  return (
    <section>
      <h2 className="font-display text-lg">Earlier runs</h2>
      <ul className="m-0 list-none divide-y divide-line p-0">
        {runs.map((run) => (
          <li key={run.id} className="flex items-center gap-3 py-2">
            <div className="min-w-0 flex-1">
              <p className="truncate">{modeLabels[run.mode]}</p>
              <p className="truncate text-ink-soft text-sm">
                {outcome(run)} · {formatAgo(run.queuedAt)}, {run.startedByName}
              </p>
            </div>
            <Button
              size="sm"
              variant="quiet"
              aria-label={`Open: ${modeLabels[run.mode]}, ${formatAgo(run.queuedAt)}`}
              onPress={() => onOpen(run.id)}
            >
              Open
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
