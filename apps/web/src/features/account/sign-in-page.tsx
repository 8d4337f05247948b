import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from '@wedsync/ui/button';
import { Form } from '@wedsync/ui/form';
import { Link } from '@wedsync/ui/link';
import { TextField } from '@wedsync/ui/text-field';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { paths } from '../../lib/paths.ts';
import { openAfterSignIn } from './after-sign-in.ts';
import { AuthLayout } from './auth-layout.tsx';
import { Problem } from './problem.tsx';
import { useAuthAction } from './use-auth-action.ts';

/** Sign in with password or passkey. */
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
      title="Welcome back"
      footer={
        <>
          New here? <Link href={paths.signUp}>Create an account</Link>
        </>
      }
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
        <Link href={paths.forgotPassword} className="self-center text-sm">
          Forgot the password?
        </Link>
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
