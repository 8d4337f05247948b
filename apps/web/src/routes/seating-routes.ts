import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { seatingSearch } from '../features/seating/seating-search.ts';
import { weddingRoute } from './wedding-route.ts';

const SeatingPage = lazyRouteComponent(
  () => import('../features/seating/seating-page.tsx'),
  'SeatingPage',
);

/** Without an event the page shows the one that people sit down to. */
const seatingRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/seating',
  validateSearch: seatingSearch,
  component: SeatingPage,
});

const eventSeatingRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/seating/$eventId',
  validateSearch: seatingSearch,
  component: SeatingPage,
});

export const seatingRoutes = [seatingRoute, eventSeatingRoute] as const;
