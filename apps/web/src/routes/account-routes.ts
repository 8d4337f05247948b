import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { nextSearch } from '@wedsync/contracts/safe-path';
import { rootRoute } from './root-route.tsx';

/** What a link out of a mail carries. */
function tokenSearch({ token }: Record<string, unknown>): { token?: string | undefined } {
  return { token: typeof token === 'string' && token ? token : undefined };
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: nextSearch,
  component: lazyRouteComponent(() => import('../features/account/sign-in-page.tsx'), 'SignInPage'),
});

const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-up',
  validateSearch: nextSearch,
  component: lazyRouteComponent(() => import('../features/account/sign-up-page.tsx'), 'SignUpPage'),
});

const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(
    () => import('../features/account/forgot-password-page.tsx'),
    'ForgotPasswordPage',
  ),
});

const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(
    () => import('../features/account/reset-password-page.tsx'),
    'ResetPasswordPage',
  ),
});

const verifyEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify-email',
  validateSearch: (search: Record<string, unknown>) => ({
    ...tokenSearch(search),
    ...nextSearch(search),
  }),
  component: lazyRouteComponent(
    () => import('../features/account/verify-email-page.tsx'),
    'VerifyEmailPage',
  ),
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

const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join/$token',
  component: lazyRouteComponent(() => import('../features/account/join-page.tsx'), 'JoinPage'),
});

/** Pages for people who are not signed in. */
export const accountRoutes = [
  signInRoute,
  signUpRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  verifyEmailRoute,
  secondFactorRoute,
  joinRoute,
] as const;
