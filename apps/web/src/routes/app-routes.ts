import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { failureOf } from '@wedsync/contracts/failure';
import { queryClient } from '../lib/query-client.ts';
import { sessionQuery } from '../lib/session.ts';
import { rootRoute } from './root-route.tsx';

/** Everything behind the sign-in: the shell, and who is there. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(sessionQuery());
    } catch (error) {
      if (failureOf(error).kind !== 'unauthenticated') throw error;
      const next = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/sign-in', search: { next } });
    }
  },
  component: lazyRouteComponent(() => import('../features/shell/app-shell.tsx'), 'AppShell'),
});

const weddingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  component: lazyRouteComponent(
    () => import('../features/weddings/weddings-page.tsx'),
    'WeddingsPage',
  ),
});

const accountRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/account',
  component: lazyRouteComponent(
    () => import('../features/account/account-page.tsx'),
    'AccountPage',
  ),
});

export const organizationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/organizations/$orgId',
  component: lazyRouteComponent(
    () => import('../features/organizations/organization-page.tsx'),
    'OrganizationPage',
  ),
});

/** Pages outside any wedding. */
export const homeRoutes = [weddingsRoute, accountRoute, organizationRoute] as const;
