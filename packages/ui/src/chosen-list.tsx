import { X } from 'lucide-react';
import { ComboBox } from './combo-box.tsx';
import { IconButton } from './icon-button.tsx';
import type { Option } from './select.tsx';

interface ChosenListProps {
  label: string;
  description?: string;
  /** Everything that can be chosen. */
  options: readonly Option[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  placeholder?: string;
}

/** Several of a long list: found by typing, each taken away again with its button. */
export function ChosenList(props: ChosenListProps) {
  const { label, description, options, value, onChange, placeholder } = props;
  const chosen = new Set(value);
  const left = options.filter((option) => !chosen.has(option.value));
  const labelOf = (key: string) => options.find((option) => option.value === key)?.label;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <ComboBox
        // A fresh box after each choice: it is there to find the next one.
        key={value.length}
        label={label}
        description={description}
        placeholder={placeholder}
        options={left}
        value={null}
        onChange={(key) => key && onChange([...value, key])}
      />
      {value.length > 0 ? (
        <ul aria-label={`${label}, chosen`} className="m-0 flex list-none flex-wrap gap-1.5 p-0">
          {value.map((key) => (
            <li
              key={key}
              className="flex max-w-full items-center gap-1 rounded-full bg-accent-soft py-0.5 pr-0.5 pl-3 text-accent-ink text-sm"
            >
              <span className="truncate">{labelOf(key) ?? 'Not on the list any more'}</span>
              <IconButton
                size="sm"
                label={`Take ${labelOf(key) ?? 'this'} away`}
                onPress={() => onChange(value.filter((other) => other !== key))}
              >
                <X aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
