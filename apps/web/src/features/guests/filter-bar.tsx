import { lazyRouteComponent } from '@tanstack/react-router';
import { dietWords } from '@wedsync/contracts/diet-words';
import type { GuestSide } from '@wedsync/contracts/guest-fields';
import type { Tag } from '@wedsync/contracts/guests';
import { Button } from '@wedsync/ui/button';
import { SearchField } from '@wedsync/ui/search-field';
import type { Option } from '@wedsync/ui/select';
import { X } from 'lucide-react';
import { Suspense } from 'react';
import type { WeddingEvent } from '../../lib/wedding.ts';
import { type FilterKey, filterKeys, type GuestSearch } from './guest-search.ts';
import { ageWords, answerWords, needWords, optionsOf } from './words.ts';

interface FilterBarProps {
  search: GuestSearch;
  onChange: (patch: Partial<GuestSearch>) => void;
  events: readonly WeddingEvent[];
  tags: readonly Tag[];
  sides: Record<GuestSide, string>;
}

/** One thing to filter by. */
export interface FilterChoice {
  key: FilterKey;
  label: string;
  options: Option[];
}

const FilterPopover = lazyRouteComponent(() => import('./filter-popover.tsx'), 'FilterPopover');

const missingWords = {
  contact: 'No contact in the household',
  email: 'No e-mail',
  phone: 'No phone',
  address: 'No postal address',
  name: 'No name yet',
};

function choicesOf({ events, tags, sides }: FilterBarProps): FilterChoice[] {
  return [
    {
      key: 'event',
      label: 'Event',
      options: events.map((event) => ({ value: event.id, label: event.name })),
    },
    {
      key: 'answer',
      label: 'Answer',
      options: [
        ...optionsOf(answerWords),
        { value: 'invited', label: 'Invited' },
        { value: 'not-invited', label: 'Not invited' },
      ],
    },
    { key: 'tag', label: 'Tag', options: tags.map((tag) => ({ value: tag.id, label: tag.name })) },
    {
      key: 'side',
      label: 'Side',
      options: [...optionsOf(sides), { value: 'none', label: 'No side chosen' }],
    },
    {
      key: 'diet',
      label: 'Diet',
      options: [
        { value: 'allergy', label: 'Any allergy' },
        { value: 'any', label: 'Any diet' },
        ...optionsOf(dietWords),
      ],
    },
    {
      key: 'need',
      label: 'Accessibility',
      options: [{ value: 'any', label: 'Any need' }, ...optionsOf(needWords)],
    },
    { key: 'age', label: 'Age', options: optionsOf(ageWords) },
    { key: 'missing', label: 'Missing', options: optionsOf(missingWords) },
  ];
}

/** Search, the two filters used most, the others behind a button, and what is filtered now. */
export function FilterBar(props: FilterBarProps) {
  const { search, onChange } = props;
  const choices = choicesOf(props);
  const active = choices.filter((choice) => search[choice.key]);
  const clearAll = () => onChange(Object.fromEntries(filterKeys.map((key) => [key, undefined])));
  return (
    <div className="mb-3 flex flex-col gap-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          label="Search guests"
          placeholder="Name, e-mail or phone"
          value={search.q ?? ''}
          onChange={(q) => onChange({ q: q || undefined })}
          className="min-w-52 flex-1 sm:max-w-sm"
        />
        <Suspense fallback={<Button isDisabled>Filters</Button>}>
          <FilterPopover {...{ choices, search, onChange }} activeCount={active.length} />
        </Suspense>
      </div>
      {active.length > 0 ? (
        <ul aria-label="Active filters" className="m-0 flex list-none flex-wrap gap-1.5 p-0">
          {active.map((choice) => {
            const value = search[choice.key];
            const word = choice.options.find((option) => option.value === value)?.label ?? value;
            return (
              <li key={choice.key}>
                <Button
                  size="sm"
                  aria-label={`Remove the filter ${choice.label}: ${word}`}
                  onPress={() => onChange({ [choice.key]: undefined })}
                >
                  {choice.label}: {word}
                  <X aria-hidden="true" />
                </Button>
              </li>
            );
          })}
          <li>
            <Button size="sm" variant="quiet" onPress={clearAll}>
              Show all guests
            </Button>
          </li>
        </ul>
      ) : null}
    </div>
  );
}
