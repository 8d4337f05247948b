import { DomainError } from '@wedsync/contracts/errors';
import { type Guest, UpdateGuest } from '@wedsync/contracts/guests';
import type { WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { guests } from '@wedsync/db/schema/guests';
import { changedFields } from '@wedsync/service/changed-fields';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import type { KeySource } from '@wedsync/service/keys-for';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { readContacts } from './guest-contacts.ts';
import { ensureGuestKey } from './guest-keys.ts';
import { type GuestKey, readGuest } from './guest-rows.ts';
import { requireRows } from './scope.ts';
import { type Contacts, sealContacts, splitContacts } from './sealed-contacts.ts';
import { sealHistory } from './sealed-history.ts';

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

/** The columns of changed contacts; undefined where none changed. */
async function sealChanges(
  source: KeySource,
  where: GuestKey,
  { current, contacts }: { current: Guest; contacts: Partial<Contacts> },
) {
  if (Object.keys(contacts).length === 0) return undefined;
  const key = await ensureGuestKey(source, where);
  const keys = await source.keyRing.forWedding(source.tx, where.weddingId);
  return { key, columns: sealContacts(keys, key, { ...current, ...contacts }) };
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
  return writeTx(ctx, async (scope) => {
    const { tx, audit, change } = scope;
    const current = await readGuest(scope, key, true);
    if (current.version !== version) throw staleVersion(current, 'guest');
    const wanted = await readContacts(tx, weddingId, patch);
    await requirePatchFits(tx, weddingId, { current, patch: wanted });
    const changed = changedFields<Patch>(current, wanted);
    if (!changed) return current;
    const { contacts, rest } = splitContacts(changed.after);
    const sealed = await sealChanges(scope, key, { current, contacts });
    await tx
      .update(guests)
      .set({ ...rest, ...sealed?.columns })
      .where(and(eq(guests.weddingId, weddingId), eq(guests.id, guestId)));
    await audit({
      action: 'guests.update',
      entity: 'guest',
      entityId: guestId,
      before: sealHistory(sealed?.key, changed.before),
      after: sealHistory(sealed?.key, changed.after),
    });
    await change({ entity: 'guest', entityId: guestId, kind: 'updated' });
    return readGuest(scope, key);
  });
}
