import { CreateHousehold, type Household, UpdateHousehold } from '@wedsync/contracts/households';
import { HouseholdId, newId } from '@wedsync/contracts/ids';
import { households } from '@wedsync/db/schema/guests';
import { changedFields } from '@wedsync/service/changed-fields';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { readHousehold } from './household-rows.ts';

/** Adds a household that nobody lives in yet. */
export async function createHousehold(
  ctx: ServiceContext,
  input: CreateHousehold,
): Promise<Household> {
  const fields = parseInput(CreateHousehold, input);
  requirePermission(ctx, 'guests.create');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const id = newId(HouseholdId);
    await tx.insert(households).values({ ...fields, weddingId, id });
    const created = await readHousehold(tx, { weddingId, householdId: id });
    await audit({
      action: 'guests.create-household',
      entity: 'household',
      entityId: id,
      after: created,
    });
    await change({ entity: 'household', entityId: id, kind: 'created' });
    return created;
  });
}

/**
 * Changes a household's name, address or notes.
 * @throws DomainError `conflict` with `details.current` when somebody else was faster; `not-found`
 */
export async function updateHousehold(
  ctx: ServiceContext,
  input: UpdateHousehold,
): Promise<Household> {
  const { householdId, version, patch } = parseInput(UpdateHousehold, input);
  requirePermission(ctx, 'guests.update');
  const weddingId = requireWedding(ctx);
  const key = { weddingId, householdId };
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const current = await readHousehold(tx, key, true);
    if (current.version !== version) throw staleVersion(current, 'household');
    const changed = changedFields<z.output<typeof UpdateHousehold>['patch']>(current, patch);
    if (!changed) return current;
    await tx
      .update(households)
      .set(changed.after)
      .where(and(eq(households.weddingId, weddingId), eq(households.id, householdId)));
    await audit({
      action: 'guests.update-household',
      entity: 'household',
      entityId: householdId,
      ...changed,
    });
    await change({ entity: 'household', entityId: householdId, kind: 'updated' });
    return readHousehold(tx, key);
  });
}
