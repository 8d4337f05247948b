import { useNavigate, useSearch } from '@tanstack/react-router';
import { AuthLayout } from '@wedsync/ui/auth-layout';
import { Button } from '@wedsync/ui/button';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { openAfterSignIn } from './after-sign-in.ts';
import { Problem } from './problem.tsx';
import { useAuthAction } from './use-auth-action.ts';

/** Operators sign in with a passkey, or with password and code. */
export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { run, isPending, problem } = useAuthAction();

  const withPassword = async () => {
    const answer = await run(() => authClient.signIn.email({ email: email.trim(), password }));
    if (!answer) return;
    if ('twoFactorRedirect' in answer && answer.twoFactorRedirect) {
      await navigate({ to: '/second-factor', search: { next } });
    } else openAfterSignIn(next);
  };
  const withPasskey = async () => {
    const answer = await run(() => authClient.signIn.passkey());
    if (answer) openAfterSignIn(next);
  };

  return (
    <AuthLayout
      title="Operations"
      note="For operators of this installation. Planners and couples sign in elsewhere."
    >
      <Form onSubmit={withPassword}>
        <Problem text={problem} />
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
      </Form>
      <p className="my-5 flex items-center gap-3 text-ink-soft text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      <Button isWide size="lg" onPress={withPasskey} isDisabled={isPending}>
        <KeyRound aria-hidden="true" />
        Use a passkey
      </Button>
    </AuthLayout>
  );
}
