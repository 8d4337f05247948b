import { initTRPC } from '@trpc/server';
import type { WireError } from '@wedsync/contracts/errors';
import type { RpcContext } from './context.ts';
import { domainErrorOf } from './error-middleware.ts';

const t = initTRPC.context<RpcContext>().create({
  // Stack traces stay on the server, whatever NODE_ENV says.
  isDev: false,
  sse: {
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 30_000 },
  },
  errorFormatter({ shape, error, ctx }) {
    const domain = domainErrorOf(error);
    const wire: WireError = {
      kind: domain.kind,
      code: domain.code,
      details: domain.details,
      requestId: ctx?.ground.requestId ?? 'none',
    };
    return { ...shape, message: domain.message, data: { ...shape.data, domain: wire } };
  },
});

export const { router, mergeRouters, middleware, createCallerFactory } = t;
export const procedure = t.procedure;
/** Gives an event of a subscription the id that a reconnecting browser resumes from. */
export { tracked } from '@trpc/server';
