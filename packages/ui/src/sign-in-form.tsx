import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { AuthProblem } from './auth-problem.tsx';
import { Button } from './button.tsx';
import { Form } from './form.tsx';
import { TextField } from './text-field.tsx';
import { type AuthAnswer, useAuthAction } from './use-auth-action.tsx';

/** The part of an application's authentication client that signs somebody in. */
export interface SignInClient {
  signIn: {
    email(input: { email: string; password: string }): Promise<AuthAnswer<object>>;
    passkey(): Promise<AuthAnswer<object>>;
  };
}

interface SignInFormProps {
  client: SignInClient;
  onSignedIn: () => void;
  /** The password was right, and a second factor is asked for. */
  onSecondFactor: () => void;
  /** Below the button: the way out for who forgot the password. */
  children?: ReactNode;
}

/** Sign in with password or passkey. */
export function SignInForm({ client, onSignedIn, onSecondFactor, children }: SignInFormProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { run, isPending, problem } = useAuthAction();

  const withPassword = async () => {
    const answer = await run(() => client.signIn.email({ email: email.trim(), password }));
    if (!answer) return;
    if ('twoFactorRedirect' in answer && answer.twoFactorRedirect) onSecondFactor();
    else onSignedIn();
  };
  const withPasskey = async () => {
    if (await run(() => client.signIn.passkey())) onSignedIn();
  };

  return (
    <>
      <Form onSubmit={withPassword}>
        <AuthProblem text={problem} />
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username webauthn"
          value={email}
          onChange={setEmail}
          isRequired
          autoFocus
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        <Button type="submit" variant="primary" size="lg" isPending={isPending}>
          {isPending ? 'Signing in…' : 'Sign in'}
        </Button>
        {children}
      </Form>
      <p className="my-5 flex items-center gap-3 text-ink-soft text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      <Button isWide size="lg" onPress={withPasskey} isDisabled={isPending}>
        <KeyRound aria-hidden="true" />
        Use a passkey
      </Button>
    </>
  );
}
