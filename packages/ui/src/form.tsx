import type { FormEvent, ReactNode } from 'react';
import { Form as AriaForm } from 'react-aria-components';

/** Messages by field name, as the server sends them. */
export type FieldErrors = Readonly<Record<string, string | string[]>>;

export interface FormProps {
  onSubmit: () => void;
  /** Shown below the fields whose `name` matches; cleared when the person edits the field. */
  fieldErrors?: FieldErrors;
  children: ReactNode;
  className?: string;
  /** Links a submit button outside the form, e.g. in a dialog's footer. */
  id?: string;
}

/** A form that keeps what was typed and puts the server's errors beside their fields. */
export function Form({ onSubmit, fieldErrors, children, className, id }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A form in a dialog is a React child of the page: its submit must not reach an outer form.
    event.stopPropagation();
    onSubmit();
  };
  return (
    <AriaForm
      id={id}
      onSubmit={submit}
      validationErrors={fieldErrors ? { ...fieldErrors } : undefined}
      className={className ?? 'flex flex-col gap-4'}
    >
      {children}
    </AriaForm>
  );
}
