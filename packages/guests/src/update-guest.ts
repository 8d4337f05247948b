import { DomainError } from '@wedsync/contracts/errors';
import { type Guest, UpdateGuest } from '@wedsync/contracts/guests';
import type { WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { guests } from '@wedsync/db/schema/guests';
import { changedFields } from '@wedsync/service/changed-fields';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { readContacts } from './guest-contacts.ts';
import { readGuest } from './guest-rows.ts';
import { requireRows } from './scope.ts';

type Patch = z.output<typeof UpdateGuest>['patch'];

async function requirePatchFits(
  tx: Tx,
  weddingId: WeddingId,
  { current, patch }: { current: Guest; patch: Patch },
): Promise<void> {
  const after = { ...current, ...patch };
  if (!after.plusOneOf && !after.firstName && !after.lastName) {
    throw new DomainError(
      'invalid',
      'guests.name-missing',
      'A guest needs a first or a last name. Only the place of a companion may stay open.',
    );
  }
  if (!patch.householdId || patch.householdId === current.householdId) return;
  if (current.plusOneOf) {
    throw new DomainError(
      'precondition',
      'guests.companion-moves-with-host',
      'A companion belongs to the household of the guest who brings them. Move that guest instead.',
    );
  }
  await requireRows(tx, 'households', { weddingId, ids: [patch.householdId] });
}

/**
 * Changes a guest. Companions follow their host to another household.
 * @throws DomainError `conflict` `service.stale-version` with the current `Guest` in
 * `details.current` when somebody else was faster; `not-found`; `invalid`
 */
export async function updateGuest(ctx: ServiceContext, input: UpdateGuest): Promise<Guest> {
  const { guestId, version, patch } = parseInput(UpdateGuest, input);
  requirePermission(ctx, 'guests.update');
  const weddingId = requireWedding(ctx);
  const key = { weddingId, guestId };
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const current = await readGuest(tx, key, true);
    if (current.version !== version) throw staleVersion(current, 'guest');
    const wanted = await readContacts(tx, weddingId, patch);
    await requirePatchFits(tx, weddingId, { current, patch: wanted });
    const changed = changedFields<Patch>(current, wanted);
    if (!changed) return current;
    await tx
      .update(guests)
      .set(changed.after)
      .where(and(eq(guests.weddingId, weddingId), eq(guests.id, guestId)));
    await audit({ action: 'guests.update', entity: 'guest', entityId: guestId, ...changed });
    await change({ entity: 'guest', entityId: guestId, kind: 'updated' });
    return readGuest(tx, key);
  });
}
