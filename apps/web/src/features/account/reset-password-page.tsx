import { useSearch } from '@tanstack/react-router';
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

/** The page behind the link of the reset mail. */
export function ResetPasswordPage() {
  const { token } = useSearch({ from: '/reset-password' });
  const [password, setPassword] = useState('');
  const [isDone, setDone] = useState(false);
  const { run, isPending, problem } = useAuthAction();

  const save = async () => {
    const answer = await run(() =>
      authClient.resetPassword({ newPassword: password, token: token ?? '' }),
    );
    if (answer) setDone(true);
  };

  if (!token) {
    return (
      <AuthLayout
        title="This link does not work any more"
        note="It was used before or is older than an hour."
      >
        <Link href={paths.forgotPassword}>Ask for a new link</Link>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout title="Choose a new password">
      {isDone ? (
        <Callout tone="positive" title="The new password is saved" isLive>
          <Link href={paths.signIn}>Sign in with it</Link>
        </Callout>
      ) : (
        <Form onSubmit={save}>
          <AuthProblem text={problem} />
          <TextField
            label="New password"
            description={`At least ${passwordLengthMin} characters. Long is better than complicated.`}
            type="password"
            name="newPassword"
            autoComplete="new-password"
            minLength={passwordLengthMin}
            maxLength={passwordLengthMax}
            value={password}
            onChange={setPassword}
            isRequired
            autoFocus
          />
          <Button type="submit" variant="primary" size="lg" isPending={isPending}>
            Save the password
          </Button>
        </Form>
      )}
    </AuthLayout>
  );
}
