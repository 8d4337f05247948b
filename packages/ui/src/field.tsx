import type { ReactNode } from 'react';
import { FieldError as AriaFieldError, Label as AriaLabel, Text } from 'react-aria-components';

/** Column of label, control, description and error that all fields share. */
export const fieldStyle = 'flex min-w-0 flex-col gap-1.5';

/** Look of a single-line control; 3:1 border against its ground (WCAG 1.4.11). */
export const controlStyle = [
  'w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 text-base text-ink',
  'h-9.5 data-hovered:border-ink-soft data-focused:border-focus data-focused:outline-2',
  'data-focused:outline-focus data-focused:-outline-offset-1 data-invalid:border-critical',
  'data-disabled:bg-sunken data-disabled:text-ink-faint',
].join(' ');

/** What every field accepts around its control. */
export interface FieldTexts {
  label: ReactNode;
  description?: ReactNode;
  /** Replaces the validation message; setting it also needs `isInvalid`. */
  errorMessage?: ReactNode;
  /** Keeps the label for screen readers only, where the surroundings name the field. */
  isLabelHidden?: boolean;
}

interface FieldLabelProps {
  children: ReactNode;
  isHidden?: boolean;
  isRequired?: boolean;
}

/** The name of a field; required ones are marked in words by the browser and by a dot here. */
export function FieldLabel({ children, isHidden, isRequired }: FieldLabelProps) {
  return (
    <AriaLabel className={isHidden ? 'sr-only' : 'font-medium text-ink text-sm'}>
      {children}
      {isRequired ? (
        <span aria-hidden="true" className="ml-1 text-critical">
          *
        </span>
      ) : null}
    </AriaLabel>
  );
}

interface FieldNotesProps {
  description?: ReactNode;
  errorMessage?: ReactNode;
}

/** Help below a field, and the error when there is one. */
export function FieldNotes({ description, errorMessage }: FieldNotesProps) {
  return (
    <>
      {description ? (
        <Text slot="description" className="text-ink-soft text-sm">
          {description}
        </Text>
      ) : null}
      <AriaFieldError className="text-critical text-sm">{errorMessage}</AriaFieldError>
    </>
  );
}
