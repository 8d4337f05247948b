import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { Question, QuestionKind } from '@wedsync/contracts/rsvp';
import { Button } from '@wedsync/ui/button';
import { Checkbox } from '@wedsync/ui/checkbox';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Select } from '@wedsync/ui/select';
import { TextArea } from '@wedsync/ui/text-area';
import { TextField } from '@wedsync/ui/text-field';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { useWedding } from '../../lib/wedding.ts';
import { guestsChanged } from '../guests/guests-changed.ts';
import { optionsOf } from '../guests/words.ts';
import { questionKindWords } from './question-words.ts';

interface QuestionDialogProps {
  weddingId: string;
  /** `null` for a new one. */
  question: Question | null;
  /** Where a new one goes. */
  position: number;
  onClose: () => void;
}

const appliesOptions = [
  { value: 'guest', label: 'Each guest' },
  { value: 'household', label: 'The household once' },
] as const;
const hasOptions = (kind: QuestionKind) => kind === 'choice' || kind === 'choices';

/** Writes a question to the guests, or changes or removes one. */
export function QuestionDialog({ weddingId, question, position, onClose }: QuestionDialogProps) {
  const { events } = useWedding(weddingId);
  const [prompt, setPrompt] = useState(question?.prompt ?? '');
  const [kind, setKind] = useState<QuestionKind>(question?.kind ?? 'text');
  const [options, setOptions] = useState(question?.options.join('\n') ?? '');
  const [appliesTo, setAppliesTo] = useState(question?.appliesTo ?? 'guest');
  const [eventId, setEventId] = useState(question?.eventId ?? null);
  const [required, setRequired] = useState(question?.required ?? false);
  const done = {
    onSuccess: () => {
      void guestsChanged();
      onClose();
    },
  };
  const create = useMutation(trpc.guests.createQuestion.mutationOptions(done));
  const update = useMutation(trpc.guests.updateQuestion.mutationOptions(done));
  const remove = useMutation(trpc.guests.removeQuestion.mutationOptions(done));
  const error = create.error ?? update.error ?? remove.error;
  const save = () => {
    const lines = options.split('\n').map((line) => line.trim());
    const fields = {
      prompt,
      kind,
      appliesTo,
      eventId,
      required,
      options: hasOptions(kind) ? lines.filter(Boolean) : [],
    };
    if (question) {
      const { id: questionId, version } = question;
      update.mutate({ weddingId, questionId, version, patch: fields });
    } else create.mutate({ weddingId, ...fields, position });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDismissable={false}
      title={question ? 'Question' : 'New question'}
      footer={
        <>
          {question ? (
            <Button
              variant="quiet"
              className="mr-auto text-critical"
              isPending={remove.isPending}
              onPress={() => remove.mutate({ weddingId, questionId: question.id })}
            >
              Remove with its answers
            </Button>
          ) : null}
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="question" variant="primary">
            Save
          </Button>
        </>
      }
    >
      <Form id="question" onSubmit={save} fieldErrors={error ? failureOf(error).fields : undefined}>
        <FailureNote error={error} />
        <TextField label="Question" name="prompt" value={prompt} onChange={setPrompt} isRequired />
        <Select
          label="Kind of answer"
          options={optionsOf(questionKindWords)}
          value={kind}
          onChange={setKind}
        />
        {hasOptions(kind) ? (
          <TextArea
            label="To choose from"
            description="One on each line, at least two."
            name="options"
            value={options}
            onChange={setOptions}
          />
        ) : null}
        <RadioGroup
          label="Who answers"
          options={appliesOptions}
          value={appliesTo}
          onChange={setAppliesTo}
        />
        <Select
          label="Asked of"
          options={[
            { value: '', label: 'Everybody' },
            ...events.map((event) => ({
              value: String(event.id),
              label: `Guests of ${event.name}`,
            })),
          ]}
          value={eventId ?? ''}
          onChange={(value) => setEventId(events.find(({ id }) => id === value)?.id ?? null)}
        />
        <Checkbox isSelected={required} onChange={setRequired}>
          An answer is needed
        </Checkbox>
      </Form>
    </Dialog>
  );
}
