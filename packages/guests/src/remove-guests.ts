import { RemovalId } from '@wedsync/contracts/guest-fields';
import { RemoveGuests } from '@wedsync/contracts/guests';
import { RemoveHousehold } from '@wedsync/contracts/households';
import { type GuestId, newId, type WeddingId } from '@wedsync/contracts/ids';
import { uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { type WriteScope, writeTx } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { showRemoved } from './scope.ts';

export interface RemovedGuests {
  removalId: RemovalId;
  removed: number;
}

interface Removal {
  weddingId: WeddingId;
  action: string;
  /** Which guests go, as a condition on `guests`. */
  which: SQL;
  /** Households that stay, even if nobody is left in them. */
  keepHouseholds?: readonly string[];
}

/**
 * Hides guests, and households that nobody is left in. Nothing is deleted: the same rows come back
 * with `restoreGuests`, and the ledger of messages keeps its references.
 */
export async function hideGuests(scope: WriteScope, removal: Removal): Promise<RemovedGuests> {
  const { tx } = scope;
  const { weddingId } = removal;
  const removalId = newId(RemovalId);
  await showRemoved(tx);
  const rows = await tx.execute<{ id: GuestId; name: string }>(sql`
    update wedding.guests set removed_at = now(), removal_id = ${removalId}
    where wedding_id = ${weddingId} and removed_at is null and ${removal.which}
    returning id, btrim(first_name || ' ' || last_name) as name`);
  await tx.execute(sql`
    update wedding.households h set removed_at = now(), removal_id = ${removalId}
    where h.wedding_id = ${weddingId} and h.removed_at is null
      and h.id in (select household_id from wedding.guests
        where wedding_id = ${weddingId} and removal_id = ${removalId} and removed_at is not null)
      and not h.id = any(${uuidArray(removal.keepHouseholds ?? [])})
      and not exists (select from wedding.guests g
        where g.wedding_id = h.wedding_id and g.household_id = h.id and g.removed_at is null)`);
  await scope.auditAll(
    rows.map(({ id, name }) => ({
      action: removal.action,
      entity: 'guest',
      entityId: id,
      before: { name },
      after: { removalId },
    })),
  );
  return { removalId, removed: rows.length };
}

/**
 * Removes guests with their companions; `restoreGuests` with the `removalId` takes it back.
 * @throws DomainError `not-found` when none of them is there
 */
export async function removeGuests(
  ctx: ServiceContext,
  input: RemoveGuests,
): Promise<RemovedGuests> {
  const { guestIds } = parseInput(RemoveGuests, input);
  requirePermission(ctx, 'guests.remove');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async (scope) => {
    const ids = uuidArray(guestIds);
    const result = await hideGuests(scope, {
      weddingId,
      action: 'guests.remove',
      which: sql`(id = any(${ids}) or plus_one_of = any(${ids}))`,
    });
    if (result.removed === 0) throw notFound('guest');
    await scope.change({ entity: 'guest', kind: 'bulk' });
    return result;
  });
}

/**
 * Removes a household with its guests; taken back by `restoreGuests` as well.
 * @throws DomainError `not-found`
 */
export async function removeHousehold(
  ctx: ServiceContext,
  input: RemoveHousehold,
): Promise<RemovedGuests> {
  const { householdId } = parseInput(RemoveHousehold, input);
  requirePermission(ctx, 'guests.remove');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async (scope) => {
    const result = await hideGuests(scope, {
      weddingId,
      action: 'guests.remove-household',
      which: sql`household_id = ${householdId}`,
    });
    // A household without guests is not reached through them.
    const [household] = await scope.tx.execute<{ name: string }>(sql`
      update wedding.households set removed_at = now(), removal_id = ${result.removalId}
      where wedding_id = ${weddingId} and id = ${householdId}
        and (removed_at is null or removal_id = ${result.removalId})
      returning name`);
    if (!household) throw notFound('household');
    await scope.audit({
      action: 'guests.remove-household',
      entity: 'household',
      entityId: householdId,
      before: household,
      after: { removalId: result.removalId },
    });
    await scope.change({ entity: 'household', entityId: householdId, kind: 'removed' });
    await scope.change({ entity: 'guest', kind: 'bulk' });
    return result;
  });
}
