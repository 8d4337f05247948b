import { useSearch } from '@tanstack/react-router';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Link } from '@wedsync/ui/link';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { paths } from '../../lib/paths.ts';
import { AuthLayout } from './auth-layout.tsx';
import { Problem } from './problem.tsx';
import { useAuthAction } from './use-auth-action.ts';

/** The page behind the link that proves an address. A press confirms: scanners only open links. */
export function VerifyEmailPage() {
  const { token } = useSearch({ from: '/verify-email' });
  const [isDone, setDone] = useState(false);
  const { run, isPending, problem } = useAuthAction();
  const confirm = async () => {
    const answer = await run(() => authClient.verifyEmail({ query: { token: token ?? '' } }));
    if (answer) setDone(true);
  };
  return (
    <AuthLayout
      title="Confirm your address"
      footer={<Link href={paths.signIn}>To signing in</Link>}
    >
      {isDone ? (
        <Callout tone="positive" title="Your address is confirmed" isLive>
          <Link href={paths.signIn}>Sign in</Link>
        </Callout>
      ) : (
        <div className="flex flex-col gap-4">
          <Problem text={problem} />
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
