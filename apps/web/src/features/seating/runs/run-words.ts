import type {
  RunMode,
  RunState,
  SeatingRun,
  SeatingWeights,
} from '@wedsync/contracts/seating-runs';
import type { BadgeTone } from '@wedsync/ui/badge';
import { formatCount } from '@wedsync/ui/format';

export const modeLabels: Record<RunMode, string> = {
  unseated: 'Seat those who have no seat',
  full: 'Seat everybody anew',
  reflow: 'Repair after changes',
};

export const modeNotes: Record<RunMode, string> = {
  unseated: 'Whoever you placed by hand stays where they are.',
  full: 'Only locked guests and locked tables stay as they are.',
  reflow: 'As few guests as possible change their seats.',
};

/** The trade-offs in the order of the form, each with what its two ends mean. */
export const weightWords: Record<
  keyof SeatingWeights,
  { label: string; note: string; least: string; most: string }
> = {
  happiness: {
    label: 'Wishes come true',
    note: 'Who would like to sit with whom.',
    least: 'Wishes do not count',
    most: 'Wishes count most',
  },
  fairness: {
    label: 'Nobody is left out',
    note: 'Rather everybody a bit happy than some very; nobody among strangers.',
    least: 'Only the total counts',
    most: 'The loneliest guest counts most',
  },
  fewestMoves: {
    label: 'Keep guests where they are',
    note: 'How much it takes before somebody is moved.',
    least: 'Move anybody',
    most: 'Move as few as possible',
  },
  balance: {
    label: 'Tables equally full',
    note: 'Rather ten and ten than twelve and eight.',
    least: 'As it comes',
    most: 'As even as possible',
  },
};

export const defaultWeights: SeatingWeights = {
  happiness: 6,
  fairness: 4,
  fewestMoves: 2,
  balance: 1,
};

export const stateWords: Record<RunState, string> = {
  queued: 'Waiting to start',
  running: 'Working',
  done: 'Finished',
  cancelled: 'Stopped by you',
  failed: 'Failed',
  infeasible: 'Impossible as it is',
};

/** Whether the run may still find something better. */
export function isBusy({ state }: Pick<SeatingRun, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

/** Whether there is a plan to look at. */
export function hasPlan({ state, cost }: Pick<SeatingRun, 'state' | 'cost'>): boolean {
  return (state === 'done' || state === 'cancelled') && cost !== null;
}

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** What is known about how good the plan is: a proof, a distance, or nothing yet. */
export function gapWords(gap: number | null): { text: string; note: string; tone: BadgeTone } {
  if (gap === null) {
    return {
      text: 'How close to the best is not known yet',
      note: 'The plan keeps every rule; whether a better one exists was not worked out.',
      tone: 'neutral',
    };
  }
  if (gap <= 0) {
    return {
      text: 'Proven best',
      note: 'No plan keeps the rules and meets the wishes better: this is proven.',
      tone: 'positive',
    };
  }
  // Rounded up: what is promised must hold.
  const share = percent.format(Math.ceil(gap * 1_000) / 1_000);
  return {
    text: `At most ${share} from the best possible`,
    note: 'Nobody can find a plan that is better by more than that.',
    tone: 'info',
  };
}

/** How much better than before, in words; costs are lower when the plan is better. */
export function betterWords({ startCost, cost }: Pick<SeatingRun, 'startCost' | 'cost'>): string {
  if (startCost === null || cost === null) return '';
  const gain = startCost - cost;
  if (gain === 0) return 'As good as the plan you have';
  return `${formatCount(Math.abs(gain))} points ${gain > 0 ? 'better' : 'worse'} than the plan you have`;
}

/** "8 s", "2 min", "2 min 30 s". */
export function secondsWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
