import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { AppRouter } from '@wedsync/api/router';
import { Hono } from 'hono';
import { addressKey } from './client-address.ts';
import { type RpcContextOptions, rpcContext } from './context.ts';
import type { HttpEnv } from './http-context.ts';
import type { RateLimits } from './rate-limits.ts';

/** More calls in one request would let one short request make very much work. */
const batchSizeMax = 10;

export interface RpcOptions extends RpcContextOptions {
  router: AppRouter;
  limits: RateLimits;
}

/** Mounts tRPC below /trpc; failures come out as the error formatter words them. */
export function rpcRoutes(options: RpcOptions) {
  const app = new Hono<HttpEnv>();
  const { router, limits, accounts } = options;
  app.all('/trpc/*', async (c) => {
    const session = await accounts.resolveSession(c.req.header('cookie'));
    await limits.api.consume(session?.userId ?? addressKey(c.get('clientIp')));
    const createContext = rpcContext(options, session);
    return fetchRequestHandler({
      endpoint: '/trpc',
      req: c.req.raw,
      router,
      createContext: () => createContext(c),
      maxBatchSize: batchSizeMax,
      // A query whose input does not fit an address, such as the text of a message to preview.
      allowMethodOverride: true,
      // Answers belong to one person; streams must reach the browser line by line.
      responseMeta: ({ type }) => ({
        headers: new Headers({
          'Cache-Control': type === 'subscription' ? 'no-store, no-transform' : 'no-store',
        }),
      }),
    });
  });
  return app;
}
