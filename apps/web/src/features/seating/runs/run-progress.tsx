import type { SeatingRun } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { ProgressBar } from '@wedsync/ui/progress-bar';
import { Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import { GapBadge } from './gap-badge.tsx';
import { RunCurve } from './run-curve.tsx';
import { betterWords, secondsWords } from './run-words.ts';

interface RunProgressProps {
  run: SeatingRun;
  /** How long it was asked to look; null where somebody else has started it. */
  seconds: number | null;
  onStop: () => void;
  isStopping: boolean;
}

/** Milliseconds since the run began, by this machine's clock; the server's may differ a little. */
function useElapsedMs(startedAt: string | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return startedAt ? Math.max(0, now - Date.parse(startedAt)) : 0;
}

/** A run at work: how long still, how good so far, and the way out that loses nothing. */
export function RunProgress({ run, seconds, onStop, isStopping }: RunProgressProps) {
  const elapsedMs = useElapsedMs(run.startedAt);
  const last = run.curve.at(-1);
  return (
    <section aria-label="Automatic seating at work" className="flex flex-col gap-4">
      <ProgressBar
        label={run.state === 'queued' ? 'Waiting to start' : 'Looking for a better plan'}
        {...(run.state === 'queued' || seconds === null
          ? {}
          : { value: Math.min(elapsedMs / 1_000, seconds), max: seconds })}
        valueText={
          seconds === null
            ? secondsWords(elapsedMs / 1_000)
            : `${secondsWords(Math.min(elapsedMs / 1_000, seconds))} of ${secondsWords(seconds)}`
        }
      />
      <div aria-live="polite" className="flex flex-col gap-1.5">
        <p>{run.cost === null ? 'No plan yet.' : betterWords(run)}</p>
        <GapBadge gap={run.gap} />
      </div>
      <RunCurve curve={run.curve} totalMs={Math.max(elapsedMs, last?.atMs ?? 0, 1_000)} />
      <Button onPress={onStop} isPending={isStopping} className="self-start">
        <Square aria-hidden="true" />
        {isStopping ? 'Stopping…' : 'Stop and keep the best'}
      </Button>
    </section>
  );
}
