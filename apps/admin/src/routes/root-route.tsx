import { createRootRoute, Outlet, useRouter } from '@tanstack/react-router';
import { AppRoot, BrokenPage, NotFoundPage } from '@wedsync/ui/app-root';
import { paths } from '../lib/paths.ts';

function Root() {
  const router = useRouter();
  return (
    <AppRoot navigate={(href) => router.history.push(href)}>
      <Outlet />
    </AppRoot>
  );
}

export const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: () => <NotFoundPage homeHref={paths.overview} homeLabel="To the overview" />,
  // Invalidating loads the page's data again and takes the error off the screen.
  errorComponent: function Broken({ error }) {
    const router = useRouter();
    return <BrokenPage error={error} onRetry={() => void router.invalidate()} />;
  },
});
