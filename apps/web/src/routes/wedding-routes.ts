import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { guestSearch } from '../features/guests/guest-search.ts';
import { appRoute } from './app-routes.ts';

/** One wedding: its rooms, and the feed that keeps them fresh. */
export const weddingRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/weddings/$weddingId',
  component: lazyRouteComponent(
    () => import('../features/weddings/wedding-layout.tsx'),
    'WeddingLayout',
  ),
});

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

const messagesRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/invitations',
  component: lazyRouteComponent(
    () => import('../features/communications/messages-page.tsx'),
    'MessagesPage',
  ),
});

const messageRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/invitations/$messageId',
  component: lazyRouteComponent(
    () => import('../features/communications/message-page.tsx'),
    'MessagePage',
  ),
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
  messagesRoute,
  messageRoute,
  eventsRoute,
  peopleRoute,
  settingsRoute,
] as const;
