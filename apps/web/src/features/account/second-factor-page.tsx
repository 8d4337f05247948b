import { useSearch } from '@tanstack/react-router';
import { openAfterSignIn } from '@wedsync/ui/open-page';
import { SecondFactorPage as SharedPage } from '@wedsync/ui/second-factor-page';
import { authClient } from '../../lib/auth-client.ts';
import { paths } from '../../lib/paths.ts';

/** The second step of signing in. */
export function SecondFactorPage() {
  const { next } = useSearch({ from: '/second-factor' });
  return (
    <SharedPage
      client={authClient}
      onSignedIn={() => openAfterSignIn(next)}
      signInHref={paths.signIn}
      canTrustDevice
    />
  );
}
