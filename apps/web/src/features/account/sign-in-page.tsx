import { useNavigate, useSearch } from '@tanstack/react-router';
import { withNext } from '@wedsync/contracts/safe-path';
import { AuthLayout } from '@wedsync/ui/auth-layout';
import { Link } from '@wedsync/ui/link';
import { openAfterSignIn } from '@wedsync/ui/open-page';
import { SignInForm } from '@wedsync/ui/sign-in-form';
import { authClient } from '../../lib/auth-client.ts';
import { paths } from '../../lib/paths.ts';

/** Sign in with password or passkey. */
export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  return (
    <AuthLayout
      title="Welcome back"
      footer={
        <>
          New here? <Link href={withNext(paths.signUp, next)}>Create an account</Link>
        </>
      }
    >
      <SignInForm
        client={authClient}
        onSignedIn={() => openAfterSignIn(next)}
        onSecondFactor={() => void navigate({ to: '/second-factor', search: { next } })}
      >
        <Link href={paths.forgotPassword} className="self-center text-sm">
          Forgot the password?
        </Link>
      </SignInForm>
    </AuthLayout>
  );
}
