import { DomainError } from '@wedsync/contracts/errors';
import type { HouseholdId, OrgId, UserId, WeddingId } from '@wedsync/contracts/ids';
import type { OrgRole, WeddingRole } from '@wedsync/contracts/roles';
import type { Claims, TenantDb } from '@wedsync/db/client';
import type { Logger } from '@wedsync/platform/log';
import type { Wake } from '@wedsync/queue/wake';
import type { KeyRing } from './key-ring.ts';

/** In whose name something is done. Guests are never users: they hold a capability link. */
export type Actor =
  | { kind: 'user'; userId: UserId }
  | { kind: 'guest_link'; householdId: HouseholdId }
  | { kind: 'operator'; userId: UserId }
  | { kind: 'system'; name: string };

/** The actor's roles in the organization and the wedding of this request, resolved by the server. */
export interface Access {
  orgRole?: OrgRole | undefined;
  weddingRole?: WeddingRole | undefined;
}

/** Time is handed in, so that deadlines can be tested to the second. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Everything a verb or query may lean on. The first argument of each of them. */
export interface ServiceContext {
  db: TenantDb;
  claims: Claims;
  actor: Actor;
  access: Access;
  /** The organization that owns what is worked on; audit rows are filed under it. */
  orgId?: OrgId | undefined;
  weddingId?: WeddingId | undefined;
  requestId: string;
  log: Logger;
  clock: Clock;
  /** Aborted when the caller has gone. */
  signal: AbortSignal;
  wake: Wake;
  /** Opens what is stored encrypted. */
  keyRing: KeyRing;
}

/** The part of a context that does not depend on who asks. */
export type ContextGround = Pick<
  ServiceContext,
  'db' | 'requestId' | 'log' | 'clock' | 'signal' | 'wake' | 'keyRing'
>;

/** Who asks, and for what. */
export interface ContextScope {
  actor: Actor;
  access?: Access;
  orgId?: OrgId | undefined;
  weddingId?: WeddingId | undefined;
}

/** The id that audit rows name as the actor; a household's for a guest link. */
export function actorId(actor: Actor): string | undefined {
  if (actor.kind === 'system') return undefined;
  return actor.kind === 'guest_link' ? actor.householdId : actor.userId;
}

/**
 * Builds a context whose database claims follow from its scope. The organization is claimed only
 * by members of that organization: a partner of one wedding must not see the planner's others.
 */
export function createContext(ground: ContextGround, scope: ContextScope): ServiceContext {
  const { actor, access = {}, orgId, weddingId } = scope;
  const belongsToOrg = access.orgRole !== undefined || actor.kind === 'system';
  const claims: Claims = {
    actorKind: actor.kind,
    userId: actor.kind === 'user' || actor.kind === 'operator' ? actor.userId : undefined,
    orgId: belongsToOrg ? orgId : undefined,
    weddingId,
    householdId: actor.kind === 'guest_link' ? actor.householdId : undefined,
  };
  return { ...ground, actor, access, orgId, weddingId, claims };
}

/**
 * The organization that owns what a verb works on.
 * @throws DomainError `bug` where none was given
 */
export function requireOrg(ctx: Pick<ServiceContext, 'orgId'>): OrgId {
  if (ctx.orgId) return ctx.orgId;
  throw new DomainError('bug', 'service.no-organization', 'This was asked for without a company.');
}

/**
 * The wedding a verb works in. Procedures and jobs of a wedding always bring one.
 * @throws DomainError `bug` where none was given
 */
export function requireWedding(ctx: Pick<ServiceContext, 'weddingId'>): WeddingId {
  if (ctx.weddingId) return ctx.weddingId;
  throw new DomainError('bug', 'service.no-wedding', 'This was asked for without a wedding.');
}
