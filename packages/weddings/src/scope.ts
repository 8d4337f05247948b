import { DomainError } from '@wedsync/contracts/errors';
import type { OrgId, UserId, WeddingId } from '@wedsync/contracts/ids';
import type { ServiceContext } from '@wedsync/service/context';

const missing = (what: string) =>
  new DomainError('bug', `weddings.no-${what}`, `This needs its ${what}, which the request lacks.`);

/** The company of a request, as the server resolved it; never taken from the input. */
export function orgOf(ctx: Pick<ServiceContext, 'orgId'>): OrgId {
  if (!ctx.orgId) throw missing('organization');
  return ctx.orgId;
}

/** The wedding of a request, as the server resolved it; never taken from the input. */
export function weddingOf(ctx: Pick<ServiceContext, 'weddingId'>): WeddingId {
  if (!ctx.weddingId) throw missing('wedding');
  return ctx.weddingId;
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

/** The fields in which two records differ, as they were and as they are; null when in none. */
export function changedFields<T extends object>(
  before: T,
  after: Partial<T>,
): { before: Partial<T>; after: Partial<T> } | null {
  const was: Partial<T> = {};
  const is: Partial<T> = {};
  for (const key of Object.keys(after) as (keyof T)[]) {
    if (after[key] === undefined || before[key] === after[key]) continue;
    was[key] = before[key];
    is[key] = after[key];
  }
  return Object.keys(is).length === 0 ? null : { before: was, after: is };
}
