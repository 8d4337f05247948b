import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from './app-route.ts';

const sendingRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sending',
  component: lazyRouteComponent(
    () => import('../features/communications/sending-page.tsx'),
    'SendingPage',
  ),
});

const bouncesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/bounces',
  component: lazyRouteComponent(
    () => import('../features/communications/bounces-page.tsx'),
    'BouncesPage',
  ),
});

const textsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/texts',
  component: lazyRouteComponent(() => import('../features/texts/texts-page.tsx'), 'TextsPage'),
});

const smsNumbersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/texts/numbers',
  component: lazyRouteComponent(
    () => import('../features/texts/sms-numbers-page.tsx'),
    'SmsNumbersPage',
  ),
});

const smsPricesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/texts/prices',
  component: lazyRouteComponent(
    () => import('../features/texts/sms-prices-page.tsx'),
    'SmsPricesPage',
  ),
});

const findingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/findings',
  component: lazyRouteComponent(
    () => import('../features/communications/integrity-page.tsx'),
    'IntegrityPage',
  ),
});

const keysRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/keys',
  component: lazyRouteComponent(
    () => import('../features/communications/keys-page.tsx'),
    'KeysPage',
  ),
});

/** The rooms around messages, over all weddings. */
export const communicationRoutes = [
  sendingRoute,
  bouncesRoute,
  textsRoute,
  smsNumbersRoute,
  smsPricesRoute,
  findingsRoute,
  keysRoute,
] as const;
