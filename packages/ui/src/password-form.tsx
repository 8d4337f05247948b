import { type ReactNode, useState } from 'react';
import { AuthProblem } from './auth-problem.tsx';
import { Button, type ButtonProps } from './button.tsx';
import { Form } from './form.tsx';
import { TextField } from './text-field.tsx';
import { type AuthAnswer, useAuthAction } from './use-auth-action.tsx';

interface PasswordFormProps<T> {
  /** What needs the password, with it. */
  call: (password: string) => Promise<AuthAnswer<T>>;
  onDone: (answer: T) => void;
  submitLabel?: string;
  variant?: ButtonProps['variant'];
  /** More ways on, below the button. */
  children?: ReactNode;
}

/** Asks who is already signed in for the password, before the way of signing in changes. */
export function PasswordForm<T>(props: PasswordFormProps<T>) {
  const { call, onDone, submitLabel = 'Go on', variant = 'primary', children } = props;
  const [password, setPassword] = useState('');
  const { run, isPending, problem } = useAuthAction();
  const submit = async () => {
    const answer = await run(() => call(password));
    if (answer) onDone(answer);
  };
  return (
    <Form onSubmit={submit}>
      <AuthProblem text={problem} />
      <TextField
        label="Your password"
        description="Once more, because this changes how you sign in."
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isRequired
        autoFocus
      />
      <Button type="submit" variant={variant} size="lg" isPending={isPending}>
        {submitLabel}
      </Button>
      {children}
    </Form>
  );
}
