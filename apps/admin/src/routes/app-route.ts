import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { failureOf } from '@wedsync/contracts/failure';
import { queryClient } from '../lib/query-client.ts';
import { sessionQuery } from '../lib/session.ts';
import { rootRoute } from './root-route.tsx';

async function loadProfile(path: string) {
  try {
    return await queryClient.ensureQueryData(sessionQuery());
  } catch (error) {
    if (failureOf(error).kind !== 'unauthenticated') throw error;
    throw redirect({ to: '/sign-in', search: { next: path === '/' ? undefined : path } });
  }
}

/** Everything behind the sign-in: operators with a second factor, and the shell around them. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ location }) => {
    const profile = await loadProfile(location.href);
    if (profile.isOperator && profile.secondFactorRequired) {
      throw redirect({ to: '/second-factor/setup' });
    }
  },
  component: lazyRouteComponent(() => import('../features/shell/app-shell.tsx'), 'AppShell'),
});
