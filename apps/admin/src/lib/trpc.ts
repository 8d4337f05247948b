import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '@wedsync/api/types';
import { queryClient } from './query-client.ts';

/** The typed client. Cookies go along by themselves: the API has the page's origin. */
const trpcClient = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: '/trpc', maxURLLength: 2_000, maxItems: 10 })],
});

/** Query and mutation options of every procedure, for TanStack Query. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client: trpcClient, queryClient });
