import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
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
