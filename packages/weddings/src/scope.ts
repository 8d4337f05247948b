import { DomainError } from '@wedsync/contracts/errors';
import type { OrgId, UserId } from '@wedsync/contracts/ids';
import type { ServiceContext } from '@wedsync/service/context';

const missing = (what: string) =>
  new DomainError('bug', `weddings.no-${what}`, `This needs its ${what}, which the request lacks.`);

/** The company of a request, as the server resolved it; never taken from the input. */
export function orgOf(ctx: Pick<ServiceContext, 'orgId'>): OrgId {
  if (!ctx.orgId) throw missing('organization');
  return ctx.orgId;
}

/** The signed-in user of a request. */
export function userOf(ctx: Pick<ServiceContext, 'actor'>): UserId {
  if (ctx.actor.kind !== 'user') throw missing('user');
  return ctx.actor.userId;
}

/**
 * The context inside a company or wedding that this request has just created or joined. Only ids
 * that the server itself made or resolved may come here: they become claims.
 */
export function within(
  ctx: ServiceContext,
  place: Pick<ServiceContext, 'access' | 'orgId' | 'weddingId'>,
): ServiceContext {
  const { access, orgId, weddingId } = place;
  const claims = { ...ctx.claims, orgId: access.orgRole ? orgId : undefined, weddingId };
  return { ...ctx, access, orgId, weddingId, claims };
}
