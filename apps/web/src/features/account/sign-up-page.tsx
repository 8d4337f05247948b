import { useSearch } from '@tanstack/react-router';
import { withNext } from '@wedsync/contracts/safe-path';
import { AuthLayout } from '@wedsync/ui/auth-layout';
import { AuthProblem } from '@wedsync/ui/auth-problem';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Form } from '@wedsync/ui/form';
import { Link } from '@wedsync/ui/link';
import { TextField } from '@wedsync/ui/text-field';
import { useAuthAction } from '@wedsync/ui/use-auth-action';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { passwordLengthMax, passwordLengthMin } from '../../lib/limits.ts';
import { paths } from '../../lib/paths.ts';

/** Open an account. What follows (a company or an invitation) comes after. */
export function SignUpPage() {
  const { next } = useSearch({ from: '/sign-up' });
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { run, isPending, problem } = useAuthAction();

  const signUp = async () => {
    const person = { name: name.trim(), email: email.trim(), password };
    const answer = await run(() =>
      // Where the confirmed address leads on to: the invitation that brought the person here.
      authClient.signUp.email({ ...person, ...(next ? { callbackURL: next } : {}) }),
    );
    if (answer) setSentTo(email.trim());
  };

  if (sentTo) {
    return (
      <AuthLayout
        title="One look into your inbox"
        footer={<Link href={withNext(paths.signIn, next)}>To signing in</Link>}
      >
        <Callout tone="positive" title={`We have written to ${sentTo}`} isLive>
          Open the link in that e-mail to confirm the address, then sign in. It works for one day.
          Nothing there? Look into the spam folder.
        </Callout>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title="Create your account"
      note="For planners, couples and everybody who helps with a wedding."
      footer={
        <>
          Already here? <Link href={withNext(paths.signIn, next)}>Sign in</Link>
        </>
      }
    >
      <Form onSubmit={signUp}>
        <AuthProblem text={problem} />
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          value={name}
          onChange={setName}
          isRequired
          autoFocus
        />
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="email"
          value={email}
          onChange={setEmail}
          isRequired
        />
        <TextField
          label="Password"
          description={`At least ${passwordLengthMin} characters. Long is better than complicated.`}
          type="password"
          name="password"
          autoComplete="new-password"
          minLength={passwordLengthMin}
          maxLength={passwordLengthMax}
          value={password}
          onChange={setPassword}
          isRequired
        />
        <Button type="submit" variant="primary" size="lg" isPending={isPending}>
          {isPending ? 'Creating…' : 'Create account'}
        </Button>
      </Form>
    </AuthLayout>
  );
}
