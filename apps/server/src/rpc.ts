import { resolveResponse } from '@trpc/server/http';
import type { AppRouter } from '@wedsync/api/router';
import { domainErrorOf } from '@wedsync/rpc/error-shape';
import { Hono } from 'hono';
import { addressKey } from './client-address.ts';
import { type RpcContextOptions, rpcContext } from './context.ts';
import type { HttpEnv } from './http-context.ts';
import type { RateLimits } from './rate-limits.ts';

/** More calls in one request would let one short request make very much work. */
const batchSizeMax = 10;

const endpoint = '/trpc/';
/** Answers belong to one person. That they may be compressed is said here, where it costs least. */
const forAnswers = new Headers({ 'Cache-Control': 'no-store', Vary: 'Accept-Encoding' });
/** Streams must reach the browser line by line. */
const forStreams = new Headers({ 'Cache-Control': 'no-store, no-transform' });

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
    return resolveResponse<AppRouter>({
      req: c.req.raw,
      path: c.req.path.slice(endpoint.length),
      error: null,
      router,
      createContext: async () => createContext(c),
      maxBatchSize: batchSizeMax,
      // A query whose input does not fit an address, such as the text of a message to preview.
      allowMethodOverride: true,
      responseMeta: ({ type }) => ({ headers: type === 'subscription' ? forStreams : forAnswers }),
      onError({ error, path, type }) {
        if (domainErrorOf(error).kind !== 'bug') return;
        c.get('log').error({ err: error.cause ?? error, path, type }, 'rpc.bug');
      },
    });
  });
  return app;
}
