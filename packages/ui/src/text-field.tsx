import type { HTMLInputAutoCompleteAttribute, InputHTMLAttributes } from 'react';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Input,
} from 'react-aria-components';
import { controlStyle, FieldLabel, FieldNotes, type FieldTexts, fieldStyle } from './field.tsx';

export interface TextFieldProps
  extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'>,
    FieldTexts {
  placeholder?: string;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode'];
  className?: string;
}

/** One line of text with label, help and error. */
export function TextField(props: TextFieldProps) {
  const { label, description, errorMessage, isLabelHidden, placeholder, className, ...rest } =
    props;
  return (
    <AriaTextField {...rest} className={`${fieldStyle} ${className ?? ''}`}>
      <FieldLabel isHidden={isLabelHidden} isRequired={rest.isRequired}>
        {label}
      </FieldLabel>
      <Input className={controlStyle} placeholder={placeholder} />
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaTextField>
  );
}
