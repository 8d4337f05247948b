import { initTRPC } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { WireError } from '@wedsync/contracts/errors';
import type { RpcContext } from './context.ts';
import { domainErrorOf, toTrpcError } from './error-shape.ts';

const t = initTRPC.context<RpcContext>().create({
  // Stack traces stay on the server, whatever NODE_ENV says.
  isDev: false,
  sse: {
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 30_000 },
  },
  errorFormatter({ shape, error, ctx }) {
    const mapped = toTrpcError(error);
    const { kind, code, message, details } = domainErrorOf(mapped);
    const domain: WireError = {
      kind,
      code,
      details,
      requestId: ctx?.ground.requestId ?? 'none',
    };
    return {
      message,
      code: TRPC_ERROR_CODES_BY_KEY[mapped.code],
      data: {
        ...shape.data,
        code: mapped.code,
        httpStatus: getHTTPStatusCodeFromError(mapped),
        domain,
      },
    };
  },
});

export const { router, mergeRouters, createCallerFactory } = t;
export const procedure = t.procedure;
/** Gives an event of a subscription the id that a reconnecting browser resumes from. */
export { tracked } from '@trpc/server';
