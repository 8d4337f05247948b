import { createRootRoute, Outlet, useRouter } from '@tanstack/react-router';
import { ErrorState } from '@wedsync/ui/error-state';
import { LinkButton } from '@wedsync/ui/link-button';
import { Toaster } from '@wedsync/ui/toast';
import { RouterProvider } from 'react-aria-components';
import { FailureState } from '../lib/failure-view.tsx';
import { paths } from '../lib/paths.ts';

/** Links of the component kit navigate through the router, without a page load. */
function Root() {
  const router = useRouter();
  return (
    <RouterProvider navigate={(href) => router.history.push(href)}>
      <Outlet />
      <Toaster />
    </RouterProvider>
  );
}

function NotFound() {
  return (
    <main id="content" className="flex min-h-dvh items-center">
      <ErrorState
        isPage
        title="There is no such page"
        message="The address may be mistyped, or the page has moved."
        actions={
          <LinkButton href={paths.overview} variant="primary">
            To the overview
          </LinkButton>
        }
      />
    </main>
  );
}

function Broken({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const retry = async () => {
    await router.invalidate();
    reset();
  };
  return (
    <main id="content" className="flex min-h-dvh items-center">
      <FailureState error={error} onRetry={retry} isPage />
    </main>
  );
}

export const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: Broken,
});
