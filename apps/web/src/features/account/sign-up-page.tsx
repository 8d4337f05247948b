import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Form } from '@wedsync/ui/form';
import { Link } from '@wedsync/ui/link';
import { TextField } from '@wedsync/ui/text-field';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { passwordLengthMax, passwordLengthMin } from '../../lib/limits.ts';
import { paths } from '../../lib/paths.ts';
import { AuthLayout } from './auth-layout.tsx';
import { Problem } from './problem.tsx';
import { useAuthAction } from './use-auth-action.ts';

/** Open an account. What follows (a company or an invitation) comes after. */
export function SignUpPage() {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { run, isPending, problem } = useAuthAction();

  const signUp = async () => {
    const answer = await run(() =>
      authClient.signUp.email({ name: name.trim(), email: email.trim(), password }),
    );
    if (answer) setSentTo(email.trim());
  };

  if (sentTo) {
    return (
      <AuthLayout
        title="One look into your inbox"
        footer={<Link href={paths.signIn}>To signing in</Link>}
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
          Already here? <Link href={paths.signIn}>Sign in</Link>
        </>
      }
    >
      <Form onSubmit={signUp}>
        <Problem text={problem} />
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
