import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Input,
} from 'react-aria-components';
import { controlStyle, FieldLabel, FieldNotes, type FieldTexts, fieldStyle } from './field.tsx';

export interface DateFieldProps
  extends Omit<
      AriaTextFieldProps,
      'className' | 'style' | 'children' | 'value' | 'onChange' | 'type'
    >,
    FieldTexts {
  /** `date`: `YYYY-MM-DD`. `time`: `HH:MM`. `datetime-local`: both with `T` between; no zone. */
  kind: 'date' | 'time' | 'datetime-local';
  value: string;
  onChange: (value: string) => void;
  min?: string;
  max?: string;
  className?: string;
}

/**
 * A day or a wall time. The platform's own picker is used: it follows the reader's locale, works
 * with every screen reader and phone, and costs nothing to load.
 */
export function DateField(props: DateFieldProps) {
  const { label, description, errorMessage, isLabelHidden, className, ...others } = props;
  const { kind, min, max, ...rest } = others;
  return (
    <AriaTextField {...rest} className={`${fieldStyle} ${className ?? ''}`}>
      <FieldLabel isHidden={isLabelHidden} isRequired={rest.isRequired}>
        {label}
      </FieldLabel>
      <Input type={kind} min={min} max={max} className={`${controlStyle} tabular`} />
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaTextField>
  );
}
