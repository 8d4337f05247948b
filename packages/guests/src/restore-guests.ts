import { RestoreGuests } from '@wedsync/contracts/guests';
import type { GuestId } from '@wedsync/contracts/ids';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { showRemoved } from './scope.ts';

/**
 * Takes a removal back: the same guests, with their tags, invitations and answers.
 * @throws DomainError `not-found` when the removal was taken back already or is none of this
 * wedding, `limit` when the plan has no room for them any more
 */
export async function restoreGuests(
  ctx: ServiceContext,
  input: RestoreGuests,
): Promise<{ restored: number }> {
  const { removalId } = parseInput(RestoreGuests, input);
  requirePermission(ctx, 'guests.remove');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, auditAll, change }) => {
    await showRemoved(tx);
    // The household may have gone with a later removal of its other members.
    const households = await tx.execute<{ id: string }>(sql`
      update wedding.households h set removed_at = null, removal_id = null
      where h.wedding_id = ${weddingId} and h.removed_at is not null
        and (h.removal_id = ${removalId} or h.id in (
          select household_id from wedding.guests
          where wedding_id = ${weddingId} and removal_id = ${removalId}))
      returning h.id`);
    const rows = await tx.execute<{ id: GuestId }>(sql`
      update wedding.guests set removed_at = null, removal_id = null
      where wedding_id = ${weddingId} and removal_id = ${removalId}
      returning id`);
    if (rows.length === 0 && households.length === 0) throw notFound('removal');
    const after = { removalId };
    await auditAll([
      ...rows.map(({ id }) => ({ action: 'guests.restore', entity: 'guest', entityId: id, after })),
      ...households.map(({ id }) => ({
        action: 'guests.restore',
        entity: 'household',
        entityId: id,
        after,
      })),
    ]);
    await change({ entity: 'guest', kind: 'bulk' });
    return { restored: rows.length };
  });
}
