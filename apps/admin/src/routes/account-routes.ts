import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { nextSearch } from '@wedsync/contracts/safe-path';
import { rootRoute } from './root-route.tsx';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: nextSearch,
  component: lazyRouteComponent(() => import('../features/account/sign-in-page.tsx'), 'SignInPage'),
});

const secondFactorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/second-factor',
  validateSearch: nextSearch,
  component: lazyRouteComponent(
    () => import('../features/account/second-factor-page.tsx'),
    'SecondFactorPage',
  ),
});

const secondFactorSetupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/second-factor/setup',
  component: lazyRouteComponent(
    () => import('../features/account/second-factor-setup-page.tsx'),
    'SecondFactorSetupPage',
  ),
});

/** Pages on the way in. */
export const accountRoutes = [signInRoute, secondFactorRoute, secondFactorSetupRoute] as const;
