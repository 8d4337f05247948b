import { QueryClient } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';

/** Kinds that the same request cannot mend. */
const worthRetrying = new Set(['unavailable', 'network']);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The change feed says when something is stale; this only covers time without connection.
      staleTime: 60_000,
      retry: (count, error) => count < 2 && worthRetrying.has(failureOf(error).kind),
    },
  },
});
