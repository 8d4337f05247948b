import type { RelationshipSide } from '@wedsync/contracts/seating-rules';
import { ComboBox } from '@wedsync/ui/combo-box';
import { IconButton } from '@wedsync/ui/icon-button';
import { House, Tag, User, X } from 'lucide-react';
import { useState } from 'react';
import { folded } from '../lists/queue-groups.ts';
import { keyOfSide, type SideOption } from './side-options.ts';

interface SidePickerProps {
  label: string;
  description?: string;
  options: readonly SideOption[];
  value: RelationshipSide | null;
  onChange: (side: RelationshipSide | null) => void;
  errorMessage?: string;
}

/** More than this are never listed at once: a list of a thousand is slow and read by nobody. */
const listedMax = 40;

const icons = { guest: User, household: House, tag: Tag };

function matching(options: readonly SideOption[], text: string): SideOption[] {
  const typed = folded(text).split(/\s+/).filter(Boolean);
  const found: SideOption[] = [];
  for (const option of options) {
    if (typed.every((word) => option.search.includes(` ${word}`))) found.push(option);
    if (found.length === listedMax) break;
  }
  return found;
}

/** A person, a household or a tag, found by typing the beginning of any of its words. */
export function SidePicker(props: SidePickerProps) {
  const { label, description, options, value, onChange, errorMessage } = props;
  const [text, setText] = useState('');
  const chosen = value && options.find((option) => option.value === keyOfSide(value));
  if (value) {
    const Icon = icons[value.kind];
    return (
      <fieldset className="m-0 flex min-w-0 flex-col border-0 p-0">
        <legend className="mb-1.5 p-0 font-medium text-ink text-sm">{label}</legend>
        <span className="flex h-9.5 w-fit max-w-full items-center gap-2 rounded-md bg-accent-soft pr-0.5 pl-3 text-accent-ink">
          <Icon aria-hidden="true" className="size-4 shrink-0" />
          <span className="truncate">{chosen?.label ?? 'Not invited here'}</span>
          <IconButton
            size="sm"
            label={`Choose somebody else instead of ${chosen?.label ?? 'this'}`}
            onPress={() => {
              setText('');
              onChange(null);
            }}
          >
            <X aria-hidden="true" />
          </IconButton>
        </span>
      </fieldset>
    );
  }
  return (
    <ComboBox
      label={label}
      description={description}
      placeholder="Name, family or tag"
      options={matching(options, text)}
      inputValue={text}
      onInputChange={setText}
      // What is listed was narrowed by words already; "lee ann" finds Ann Lee.
      defaultFilter={() => true}
      value={null}
      onChange={(key) => {
        const option = options.find((candidate) => candidate.value === key);
        if (option) onChange(option.side);
      }}
      isInvalid={errorMessage !== undefined}
      errorMessage={errorMessage}
      emptyText="Nobody by this name is invited."
    />
  );
}
