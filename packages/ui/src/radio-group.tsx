import {
  RadioGroup as AriaRadioGroup,
  type RadioGroupProps as AriaRadioGroupProps,
  Radio,
} from 'react-aria-components';
import { FieldLabel, FieldNotes, type FieldTexts, fieldStyle } from './field.tsx';
import type { Option } from './select.tsx';

export interface RadioGroupProps<V extends string>
  extends Omit<AriaRadioGroupProps, 'className' | 'style' | 'children' | 'value' | 'onChange'>,
    FieldTexts {
  options: readonly Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  /** `segments` draws one joined control, for two to four short choices. */
  look?: 'list' | 'segments';
  className?: string;
}

const look = {
  list: {
    group: 'flex flex-col gap-2',
    item: 'group flex min-h-6 cursor-pointer items-start gap-2.5 rounded-sm text-base',
  },
  segments: {
    group: 'inline-flex w-fit max-w-full flex-wrap rounded-md border border-line bg-sunken p-0.5',
    item: [
      'cursor-pointer rounded-sm px-3 py-1.5 text-ink-soft text-sm data-hovered:text-ink',
      'data-selected:bg-surface data-selected:font-medium data-selected:text-ink',
      'data-selected:shadow-card',
    ].join(' '),
  },
};

/** Exactly one of a few choices, all visible. */
export function RadioGroup<V extends string>(props: RadioGroupProps<V>) {
  const { label, description, errorMessage, isLabelHidden, className, ...others } = props;
  const { options, value, onChange, look: lookName = 'list', ...rest } = others;
  const choose = (key: string) => {
    const option = options.find((candidate) => candidate.value === key);
    if (option) onChange(option.value);
  };
  return (
    <AriaRadioGroup
      {...rest}
      value={value}
      onChange={choose}
      className={`${fieldStyle} ${className ?? ''}`}
    >
      <FieldLabel isHidden={isLabelHidden} isRequired={rest.isRequired}>
        {label}
      </FieldLabel>
      <div className={look[lookName].group}>
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            isDisabled={option.isDisabled}
            className={look[lookName].item}
          >
            {lookName === 'list' ? (
              <span className="mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface before:size-2 before:rounded-full before:bg-transparent group-data-selected:border-accent group-data-selected:bg-accent group-data-selected:before:bg-on-accent" />
            ) : null}
            <span>
              {option.label}
              {option.note ? (
                <span className="block text-ink-soft text-sm">{option.note}</span>
              ) : null}
            </span>
          </Radio>
        ))}
      </div>
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaRadioGroup>
  );
}
