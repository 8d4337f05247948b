import { DomainError } from '@wedsync/contracts/errors';
import type { TenantDb } from '@wedsync/db/client';
import type { Wake } from '@wedsync/queue/wake';
import { type Clock, type ContextGround, systemClock } from '@wedsync/service/context';
import type { KeyRing } from '@wedsync/service/key-ring';
import type { HttpContext } from '../http-context.ts';
import type { RateLimits } from '../rate-limits.ts';

export interface PublicPagesDeps {
  db: TenantDb;
  wake: Wake;
  keyRing: KeyRing;
  limits: Pick<RateLimits, 'link' | 'oneClick' | 'publicAddress'>;
  /** Origins of our own forms. */
  origins: readonly string[];
  clock?: Clock;
}

/** The part of a service context that comes from the request. */
export function groundOf(
  c: HttpContext,
  { db, wake, keyRing, clock = systemClock }: PublicPagesDeps,
): ContextGround {
  return {
    db,
    wake,
    keyRing,
    clock,
    requestId: c.get('requestId'),
    log: c.get('log'),
    signal: c.req.raw.signal,
  };
}

/** Refuses what is neither our own form nor a program without an origin. */
export function requireOwnForm(c: HttpContext, origins: readonly string[]): void {
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  // Under `no-referrer` browsers send `null` as the origin of our own form.
  const ours = origin === undefined || origin === 'null' || origins.includes(origin);
  if (ours && (site === undefined || site === 'same-origin' || site === 'none')) return;
  throw new DomainError(
    'forbidden',
    'server.cross-site',
    'This form was sent from another site. Open the link in your e-mail and send it from there.',
  );
}
