import { useQuery } from '@tanstack/react-query';
import type { Audience } from '@wedsync/contracts/communications';
import { Card } from '@wedsync/ui/card';
import { Checkbox } from '@wedsync/ui/checkbox';
import { CheckboxGroup } from '@wedsync/ui/checkbox-group';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { keysOf } from '../../lib/keys-of.ts';
import { trpc } from '../../lib/trpc.ts';
import { useWedding } from '../../lib/wedding.ts';
import { useGuestWords } from '../guests/use-guest-words.ts';
import { answerWords, optionsOf } from '../guests/words.ts';
import { AudienceResult } from './audience-result.tsx';

interface AudienceCardProps {
  weddingId: string;
  audience: Audience;
  onChange: (audience: Audience) => void;
}

const audienceAnswers = ['yes', 'no', 'unsure', 'none'] as const;

interface Choice {
  value: string;
  label: string;
}

interface ChoicesProps {
  label: string;
  choices: readonly Choice[];
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

/** Whom the message is for, and whom it will reach. Nothing ticked means everybody. */
export function AudienceCard({ weddingId, audience, onChange }: AudienceCardProps) {
  const { events } = useWedding(weddingId);
  const { tags, sides } = useGuestWords(weddingId);
  const settled = useDebounced(audience, 250);
  const check = useQuery({
    ...trpc.communications.checkAudience.queryOptions({ weddingId, audience: settled }),
    placeholderData: (previous) => previous,
  });
  return (
    <Card title="Guests" note="Nothing ticked means everybody.">
      <div className="flex flex-col gap-5">
        <Choices
          label="Invited to"
          choices={events.map((event) => ({ value: event.id, label: event.name }))}
          value={audience.eventIds}
          onChange={(keys) =>
            onChange({
              ...audience,
              eventIds: chosen(
                events.map((event) => event.id),
                keys,
              ),
            })
          }
        />
        <Choices
          label="Whose answer is"
          choices={audienceAnswers.map((value) => ({
            value,
            label: answerWords[value === 'none' ? 'outstanding' : value],
          }))}
          value={audience.answers}
          onChange={(keys) => onChange({ ...audience, answers: chosen(audienceAnswers, keys) })}
        />
        <Choices
          label="With the tag"
          choices={tags.map((tag) => ({ value: tag.id, label: tag.name }))}
          value={audience.tagIds}
          onChange={(keys) =>
            onChange({
              ...audience,
              tagIds: chosen(
                tags.map((tag) => tag.id),
                keys,
              ),
            })
          }
        />
        <Choices
          label="Side"
          choices={optionsOf(sides)}
          value={audience.sides}
          onChange={(keys) => onChange({ ...audience, sides: chosen(keysOf(sides), keys) })}
        />
        <AudienceResult weddingId={weddingId} check={check.data} error={check.error} />
      </div>
    </Card>
  );
}
