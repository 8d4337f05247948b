import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { guestSearch } from '../features/guests/guest-search.ts';
import { messageRoutes } from './message-routes.ts';
import { seatingRoutes } from './seating-routes.ts';
import { weddingRoute } from './wedding-route.ts';

const overviewRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/',
  component: lazyRouteComponent(
    () => import('../features/weddings/overview-page.tsx'),
    'OverviewPage',
  ),
});

const guestsRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/guests',
  validateSearch: guestSearch,
  component: lazyRouteComponent(() => import('../features/guests/guests-page.tsx'), 'GuestsPage'),
});

const importRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/guests/import',
  component: lazyRouteComponent(
    () => import('../features/guest-import/import-page.tsx'),
    'ImportPage',
  ),
});

const answersRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/answers',
  component: lazyRouteComponent(() => import('../features/rsvp/answers-page.tsx'), 'AnswersPage'),
});

const eventsRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/events',
  component: lazyRouteComponent(() => import('../features/weddings/events-page.tsx'), 'EventsPage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('../features/weddings/people-page.tsx'), 'PeoplePage'),
});

const privacyRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/privacy',
  component: lazyRouteComponent(
    () => import('../features/privacy/privacy-page.tsx'),
    'PrivacyPage',
  ),
});

const settingsRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/settings',
  component: lazyRouteComponent(
    () => import('../features/weddings/settings-page.tsx'),
    'SettingsPage',
  ),
});

/** The rooms of a wedding; a new room adds its route here and its entry in `rooms.ts`. */
export const weddingRoutes = [
  overviewRoute,
  guestsRoute,
  importRoute,
  answersRoute,
  ...seatingRoutes,
  ...messageRoutes,
  eventsRoute,
  peopleRoute,
  privacyRoute,
  settingsRoute,
] as const;
