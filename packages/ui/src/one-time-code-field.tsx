import { TextField } from './text-field.tsx';

interface OneTimeCodeFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Digits of an app, so that a phone shows its number pad; recovery codes have letters too. */
  isNumeric?: boolean;
}

/** A code that works once; browsers and password managers offer to fill it in. */
export function OneTimeCodeField({ isNumeric = true, ...field }: OneTimeCodeFieldProps) {
  return (
    <TextField
      {...field}
      name="code"
      inputMode={isNumeric ? 'numeric' : 'text'}
      autoComplete="one-time-code"
      isRequired
      autoFocus
    />
  );
}

/** The code without the spaces that apps show for reading it. */
export function plainCode(typed: string): string {
  return typed.replace(/\s/g, '');
}
