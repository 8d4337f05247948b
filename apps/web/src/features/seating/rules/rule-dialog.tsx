import { useQuery } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { SeatingRelationship } from '@wedsync/contracts/seating-rules';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Select } from '@wedsync/ui/select';
import { Slider } from '@wedsync/ui/slider';
import { TextField } from '@wedsync/ui/text-field';
import { useMemo, useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { useWedding } from '../../../lib/wedding.ts';
import { optionsOf } from '../../guests/words.ts';
import { useSeating } from '../plan-store.ts';
import { type RuleDraft, useRuleDraft } from './rule-draft.ts';
import { isWish, kindLabels, kindNotes, ruleSentence, weightWords } from './rule-words.ts';
import { sideOptions } from './side-options.ts';
import { SidePicker } from './side-picker.tsx';
import { useRuleActions, useRuleNames } from './use-rules.ts';

interface RuleDialogProps {
  /** The rule to change; null makes a new one. */
  rule: SeatingRelationship | null;
  /** Filled in already, where somebody is spoken of. */
  start?: Partial<RuleDraft>;
  onClose: () => void;
}

const formId = 'seating-rule';

function useSideOptions() {
  const { weddingId, plan } = useSeating();
  const tags = useQuery(trpc.guests.listTags.queryOptions({ weddingId })).data;
  return useMemo(() => sideOptions(plan.guests, tags ?? []), [plan.guests, tags]);
}

/** Whom, what, and how much: one rule, told back as a sentence while it is made. */
export function RuleDialog({ rule, start, onClose }: RuleDialogProps) {
  const { weddingId, eventId } = useSeating();
  const { events } = useWedding(weddingId);
  const eventName = events.find(({ id }) => id === eventId)?.name ?? 'this event';
  const options = useSideOptions();
  const names = useRuleNames();
  const actions = useRuleActions();
  const { draft, change } = useRuleDraft(rule, start);
  const [isTried, setTried] = useState(false);
  const { one, other, kind, weight, note } = draft;
  const error = actions.create.error ?? actions.update.error;
  const missing = (side: unknown) =>
    isTried && side === null ? 'Choose a person, a family or a tag.' : undefined;

  const save = () => {
    setTried(true);
    if (rule) {
      const patch = { kind, weight, note };
      const input = { weddingId, relationshipId: rule.id, version: rule.version, ...patch };
      actions.update.mutate(input, { onSuccess: onClose });
    } else if (one && other) {
      const input = { weddingId, eventId: draft.isEverywhere ? null : eventId };
      actions.create.mutate({ ...input, kind, one, other, weight, note }, { onSuccess: onClose });
    }
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      kind="drawer"
      isDismissable={false}
      title={rule ? 'Change the rule' : 'New rule'}
      subtitle={one && other ? `${ruleSentence({ kind, one, other }, names)}.` : undefined}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isPending={actions.create.isPending || actions.update.isPending}
          >
            {rule ? 'Save' : 'Add the rule'}
          </Button>
        </>
      }
    >
      <Form
        id={formId}
        onSubmit={save}
        fieldErrors={error ? failureOf(error).fields : undefined}
        className="flex flex-col gap-5"
      >
        {rule ? null : (
          <SidePicker
            label="Who"
            options={options}
            value={one}
            onChange={(next) => change({ one: next })}
            errorMessage={missing(one)}
          />
        )}
        <Select
          label="What"
          description={kindNotes[kind]}
          options={optionsOf(kindLabels)}
          value={kind}
          onChange={(next) => change({ kind: next })}
        />
        {rule ? null : (
          <SidePicker
            label="With whom"
            description="The same family or tag again speaks of its members among themselves."
            options={options}
            value={other}
            onChange={(next) => change({ other: next })}
            errorMessage={missing(other)}
          />
        )}
        {isWish(kind) ? (
          <Slider
            label="How much it counts"
            valueText={`${weightWords(weight)} (${weight} of 10)`}
            ends={['A little', 'Above almost everything']}
            minValue={1}
            maxValue={10}
            value={weight}
            onChange={(next) => change({ weight: next })}
          />
        ) : null}
        {rule ? null : (
          <RadioGroup
            label="Where it holds"
            look="segments"
            options={[
              { value: 'here', label: `Only at ${eventName}` },
              { value: 'everywhere', label: 'At every event' },
            ]}
            value={draft.isEverywhere ? 'everywhere' : 'here'}
            onChange={(next) => change({ isEverywhere: next === 'everywhere' })}
          />
        )}
        <TextField
          label="Note"
          name="note"
          description="Only your team reads it, for example why."
          value={note}
          onChange={(next) => change({ note: next })}
          maxLength={300}
        />
        <FailureNote error={error} />
      </Form>
    </Dialog>
  );
}
