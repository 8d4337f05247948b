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
import { paths } from '../../lib/paths.ts';

/** Asks for a link to choose a new password. The answer is the same for unknown addresses. */
export function ForgotPasswordPage() {
  const [email, setEmail] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { run, isPending, problem } = useAuthAction();

  const ask = async () => {
    const address = email.trim();
    const answer = await run(() =>
      authClient.requestPasswordReset({ email: address, redirectTo: '/reset-password' }),
    );
    if (answer) setSentTo(address);
  };

  return (
    <AuthLayout
      title="Choose a new password"
      note="We send you a link that works for one hour."
      footer={<Link href={paths.signIn}>Back to signing in</Link>}
    >
      {sentTo ? (
        <Callout tone="positive" title="Look into your inbox" isLive>
          If there is an account for {sentTo}, a link is on its way. Nothing there after a few
          minutes? Look into the spam folder, or try another address.
        </Callout>
      ) : (
        <Form onSubmit={ask}>
          <AuthProblem text={problem} />
          <TextField
            label="E-mail"
            type="email"
            name="email"
            autoComplete="email"
            value={email}
            onChange={setEmail}
            isRequired
            autoFocus
          />
          <Button type="submit" variant="primary" size="lg" isPending={isPending}>
            Send the link
          </Button>
        </Form>
      )}
    </AuthLayout>
  );
}
