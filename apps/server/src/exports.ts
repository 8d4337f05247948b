import { exportDeliveries } from '@wedsync/communications';
import { deliveryStates } from '@wedsync/contracts/communications';
import { DomainError } from '@wedsync/contracts/errors';
import { MessageId, WeddingId } from '@wedsync/contracts/ids';
import { createContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import { Hono } from 'hono';
import { type RpcContextOptions, rpcContext } from './context.ts';
import type { HttpEnv } from './http-context.ts';
import type { RateLimits } from './rate-limits.ts';

export interface ExportOptions extends RpcContextOptions {
  limits: RateLimits;
}

const isState = (state: string) => deliveryStates.find((known) => known === state);

/** An id in a path; anything else does not exist. */
function idOf<T>(
  schema: { safeParse(value: unknown): { data?: T } },
  text: string,
  what: string,
): T {
  const { data } = schema.safeParse(text);
  if (data === undefined) throw notFound(what);
  return data;
}

/**
 * Files too long to be one answer of the API: written as they are read. They are reached by a link,
 * change nothing, and belong to one signed-in person.
 */
export function exportRoutes(options: ExportOptions) {
  const app = new Hono<HttpEnv>();
  app.get('/exports/messages/:weddingId/:messageId/deliveries.csv', async (c) => {
    const session = await options.accounts.resolveSession(c.req.header('cookie'));
    if (!session) {
      const message = 'You are signed out. Sign in again and repeat the download.';
      throw new DomainError('unauthenticated', 'rpc.signed-out', message);
    }
    await options.limits.api.consume(session.userId);
    const { ground, resolveAccess } = rpcContext(options, session)(c);
    const weddingId = idOf(WeddingId, c.req.param('weddingId'), 'wedding');
    const messageId = idOf(MessageId, c.req.param('messageId'), 'message');
    const access = await resolveAccess(session.userId, { weddingId });
    if (!access) throw notFound('wedding');
    const actor = { kind: 'user', userId: session.userId } as const;
    const ctx = createContext(ground, { actor, weddingId, ...access });
    const states = (c.req.queries('state') ?? []).flatMap((state) => isState(state) ?? []);
    const { fileName, content } = await exportDeliveries(ctx, { messageId, states });
    return c.body(ReadableStream.from(content).pipeThrough(new TextEncoderStream()), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'no-store',
    });
  });
  return app;
}
