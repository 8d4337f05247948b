import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { controlStyle, FieldLabel, FieldNotes, type FieldTexts, fieldStyle } from './field.tsx';

export interface TextAreaProps
  extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'>,
    FieldTexts {
  placeholder?: string;
  rows?: number;
  className?: string;
}

/** Several lines of text with label, help and error. */
export function TextArea(props: TextAreaProps) {
  const { label, description, errorMessage, isLabelHidden, placeholder, rows, className, ...rest } =
    props;
  return (
    <AriaTextField {...rest} className={`${fieldStyle} ${className ?? ''}`}>
      <FieldLabel isHidden={isLabelHidden} isRequired={rest.isRequired}>
        {label}
      </FieldLabel>
      <AriaTextArea
        rows={rows ?? 4}
        placeholder={placeholder}
        className={controlStyle.replace('h-9.5', 'min-h-20 py-2 leading-relaxed')}
      />
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaTextField>
  );
}
