import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Select as AriaSelect,
  type SelectProps as AriaSelectProps,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import { controlStyle, FieldLabel, FieldNotes, type FieldTexts, fieldStyle } from './field.tsx';
import { listBoxStyle, listItemStyle, popoverStyle } from './list-style.tsx';

/** One choice of a select or combo box. */
export interface Option<V extends string = string> {
  value: V;
  label: string;
  note?: ReactNode;
  isDisabled?: boolean;
}

/** One row of the list that a select or combo box opens. */
export function OptionItem({ option }: { option: Option }) {
  return (
    <ListBoxItem
      id={option.value}
      value={option}
      textValue={option.label}
      isDisabled={option.isDisabled}
      className={listItemStyle}
    >
      {({ isSelected }) => (
        <>
          <span className="flex min-w-0 flex-1 flex-col">
            <span className="truncate">{option.label}</span>
            {option.note ? <span className="text-ink-soft text-xs">{option.note}</span> : null}
          </span>
          {isSelected ? <Check aria-hidden="true" className="size-4 text-accent-ink" /> : null}
        </>
      )}
    </ListBoxItem>
  );
}

export interface SelectProps<V extends string>
  extends Omit<
      AriaSelectProps<Option<V>>,
      'className' | 'style' | 'children' | 'value' | 'onChange' | 'defaultValue'
    >,
    FieldTexts {
  options: readonly Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  className?: string;
  isSmall?: boolean;
}

/** One of a short list of choices. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { label, description, errorMessage, isLabelHidden, className, ...others } = props;
  const { options, value, onChange, isSmall, ...rest } = others;
  const choose = (key: unknown) => {
    const option = options.find((candidate) => candidate.value === key);
    if (option) onChange(option.value);
  };
  return (
    <AriaSelect
      {...rest}
      value={value}
      onChange={choose}
      className={`${fieldStyle} ${className ?? ''}`}
    >
      <FieldLabel isHidden={isLabelHidden} isRequired={rest.isRequired}>
        {label}
      </FieldLabel>
      <AriaButton
        className={`${isSmall ? controlStyle.replace('h-9.5', 'h-8 text-sm') : controlStyle} flex cursor-pointer items-center justify-between gap-2 text-left`}
      >
        <SelectValue<Option<V>> className="truncate data-placeholder:text-ink-faint">
          {({ selectedItem, defaultChildren }) => selectedItem?.label ?? defaultChildren}
        </SelectValue>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-ink-soft" />
      </AriaButton>
      <FieldNotes description={description} errorMessage={errorMessage} />
      <Popover className={`${popoverStyle} min-w-(--trigger-width)`}>
        <ListBox className={listBoxStyle}>
          {options.map((option) => (
            // Choices may change while the field stands: each is known by its value, not its place.
            <OptionItem key={option.value} option={option} />
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
