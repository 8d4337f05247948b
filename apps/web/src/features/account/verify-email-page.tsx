import { useSearch } from '@tanstack/react-router';
import { withNext } from '@wedsync/contracts/safe-path';
import { AuthLayout } from '@wedsync/ui/auth-layout';
import { AuthProblem } from '@wedsync/ui/auth-problem';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Link } from '@wedsync/ui/link';
import { useAuthAction } from '@wedsync/ui/use-auth-action';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { paths } from '../../lib/paths.ts';

/** The page behind the link that proves an address. A press confirms: scanners only open links. */
export function VerifyEmailPage() {
  const { token, next } = useSearch({ from: '/verify-email' });
  const [isDone, setDone] = useState(false);
  const { run, isPending, problem } = useAuthAction();
  const signIn = withNext(paths.signIn, next);
  const confirm = async () => {
    const answer = await run(() => authClient.verifyEmail({ query: { token: token ?? '' } }));
    if (answer) setDone(true);
  };
  return (
    <AuthLayout title="Confirm your address" footer={<Link href={signIn}>To signing in</Link>}>
      {isDone ? (
        <Callout tone="positive" title="Your address is confirmed" isLive>
          <Link href={signIn}>{next ? 'Sign in and open your invitation' : 'Sign in'}</Link>
        </Callout>
      ) : (
        <div className="flex flex-col gap-4">
          <AuthProblem text={problem} />
          <Button
            variant="primary"
            size="lg"
            onPress={() => void confirm()}
            isPending={isPending}
            isDisabled={!token}
          >
            Yes, this is my address
          </Button>
        </div>
      )}
    </AuthLayout>
  );
}
