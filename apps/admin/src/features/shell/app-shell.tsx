import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { Brand } from '@wedsync/ui/brand';
import { Button } from '@wedsync/ui/button';
import { ErrorState } from '@wedsync/ui/error-state';
import { PageShell } from '@wedsync/ui/page-shell';
import { UserMenu } from '@wedsync/ui/user-menu';
import { useLive } from '../../lib/live.ts';
import { paths } from '../../lib/paths.ts';
import { useProfile } from '../../lib/session.ts';
import { trpc } from '../../lib/trpc.ts';
import { roomsWith } from '../../rooms.ts';
import { signOut } from '../account/sign-out.ts';

/** The frame around every page of an operator. */
export function AppShell() {
  const profile = useProfile();
  return profile.isOperator ? <OperatorShell /> : <NotAnOperator email={profile.email} />;
}

function OperatorShell() {
  const profile = useProfile();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const live = useLive();
  const queues = useQuery({
    ...trpc.monitoring.listQueues.queryOptions(),
    ...live,
  });
  const failed = queues.data?.reduce((sum, queue) => sum + queue.failed, 0);
  return (
    <PageShell
      brand={<Brand />}
      nav={roomsWith({ [paths.queues]: failed })}
      navLabel="Operations"
      path={path}
      account={<UserMenu name={profile.name} email={profile.email} onSignOut={signOut} />}
    >
      <Outlet />
    </PageShell>
  );
}

function NotAnOperator({ email }: { email: string }) {
  return (
    <main id="content" className="flex min-h-dvh items-center">
      <ErrorState
        isPage
        title="This place is for operators"
        message={
          <>
            You are signed in as {email}, who is not an operator of this installation. Ask an
            operator for access, or sign in with another account.
          </>
        }
        actions={
          <Button variant="primary" onPress={signOut}>
            Sign in with another account
          </Button>
        }
      />
    </main>
  );
}
