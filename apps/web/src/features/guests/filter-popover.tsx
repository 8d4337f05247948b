import { Button } from '@wedsync/ui/button';
import { Popover } from '@wedsync/ui/popover';
import { Select } from '@wedsync/ui/select';
import { ListFilter } from 'lucide-react';
import type { FilterChoice } from './filter-bar.tsx';
import type { GuestSearch } from './guest-search.ts';

interface FilterPopoverProps {
  choices: readonly FilterChoice[];
  activeCount: number;
  search: GuestSearch;
  onChange: (patch: Partial<GuestSearch>) => void;
}

/** The button and panel with everything one can filter by. */
export function FilterPopover({ choices, activeCount, search, onChange }: FilterPopoverProps) {
  return (
    <Popover
      label="Filters"
      trigger={
        <Button>
          <ListFilter aria-hidden="true" />
          Filters{activeCount > 0 ? ` (${activeCount})` : ''}
        </Button>
      }
    >
      <div className="grid w-[min(24rem,84vw)] grid-cols-1 gap-3.5 sm:grid-cols-2">
        {choices.map((choice) => (
          <Select
            key={choice.key}
            label={choice.label}
            placeholder="Any"
            options={[{ value: '', label: 'Any' }, ...choice.options]}
            value={search[choice.key] ?? ''}
            onChange={(value) => onChange({ [choice.key]: value || undefined })}
          />
        ))}
      </div>
    </Popover>
  );
}
