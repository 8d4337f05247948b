import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
} from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '@wedsync/api/types';
import { queryClient } from './query-client.ts';

const url = '/trpc';

/** Calls that carry a file or a long text: alone, and never in an address. */
const largePaths = new Set([
  'guests.previewImport',
  'guests.applyImport',
  'communications.checkWording',
  'communications.previewMessage',
  'communications.checkWording',
  'communications.checkAudience',
  'communications.estimateSms',
]);

/** The typed client. Cookies go along by themselves: the API has the page's origin. */
export const trpcClient = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: splitLink({
        condition: (operation) => largePaths.has(operation.path),
        true: httpLink({ url, methodOverride: 'POST' }),
        false: httpBatchLink({ url, maxURLLength: 2_000, maxItems: 10 }),
      }),
    }),
  ],
});

/** Query and mutation options of every procedure, for TanStack Query. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client: trpcClient, queryClient });
