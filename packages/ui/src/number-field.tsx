import { Minus, Plus } from 'lucide-react';
import {
  Button as AriaButton,
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
  Group,
  Input,
} from 'react-aria-components';
import { FieldLabel, FieldNotes, type FieldTexts, fieldStyle } from './field.tsx';

export interface NumberFieldProps
  extends Omit<AriaNumberFieldProps, 'className' | 'style' | 'children'>,
    FieldTexts {
  className?: string;
}

const stepStyle =
  'flex w-9 cursor-pointer items-center justify-center text-ink-soft data-hovered:bg-hover ' +
  'data-disabled:cursor-not-allowed data-disabled:opacity-40 [&_svg]:size-4';

/** A number typed or stepped; format and parsing follow the reader's locale. */
export function NumberField(props: NumberFieldProps) {
  const { label, description, errorMessage, isLabelHidden, className, ...rest } = props;
  return (
    <AriaNumberField {...rest} className={`${fieldStyle} ${className ?? ''}`}>
      <FieldLabel isHidden={isLabelHidden} isRequired={rest.isRequired}>
        {label}
      </FieldLabel>
      <Group className="flex h-9.5 overflow-hidden rounded-md border border-line-strong bg-surface data-focus-within:outline-2 data-focus-within:outline-focus data-invalid:border-critical">
        <AriaButton slot="decrement" className={`${stepStyle} border-line border-r`}>
          <Minus aria-hidden="true" />
        </AriaButton>
        <Input className="tabular w-full min-w-0 bg-transparent px-2 text-center text-base outline-none" />
        <AriaButton slot="increment" className={`${stepStyle} border-line border-l`}>
          <Plus aria-hidden="true" />
        </AriaButton>
      </Group>
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaNumberField>
  );
}
