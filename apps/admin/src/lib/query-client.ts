import { QueryCache, QueryClient } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import { refreshEveryMs } from './live.ts';

/** Kinds that the same request cannot mend. */
const worthRetrying = new Set(['unavailable', 'network']);

/** An operator's session is short: the page that notices its end leads to the sign-in. */
function onSignedOut(error: unknown) {
  const { pathname } = window.location;
  if (failureOf(error).kind !== 'unauthenticated' || pathname === '/sign-in') return;
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname)}`);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      // Without data the router's guard asks for the sign-in itself.
      if (query.state.data !== undefined) onSignedOut(error);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: refreshEveryMs - 1_000,
      retry: (count, error) => count < 1 && worthRetrying.has(failureOf(error).kind),
    },
  },
});
