import type { HouseholdId, WeddingId } from '@wedsync/contracts/ids';
import { guestKeys, householdKeys } from '@wedsync/db/schema/guests';
import type { KeySource } from '@wedsync/service/keys-for';
import type { SubjectKey } from '@wedsync/service/subject-key';
import { sql } from 'drizzle-orm';
import type { GuestKey } from './guest-rows.ts';
import { type SecretAddress, sealAddress } from './household-rows.ts';
import { type Contacts, hasContacts, sealContacts } from './sealed-contacts.ts';

/** The key of a guest; undefined where nothing was ever sealed for them. */
export async function readGuestKey(
  { tx, keyRing }: KeySource,
  { weddingId, guestId }: GuestKey,
): Promise<SubjectKey | undefined> {
  const [row] = await tx.execute<{ wrapped: Uint8Array }>(sql`
    select wrapped from wedding.guest_keys
    where wedding_id = ${weddingId} and guest_id = ${guestId}`);
  if (!row) return undefined;
  const keys = await keyRing.forWedding(tx, weddingId, [row.wrapped]);
  return keys.guest(guestId, row.wrapped);
}

/** The key of a guest, made where there is none. The guest's row must exist. */
export async function ensureGuestKey(source: KeySource, where: GuestKey): Promise<SubjectKey> {
  const { weddingId, guestId } = where;
  const known = await readGuestKey(source, where);
  if (known) return known;
  const keys = await source.keyRing.forSealing(source.tx, weddingId);
  const { key, dataKeyId, wrapped } = keys.newGuestKey(guestId);
  await source.tx.insert(guestKeys).values({ weddingId, guestId, dataKeyId, wrapped });
  return key;
}

/**
 * Contacts of a guest whose row is about to be inserted: its columns, and `store` to call after that.
 */
export async function sealNewGuest(
  { tx, keyRing }: KeySource,
  { weddingId, guestId }: GuestKey,
  contacts: Contacts,
) {
  if (!hasContacts(contacts)) return { columns: {}, key: undefined, store: async () => {} };
  const keys = await keyRing.forSealing(tx, weddingId);
  const { key, dataKeyId, wrapped } = keys.newGuestKey(guestId);
  return {
    columns: sealContacts(keys, key, contacts),
    key,
    store: async () =>
      void (await tx.insert(guestKeys).values({ weddingId, guestId, dataKeyId, wrapped })),
  };
}

export interface HouseholdRef {
  weddingId: WeddingId;
  householdId: HouseholdId;
}

/** The key of a household; undefined where nothing was ever sealed for it. */
export async function readHouseholdKey(
  { tx, keyRing }: KeySource,
  { weddingId, householdId }: HouseholdRef,
): Promise<SubjectKey | undefined> {
  const [row] = await tx.execute<{ wrapped: Uint8Array }>(sql`
    select wrapped from wedding.household_keys
    where wedding_id = ${weddingId} and household_id = ${householdId}`);
  if (!row) return undefined;
  const keys = await keyRing.forWedding(tx, weddingId, [row.wrapped]);
  return keys.household(householdId, row.wrapped);
}

/** The key of a household, made where there is none. The household's row must exist. */
export async function ensureHouseholdKey(
  source: KeySource,
  where: HouseholdRef,
): Promise<SubjectKey> {
  const { weddingId, householdId } = where;
  const known = await readHouseholdKey(source, where);
  if (known) return known;
  const keys = await source.keyRing.forSealing(source.tx, weddingId);
  const { key, dataKeyId, wrapped } = keys.newHouseholdKey(householdId);
  await source.tx.insert(householdKeys).values({ weddingId, householdId, dataKeyId, wrapped });
  return key;
}

/**
 * The address of a household whose row is about to be inserted: its columns, and `store` to call
 * after that.
 */
export async function sealNewHousehold(
  { tx, keyRing }: KeySource,
  { weddingId, householdId }: HouseholdRef,
  address: SecretAddress,
) {
  if (address.street + address.postalCode === '') {
    return { columns: {}, key: undefined, store: async () => {} };
  }
  const keys = await keyRing.forSealing(tx, weddingId);
  const { key, dataKeyId, wrapped } = keys.newHouseholdKey(householdId);
  const row = { weddingId, householdId, dataKeyId, wrapped };
  return {
    columns: sealAddress(key, address),
    key,
    store: async () => void (await tx.insert(householdKeys).values(row)),
  };
}
