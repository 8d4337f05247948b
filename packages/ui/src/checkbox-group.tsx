import type { ReactNode } from 'react';
import { CheckboxGroup as AriaGroup, type CheckboxGroupProps } from 'react-aria-components';
import { FieldLabel, FieldNotes, type FieldTexts, fieldStyle } from './field.tsx';

interface Props extends Omit<CheckboxGroupProps, 'className' | 'style' | 'children'>, FieldTexts {
  children: ReactNode;
  className?: string;
}

/** Several boxes to tick under one name; children are `Checkbox` with a `value`. */
export function CheckboxGroup(props: Props) {
  const { label, description, errorMessage, isLabelHidden, children, className, ...rest } = props;
  return (
    <AriaGroup {...rest} className={`${fieldStyle} ${className ?? ''}`}>
      <FieldLabel isHidden={isLabelHidden} isRequired={rest.isRequired}>
        {label}
      </FieldLabel>
      <div className="flex flex-wrap gap-x-5 gap-y-2">{children}</div>
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaGroup>
  );
}
