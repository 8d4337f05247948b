import { useNavigate, useSearch } from '@tanstack/react-router';
import { AuthLayout } from '@wedsync/ui/auth-layout';
import { openAfterSignIn } from '@wedsync/ui/open-page';
import { SignInForm } from '@wedsync/ui/sign-in-form';
import { authClient } from '../../lib/auth-client.ts';

/** Operators sign in with a passkey, or with password and code. */
export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  return (
    <AuthLayout
      title="Operations"
      note="For operators of this installation. Planners and couples sign in elsewhere."
    >
      <SignInForm
        client={authClient}
        onSignedIn={() => openAfterSignIn(next)}
        onSecondFactor={() => void navigate({ to: '/second-factor', search: { next } })}
      />
    </AuthLayout>
  );
}
