import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { failureOf } from '@wedsync/contracts/failure';
import { AuthLayout } from '@wedsync/ui/auth-layout';
import { AuthenticatorSetup } from '@wedsync/ui/authenticator-setup';
import { Button } from '@wedsync/ui/button';
import { FailureState } from '@wedsync/ui/failure-view';
import { openAfterSignIn } from '@wedsync/ui/open-page';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { KeyRound, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { paths } from '../../lib/paths.ts';
import { sessionQuery } from '../../lib/session.ts';
import { PasskeySetup } from './passkey-setup.tsx';
import { signOut } from './sign-out.ts';

type Way = 'choose' | 'authenticator' | 'passkey';

const texts: Record<Way, { title: string; note: string }> = {
  choose: {
    title: 'Protect your account',
    note: 'Operators can reach every company here, so a password alone does not let them in.',
  },
  authenticator: {
    title: 'Authenticator app',
    note: 'An app on your phone shows a new six-digit code every 30 seconds.',
  },
  passkey: {
    title: 'Passkey',
    note: 'This device signs you in with fingerprint, face, PIN or a security key.',
  },
};

/** The only page open to an operator without a second factor. */
export function SecondFactorSetupPage() {
  const profile = useQuery({ ...sessionQuery(), staleTime: Number.POSITIVE_INFINITY });
  const [way, setWay] = useState<Way>('choose');

  if (profile.isPending)
    return <SetupFrame way="choose" content={<SkeletonRows label="Loading" rows={2} />} />;
  if (profile.isError) {
    if (failureOf(profile.error).kind === 'unauthenticated') return <Navigate to={paths.signIn} />;
    return (
      <SetupFrame
        way="choose"
        content={<FailureState error={profile.error} onRetry={profile.refetch} />}
      />
    );
  }
  const back = () => setWay('choose');
  return (
    <SetupFrame
      way={way}
      content={
        way === 'choose' ? (
          <Choice onChoose={setWay} />
        ) : way === 'authenticator' ? (
          <AuthenticatorSetup client={authClient} onDone={() => openAfterSignIn(undefined)}>
            <Button variant="quiet" onPress={back}>
              Back
            </Button>
          </AuthenticatorSetup>
        ) : (
          <PasskeySetup name={profile.data.name} onBack={back} />
        )
      }
    />
  );
}

function SetupFrame({ way, content }: { way: Way; content: React.ReactNode }) {
  return (
    <AuthLayout
      title={texts[way].title}
      note={texts[way].note}
      footer={
        <Button variant="quiet" onPress={signOut}>
          Sign out
        </Button>
      }
    >
      {content}
    </AuthLayout>
  );
}

function Choice({ onChoose }: { onChoose: (way: Way) => void }) {
  return (
    <div className="flex flex-col gap-3">
      <Button size="lg" variant="primary" onPress={() => onChoose('authenticator')}>
        <Smartphone aria-hidden="true" />
        Set up an authenticator app
      </Button>
      <Button size="lg" onPress={() => onChoose('passkey')}>
        <KeyRound aria-hidden="true" />
        Add a passkey
      </Button>
    </div>
  );
}
