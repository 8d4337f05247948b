import { DomainError } from '@wedsync/contracts/errors';
import { WeddingId } from '@wedsync/contracts/ids';
import { createContext, type ServiceContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import { type RpcContextOptions, rpcContext } from './context.ts';
import type { HttpContext } from './http-context.ts';
import type { RateLimits } from './rate-limits.ts';

export interface FileOptions extends RpcContextOptions {
  limits: RateLimits;
}

/** An id in a path; anything else does not exist. */
export function idOf<T>(
  schema: { safeParse(value: unknown): { data?: T } },
  text: string | undefined,
  what: string,
): T {
  const { data } = schema.safeParse(text);
  if (data === undefined) throw notFound(what);
  return data;
}

/**
 * Who asks for a file of the wedding in the path, with their roles there. Files are reached by a
 * link and belong to one signed-in person.
 * @param points how much of the person's requests per minute it costs
 * @throws DomainError `unauthenticated`, `limit`, `not-found`
 */
export async function fileContext(
  c: HttpContext,
  options: FileOptions,
  points = 1,
): Promise<ServiceContext> {
  const session = await options.accounts.resolveSession(c.req.header('cookie'));
  if (!session) {
    const message = 'You are signed out. Sign in again and repeat the download.';
    throw new DomainError('unauthenticated', 'rpc.signed-out', message);
  }
  await options.limits.api.consume(session.userId, points);
  const { ground, resolveAccess } = rpcContext(options, session)(c);
  const weddingId = idOf(WeddingId, c.req.param('weddingId'), 'wedding');
  const access = await resolveAccess(session.userId, { weddingId });
  if (!access) throw notFound('wedding');
  const actor = { kind: 'user', userId: session.userId } as const;
  return createContext(ground, { actor, weddingId, ...access });
}
