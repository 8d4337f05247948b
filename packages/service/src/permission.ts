import { DomainError } from '@wedsync/contracts/errors';
import type { Role } from '@wedsync/contracts/roles';
import type { ServiceContext } from './context.ts';

const company = ['owner', 'planner', 'assistant'] as const;
const planners = ['owner', 'planner'] as const;
const hosts = [...company, 'partner'] as const;
const everyone = [...hosts, 'photographer', 'viewer'] as const;

/**
 * Who may do what: action -> roles. Roles of the planner company (owner, planner, assistant) hold
 * for all its weddings; partner, photographer and viewer hold for one wedding. A guest link and the
 * system are not in the table: they are named where they are let in (`allow` below).
 */
export const permissions = {
  'organizations.create': [],
  'organizations.join': [],
  'organizations.read': company,
  'organizations.update': ['owner'],
  'organizations.read-members': company,
  'organizations.invite-member': planners,
  'organizations.update-member': ['owner'],

  'weddings.create': planners,
  'weddings.read': everyone,
  'weddings.update': [...planners, 'partner'],
  'weddings.archive': planners,
  'weddings.read-members': hosts,
  'weddings.invite-member': [...planners, 'partner'],
  'weddings.update-member': [...planners, 'partner'],
  'weddings.read-audit': hosts,
  'weddings.update-event': hosts,

  'guests.read': everyone,
  'guests.create': hosts,
  'guests.update': hosts,
  'guests.remove': hosts,
  'guests.import': hosts,
  'guests.export': hosts,
  'guests.invite': hosts,
  'guests.answer': hosts,
  'guests.update-question': hosts,
  'guests.issue-link': hosts,
  'guests.rotate-link': hosts,

  'seating.read': everyone,
  'seating.update': hosts,
  'seating.optimize': hosts,
  'seating.print': everyone,

  'communications.read': hosts,
  'communications.update': hosts,
  'communications.send': [...planners, 'partner'],
  'communications.read-compliance': planners,

  'privacy.read': hosts,
  'privacy.record-consent': hosts,
  'privacy.export': hosts,
  'privacy.erase': [...planners, 'partner'],
  'privacy.read-policy': company,
  'privacy.update-policy': ['owner'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof permissions;

/** True when one of the context's roles may do `action`. */
export function hasPermission(ctx: Pick<ServiceContext, 'access'>, action: Action): boolean {
  const allowed: readonly Role[] = permissions[action];
  const { orgRole, weddingRole } = ctx.access;
  return (
    (orgRole !== undefined && allowed.includes(orgRole)) ||
    (weddingRole !== undefined && allowed.includes(weddingRole))
  );
}

/** Actors that are let in by kind, whatever their role, where a verb is written for them. */
export interface AllowedKinds {
  allow?: readonly ('user' | 'guest_link' | 'system')[];
}

/**
 * Refuses the request unless the actor may do `action`.
 * @throws DomainError `forbidden` `service.forbidden`
 */
export function requirePermission(
  ctx: Pick<ServiceContext, 'access' | 'actor'>,
  action: Action,
  { allow = [] }: AllowedKinds = {},
): void {
  const { kind } = ctx.actor;
  if (kind !== 'operator' && allow.includes(kind)) return;
  if (kind === 'user' && hasPermission(ctx, action)) return;
  throw new DomainError(
    'forbidden',
    'service.forbidden',
    'Your role does not allow this here. Ask the owner or planner of this wedding for access.',
    { action },
  );
}

/**
 * Refuses everybody but an operator. The procedure has checked surface and second factor; the
 * database checks the account again in each system function.
 * @throws DomainError `forbidden` `service.operators-only`
 */
export function requireOperator(ctx: Pick<ServiceContext, 'actor'>): void {
  if (ctx.actor.kind === 'operator') return;
  throw new DomainError('forbidden', 'service.operators-only', 'Only operators may do this.');
}
