import {
  LiftSuppression,
  type SuppressionReason,
} from '@wedsync/contracts/communications-feedback';
import { DomainError } from '@wedsync/contracts/errors';
import type { GuestId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { suppressions } from '@wedsync/db/schema/communications';
import { recordConsents } from '@wedsync/privacy';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq, sql } from 'drizzle-orm';

type Suppressed = typeof suppressions.$inferSelect;

/** Wishes of the guest: nobody else takes them back. */
const wishes: readonly SuppressionReason[] = ['unsubscribed', 'complained'];

function requireLiftable({ reason }: Suppressed, guestAsked: boolean): void {
  if (reason === 'erased') {
    throw new DomainError(
      'precondition',
      'communications.erased-address',
      'This guest asked to be forgotten. Nobody can lift that; they may give you their address anew.',
    );
  }
  if (wishes.includes(reason) && !guestAsked) {
    throw new DomainError(
      'precondition',
      'communications.guests-own-wish',
      'This guest asked not to be written to. Only they can change that: ask them, and confirm that they agreed.',
    );
  }
}

/** Who has the address or number now. */
async function ownersOf(tx: Tx, { weddingId, channel, id }: Suppressed): Promise<GuestId[]> {
  const rows = await tx.execute<{ id: GuestId }>(sql`
    select g.id from wedding.suppressions s
    join wedding.guests g on g.wedding_id = s.wedding_id and g.removed_at is null
      and s.address_hash = ${channel === 'email' ? sql`g.email_hash` : sql`g.phone_hash`}
    where s.wedding_id = ${weddingId} and s.id = ${id}`);
  return rows.map((row) => row.id);
}

/**
 * Writes to an address again, from the next claim on. The reason goes into the audit; where the
 * guest's own wish is lifted, their word is recorded as consent too.
 * @throws DomainError `not-found`; `precondition` where it is the guest's to lift, or nobody's
 */
export async function liftSuppression(ctx: ServiceContext, input: LiftSuppression): Promise<void> {
  const { suppressionId, reason, guestAsked } = parseInput(LiftSuppression, input);
  requirePermission(ctx, 'communications.update');
  const weddingId = requireWedding(ctx);
  await writeTx(ctx, async ({ tx, audit, change }) => {
    const itself = and(eq(suppressions.weddingId, weddingId), eq(suppressions.id, suppressionId));
    const [found] = await tx.select().from(suppressions).where(itself).for('update');
    if (!found) throw notFound('suppression');
    requireLiftable(found, guestAsked);
    if (wishes.includes(found.reason)) {
      const { channel } = found;
      const owners = await ownersOf(tx, found);
      await recordConsents(
        ctx,
        tx,
        owners.map((guestId) => ({
          guestId,
          channel,
          status: 'granted',
          how: 'verbal',
          proof: reason.slice(0, 200),
        })),
      );
    }
    await tx.delete(suppressions).where(itself);
    await audit({
      action: 'communications.lift-suppression',
      entity: 'suppression',
      entityId: suppressionId,
      before: { channel: found.channel, reason: found.reason },
      after: { reason, guestAsked },
    });
    await change({ entity: 'suppression', kind: 'bulk' });
  });
}
