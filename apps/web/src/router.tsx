import { createRouter } from '@tanstack/react-router';
import { accountRoutes } from './routes/account-routes.ts';
import { appRoute, homeRoutes } from './routes/app-routes.ts';
import { rootRoute } from './routes/root-route.tsx';
import { weddingRoute } from './routes/wedding-route.ts';
import { weddingRoutes } from './routes/wedding-routes.ts';

const routeTree = rootRoute.addChildren([
  ...accountRoutes,
  appRoute.addChildren([...homeRoutes, weddingRoute.addChildren([...weddingRoutes])]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  // Queries decide what is fresh; the router only starts them.
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
