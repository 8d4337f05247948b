import { createRouter } from '@tanstack/react-router';
import { accountRoutes } from './routes/account-routes.ts';
import { appRoute } from './routes/app-route.ts';
import { appRoutes } from './routes/app-routes.ts';
import { rootRoute } from './routes/root-route.tsx';

const routeTree = rootRoute.addChildren([...accountRoutes, appRoute.addChildren([...appRoutes])]);

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
