import { type ReactNode, StrictMode } from 'react';
import { RouterProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { Button } from './button.tsx';
import { ErrorState } from './error-state.tsx';
import { FailureState } from './failure-view.tsx';
import { LinkButton } from './link-button.tsx';
import { applyStoredTheme } from './theme.tsx';
import { Toaster } from './toast.tsx';

/** Puts the application into `#root` of its page, in the theme that was chosen. */
export function mountApp(app: ReactNode): void {
  applyStoredTheme();
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<StrictMode>{app}</StrictMode>);
}

interface AppRootProps {
  /** Of the application's router: links of the component kit go through it, without a page load. */
  navigate: (href: string) => void;
  children: ReactNode;
}

/** What every page stands in: navigation of the component kit, and the notices. */
export function AppRoot({ navigate, children }: AppRootProps) {
  return (
    <RouterProvider navigate={navigate}>
      {children}
      <Toaster />
    </RouterProvider>
  );
}

function WholePage({ children }: { children: ReactNode }) {
  return (
    <main id="content" className="flex min-h-dvh items-center">
      {children}
    </main>
  );
}

/** An address that leads nowhere. */
export function NotFoundPage({ homeHref, homeLabel }: { homeHref: string; homeLabel: string }) {
  return (
    <WholePage>
      <ErrorState
        isPage
        title="There is no such page"
        message="The address may be mistyped, or the page has moved."
        actions={
          <LinkButton href={homeHref} variant="primary">
            {homeLabel}
          </LinkButton>
        }
      />
    </WholePage>
  );
}

/** A page that failed as a whole: what it asked for did not come, or it has a fault of its own. */
export function BrokenPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  // Failures of requests carry this name; anything else was thrown by the page's own code.
  const isOwnFault = error instanceof Error && error.name !== 'TRPCClientError';
  if (isOwnFault) {
    return (
      <WholePage>
        <ErrorState
          isPage
          title="This page has stopped"
          message="Something in it did not work. Everything that was saved is safe: load it again."
          actions={
            <Button variant="primary" onPress={() => window.location.reload()}>
              Load it again
            </Button>
          }
        />
      </WholePage>
    );
  }
  return (
    <WholePage>
      <FailureState error={error} onRetry={onRetry} isPage />
    </WholePage>
  );
}
