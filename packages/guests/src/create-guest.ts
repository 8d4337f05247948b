import { DomainError } from '@wedsync/contracts/errors';
import { CreateGuest, type Guest } from '@wedsync/contracts/guests';
import { GuestId, HouseholdId, newId, type WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { guests, guestTags, households, invitations } from '@wedsync/db/schema/guests';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { type WriteScope, writeTx } from '@wedsync/service/transaction';
import type { z } from 'zod';
import { readContacts } from './guest-contacts.ts';
import { sealNewGuest } from './guest-keys.ts';
import { type GuestKey, readGuest } from './guest-rows.ts';
import { requireRows } from './scope.ts';
import { noContacts, splitContacts } from './sealed-contacts.ts';
import { sealHistory } from './sealed-history.ts';

type NewGuest = z.output<typeof CreateGuest>;

function requireName(guest: NewGuest): void {
  if (guest.plusOneOf || guest.firstName || guest.lastName) return;
  throw new DomainError(
    'invalid',
    'guests.name-missing',
    'A guest needs a first or a last name. Only the place of a companion may stay open.',
  );
}

/** The household that was named, the host's for a companion, or a new one. */
async function chooseHousehold(
  scope: WriteScope,
  weddingId: WeddingId,
  guest: NewGuest,
): Promise<HouseholdId> {
  const { tx, change } = scope;
  if (guest.plusOneOf) {
    const host = await readGuest(scope, { weddingId, guestId: guest.plusOneOf });
    if (!host.plusOneOf) return host.householdId;
    throw new DomainError(
      'precondition',
      'guests.companion-of-companion',
      'A companion cannot bring a companion. Add the place to the guest who was invited.',
    );
  }
  if (guest.householdId) {
    await requireRows(tx, 'households', { weddingId, ids: [guest.householdId] });
    return guest.householdId;
  }
  const id = newId(HouseholdId);
  const name = guest.householdName || guest.lastName || guest.firstName || '';
  await tx.insert(households).values({ weddingId, id, name });
  await change({ entity: 'household', entityId: id, kind: 'created' });
  return id;
}

async function insertLinks(tx: Tx, { weddingId, guestId }: GuestKey, guest: NewGuest) {
  const tagIds = [...new Set(guest.tagIds)];
  const eventIds = [...new Set(guest.eventIds)];
  await requireRows(tx, 'tags', { weddingId, ids: tagIds });
  await requireRows(tx, 'events', { weddingId, ids: eventIds });
  if (tagIds.length > 0) {
    await tx.insert(guestTags).values(tagIds.map((tagId) => ({ weddingId, guestId, tagId })));
  }
  if (eventIds.length > 0) {
    await tx
      .insert(invitations)
      .values(eventIds.map((eventId) => ({ weddingId, guestId, eventId })));
  }
}

/**
 * Adds a guest, or an open place for a companion of one.
 * @throws DomainError `invalid` without a name, `not-found` for a foreign household, tag or event,
 * `limit` when the plan allows no more guests
 */
export async function createGuest(ctx: ServiceContext, input: CreateGuest): Promise<Guest> {
  const guest = parseInput(CreateGuest, input);
  requirePermission(ctx, 'guests.create');
  requireName(guest);
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async (scope) => {
    const { householdName: _, tagIds: _tags, eventIds: _events, ...fields } = guest;
    const id = newId(GuestId);
    const householdId = await chooseHousehold(scope, weddingId, guest);
    const key = { weddingId, guestId: id };
    const { contacts, rest } = splitContacts(await readContacts(scope.tx, weddingId, fields));
    const sealed = await sealNewGuest(scope, key, { ...noContacts, ...contacts });
    await scope.tx
      .insert(guests)
      .values({ ...rest, ...sealed.columns, weddingId, id, householdId });
    await sealed.store();
    await insertLinks(scope.tx, key, guest);
    const created = await readGuest(scope, key);
    const after = sealHistory(sealed.key, created);
    await scope.audit({ action: 'guests.create', entity: 'guest', entityId: id, after });
    await scope.change({ entity: 'guest', entityId: id, kind: 'created' });
    return created;
  });
}
