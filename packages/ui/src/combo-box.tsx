import { ChevronDown } from 'lucide-react';
import { useMemo } from 'react';
import {
  Button as AriaButton,
  ComboBox as AriaComboBox,
  type ComboBoxProps as AriaComboBoxProps,
  Group,
  Input,
  ListBox,
  Popover,
} from 'react-aria-components';
import { FieldLabel, FieldNotes, type FieldTexts, fieldStyle } from './field.tsx';
import { listBoxStyle, popoverStyle } from './list-style.tsx';
import { type Option, OptionItem } from './select.tsx';

export interface ComboBoxProps
  extends Omit<
      AriaComboBoxProps<Option>,
      'className' | 'style' | 'children' | 'value' | 'onChange' | 'defaultValue'
    >,
    FieldTexts {
  options: readonly Option[];
  value: string | null;
  onChange: (value: string | null) => void;
  placeholder?: string;
  emptyText?: string;
  className?: string;
}

/** One of a long list, narrowed by typing. */
export function ComboBox(props: ComboBoxProps) {
  const { label, description, errorMessage, isLabelHidden, className, ...others } = props;
  const { options, value, onChange, placeholder, emptyText, ...rest } = others;
  // The collection knows its entries by `id`: choices may change while the field stands.
  const items = useMemo(
    () => options.map((option) => ({ ...option, id: option.value })),
    [options],
  );
  return (
    <AriaComboBox
      {...rest}
      defaultItems={items}
      selectedKey={value}
      onSelectionChange={(key) => onChange(key === null ? null : String(key))}
      allowsEmptyCollection
      menuTrigger="focus"
      className={`${fieldStyle} ${className ?? ''}`}
    >
      <FieldLabel isHidden={isLabelHidden} isRequired={rest.isRequired}>
        {label}
      </FieldLabel>
      <Group className="flex h-9.5 rounded-md border border-line-strong bg-surface data-focus-within:outline-2 data-focus-within:outline-focus data-invalid:border-critical">
        <Input
          placeholder={placeholder}
          className="w-full min-w-0 bg-transparent pl-3 text-base outline-none"
        />
        <AriaButton className="flex w-9 cursor-pointer items-center justify-center text-ink-soft">
          <ChevronDown aria-hidden="true" className="size-4" />
        </AriaButton>
      </Group>
      <FieldNotes description={description} errorMessage={errorMessage} />
      <Popover className={`${popoverStyle} w-(--trigger-width) min-w-56`}>
        <ListBox
          className={listBoxStyle}
          renderEmptyState={() => (
            <p className="px-2.5 py-2 text-ink-soft text-sm">
              {emptyText ?? 'Nothing matches. Try fewer letters.'}
            </p>
          )}
        >
          {(option: Option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
