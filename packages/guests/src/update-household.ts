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
import { ensureHouseholdKey, sealNewHousehold } from './guest-keys.ts';
import { readHousehold, sealAddress } from './household-rows.ts';
import { sealHistory } from './sealed-history.ts';

/** Adds a household that nobody lives in yet. */
export async function createHousehold(
  ctx: ServiceContext,
  input: CreateHousehold,
): Promise<Household> {
  const fields = parseInput(CreateHousehold, input);
  requirePermission(ctx, 'guests.create');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async (scope) => {
    const { tx, audit, change } = scope;
    const id = newId(HouseholdId);
    const { street = '', postalCode = '', ...rest } = fields;
    const where = { weddingId, householdId: id };
    const sealed = await sealNewHousehold(scope, where, { street, postalCode });
    await tx.insert(households).values({ ...rest, ...sealed.columns, weddingId, id });
    await sealed.store();
    const created = await readHousehold(scope, where);
    await audit({
      action: 'guests.create-household',
      entity: 'household',
      entityId: id,
      after: sealHistory(sealed.key, created),
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
  return writeTx(ctx, async (scope) => {
    const { tx, audit, change } = scope;
    const current = await readHousehold(scope, key, true);
    if (current.version !== version) throw staleVersion(current, 'household');
    const changed = changedFields<z.output<typeof UpdateHousehold>['patch']>(current, patch);
    if (!changed) return current;
    const { street, postalCode, ...rest } = changed.after;
    const touched = street !== undefined || postalCode !== undefined;
    const own = touched ? await ensureHouseholdKey(scope, key) : undefined;
    const address = own && sealAddress(own, { ...current, ...changed.after });
    await tx
      .update(households)
      .set({ ...rest, ...address })
      .where(and(eq(households.weddingId, weddingId), eq(households.id, householdId)));
    await audit({
      action: 'guests.update-household',
      entity: 'household',
      entityId: householdId,
      before: sealHistory(own, changed.before),
      after: sealHistory(own, changed.after),
    });
    await change({ entity: 'household', entityId: householdId, kind: 'updated' });
    return readHousehold(scope, key);
  });
}
