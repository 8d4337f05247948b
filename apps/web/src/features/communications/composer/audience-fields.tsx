import { useQuery } from '@tanstack/react-query';
import type { Audience } from '@wedsync/contracts/communications';
import { Checkbox } from '@wedsync/ui/checkbox';
import { CheckboxGroup } from '@wedsync/ui/checkbox-group';
import { ChosenList } from '@wedsync/ui/chosen-list';
import type { Option } from '@wedsync/ui/select';
import { useMemo } from 'react';
import { keysOf } from '../../../lib/keys-of.ts';
import { trpc } from '../../../lib/trpc.ts';
import { useWedding } from '../../../lib/wedding.ts';
import { useGuestRows } from '../../guests/use-guest-rows.ts';
import { useGuestWords } from '../../guests/use-guest-words.ts';
import { answerWords, guestName, optionsOf } from '../../guests/words.ts';

interface AudienceFieldsProps {
  weddingId: string;
  audience: Audience;
  onChange: (audience: Audience) => void;
}

const audienceAnswers = ['yes', 'no', 'unsure', 'none'] as const;
const missingWords = { email: 'No e-mail address', phone: 'No telephone number' };

interface ChoicesProps {
  label: string;
  choices: readonly Option[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}

function Choices({ label, choices, value, onChange }: ChoicesProps) {
  if (choices.length === 0) return null;
  return (
    <CheckboxGroup label={label} value={[...value]} onChange={onChange}>
      {choices.map((choice) => (
        <Checkbox key={choice.value} value={choice.value}>
          {choice.label}
        </Checkbox>
      ))}
    </CheckboxGroup>
  );
}

/** Keeps the typed members of a list that were chosen. */
const chosen = <T extends string>(all: readonly T[], keys: readonly string[]) =>
  all.filter((item) => keys.includes(item));

/** The segments of an audience: events, answers, tags, sides, households, persons, what is missing. */
export function AudienceFields({ weddingId, audience, onChange }: AudienceFieldsProps) {
  const { events } = useWedding(weddingId);
  const { tags, sides } = useGuestWords(weddingId);
  const questions = useQuery(trpc.guests.listQuestions.queryOptions({ weddingId })).data ?? [];
  const { all } = useGuestRows(weddingId, {});
  const { guests, households } = useMemo(
    () => ({
      guests: all.map((row) => ({
        value: row.id,
        label: guestName(row),
        note: row.householdName,
      })),
      households: [...new Map(all.map((row) => [row.householdId, row.householdName]))].map(
        ([value, label]) => ({ value, label }),
      ),
    }),
    [all],
  );
  const set = (patch: Partial<Audience>) => onChange({ ...audience, ...patch });
  const eventIds = events.map(({ id }) => id);
  const tagIds = tags.map(({ id }) => id);
  const questionIds = questions.map(({ id }) => id);
  return (
    <>
      <Choices
        label="Invited to"
        choices={events.map(({ id, name }) => ({ value: id, label: name }))}
        value={audience.eventIds}
        onChange={(keys) => set({ eventIds: chosen(eventIds, keys) })}
      />
      <Choices
        label="Whose answer is"
        choices={audienceAnswers.map((value) => ({
          value,
          label: answerWords[value === 'none' ? 'outstanding' : value],
        }))}
        value={audience.answers}
        onChange={(keys) => set({ answers: chosen(audienceAnswers, keys) })}
      />
      <Choices
        label="With the tag"
        choices={tags.map(({ id, name }) => ({ value: id, label: name }))}
        value={audience.tagIds}
        onChange={(keys) => set({ tagIds: chosen(tagIds, keys) })}
      />
      <Choices
        label="Side"
        choices={optionsOf(sides)}
        value={audience.sides}
        onChange={(keys) => set({ sides: chosen(keysOf(sides), keys) })}
      />
      <Choices
        label="Of whom we have"
        choices={optionsOf(missingWords)}
        value={audience.missing}
        onChange={(keys) => set({ missing: chosen(keysOf(missingWords), keys) })}
      />
      <Choices
        label="Who left open"
        choices={questions.map(({ id, prompt }) => ({ value: id, label: prompt }))}
        value={audience.unansweredQuestionIds}
        onChange={(keys) => set({ unansweredQuestionIds: chosen(questionIds, keys) })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <ChosenList
          label="Only these households"
          placeholder="All households"
          options={households}
          value={audience.householdIds}
          onChange={(keys) =>
            set({
              householdIds: [...new Set(all.map((row) => row.householdId))].filter((id) =>
                keys.includes(id),
              ),
            })
          }
        />
        <ChosenList
          label="Only these guests"
          placeholder="All guests"
          options={guests}
          value={audience.guestIds}
          onChange={(keys) =>
            set({ guestIds: all.map(({ id }) => id).filter((id) => keys.includes(id)) })
          }
        />
      </div>
    </>
  );
}
