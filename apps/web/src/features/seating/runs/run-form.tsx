import type { RunMode, SeatingWeights } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Select } from '@wedsync/ui/select';
import { Slider } from '@wedsync/ui/slider';
import { Switch } from '@wedsync/ui/switch';
import { Sparkles } from 'lucide-react';
import { keysOf } from '../../../lib/keys-of.ts';
import { modeLabels, modeNotes, secondsWords, weightWords } from './run-words.ts';

/** What a run is asked to do. */
export interface RunWish {
  mode: RunMode;
  weights: SeatingWeights;
  includesUndecided: boolean;
  seconds: number;
}

interface RunFormProps {
  wish: RunWish;
  onChange: (wish: RunWish) => void;
  onStart: () => void;
  isPending: boolean;
  error: unknown;
  /** Why it cannot be started now; null when it can. */
  obstacle: string | null;
}

const modes: readonly RunMode[] = ['unseated', 'full', 'reflow'];
const durations = [5, 10, 30, 60, 180, 300];

const pointWords = (value: number) =>
  value === 0 ? 'off' : value <= 3 ? 'a little' : value <= 7 ? 'clearly' : 'very much';

/** How to seat: whom, by what, and for how long. */
export function RunForm({ wish, onChange, onStart, isPending, error, obstacle }: RunFormProps) {
  const change = (patch: Partial<RunWish>) => onChange({ ...wish, ...patch });
  return (
    <Form onSubmit={onStart} className="flex flex-col gap-5">
      <RadioGroup
        label="What to do"
        options={modes.map((mode) => ({
          value: mode,
          label: modeLabels[mode],
          note: modeNotes[mode],
        }))}
        value={wish.mode}
        onChange={(mode) => change({ mode })}
      />
      <fieldset className="m-0 flex flex-col gap-4 border-0 p-0">
        <legend className="mb-2 p-0 font-medium text-sm">What matters to you</legend>
        {keysOf(weightWords).map((key) => {
          const { label, least, most } = weightWords[key];
          return (
            <Slider
              key={key}
              label={label}
              valueText={pointWords(wish.weights[key])}
              ends={[least, most]}
              minValue={0}
              maxValue={10}
              value={wish.weights[key]}
              onChange={(value) => change({ weights: { ...wish.weights, [key]: value } })}
            />
          );
        })}
      </fieldset>
      <Switch
        isSelected={wish.includesUndecided}
        onChange={(includesUndecided) => change({ includesUndecided })}
      >
        Seat those without an answer too
      </Switch>
      <Select
        label="Look for at most"
        description="It stops earlier once the plan is proven best. Stop it whenever you like."
        options={durations.map((value) => ({
          value: String(value),
          label: secondsWords(value),
        }))}
        value={String(wish.seconds)}
        onChange={(value) => change({ seconds: Number(value) })}
      />
      <div className="sticky bottom-16 -mx-4 -mb-4 flex flex-col gap-2.5 border-line border-t bg-surface px-4 py-3 md:-bottom-4">
        <FailureNote error={error} />
        {obstacle ? <p className="text-ink-soft text-sm">{obstacle}</p> : null}
        <Button
          type="submit"
          variant="primary"
          size="lg"
          isPending={isPending}
          isDisabled={obstacle !== null}
        >
          <Sparkles aria-hidden="true" />
          {isPending ? 'Starting…' : 'Find the best seating'}
        </Button>
      </div>
    </Form>
  );
}
