import { dietWords } from '@wedsync/contracts/diet-words';
import { Button } from '@wedsync/ui/button';
import { Popover } from '@wedsync/ui/popover';
import { Select } from '@wedsync/ui/select';
import { ListFilter } from 'lucide-react';
import { useGuestWords } from '../../guests/use-guest-words.ts';
import { answerWords, needWords, optionsOf } from '../../guests/words.ts';
import { useSeating } from '../plan-store.ts';
import { filterCount, noFilter, type QueueFilter } from './queue-groups.ts';

interface QueueFiltersProps {
  filter: QueueFilter;
  onChange: (filter: QueueFilter) => void;
}

const any = <V extends string>(options: readonly { value: V; label: string }[]) => [
  { value: '' as const, label: 'Any' },
  ...options,
];

const { no: _declined, ...openAnswers } = answerWords;
const answerOptions = any(optionsOf(openAnswers));
const dietOptions = any([
  { value: 'allergy', label: 'Any allergy' },
  { value: 'any', label: 'Any diet' },
  ...optionsOf(dietWords),
]);
const needOptions = any([{ value: 'any', label: 'Any need' }, ...optionsOf(needWords)]);

/** The button and panel with everything the queue can be narrowed by. */
export function QueueFilters({ filter, onChange }: QueueFiltersProps) {
  const { weddingId } = useSeating();
  const { tags, sides } = useGuestWords(weddingId);
  const count = filterCount(filter);
  const change = (patch: Partial<QueueFilter>) => onChange({ ...filter, ...patch });
  return (
    <Popover
      label="Filters"
      placement="bottom end"
      trigger={
        <Button>
          <ListFilter aria-hidden="true" />
          Filters{count > 0 ? ` (${count})` : ''}
        </Button>
      }
    >
      <div className="grid w-[min(24rem,84vw)] grid-cols-1 gap-3.5 sm:grid-cols-2">
        <Select
          label="Answer"
          options={answerOptions}
          value={filter.answer}
          onChange={(answer) => change({ answer })}
        />
        <Select
          label="Side"
          options={any([...optionsOf(sides), { value: 'none', label: 'No side chosen' }])}
          value={filter.side}
          onChange={(side) => change({ side })}
        />
        <Select
          label="Tag"
          options={any(tags.map(({ id, name }) => ({ value: id, label: name })))}
          value={filter.tag}
          onChange={(tag) => change({ tag })}
        />
        <Select
          label="Diet"
          options={dietOptions}
          value={filter.diet}
          onChange={(diet) => change({ diet })}
        />
        <Select
          label="Accessibility"
          options={needOptions}
          value={filter.need}
          onChange={(need) => change({ need })}
        />
        {count > 0 ? (
          <Button className="self-end" onPress={() => onChange(noFilter)}>
            Show everybody
          </Button>
        ) : null}
      </div>
    </Popover>
  );
}
