import type { Household } from '@wedsync/contracts/households';
import type { HouseholdId, WeddingId } from '@wedsync/contracts/ids';
import type { KeySource } from '@wedsync/service/keys-for';
import { notFound } from '@wedsync/service/stale';
import type { SubjectKey } from '@wedsync/service/subject-key';
import type { WeddingKeys } from '@wedsync/service/wedding-keys';
import { type SQL, sql } from 'drizzle-orm';

/** What a statement must read so that an address can be opened. */
export type AddressRecord = {
  street_cipher: Uint8Array | null;
  postal_code_cipher: Uint8Array | null;
  /** `wedding.household_keys.wrapped` */
  household_key: Uint8Array | null;
};
export type HouseholdRecord = Omit<Household, 'street' | 'postalCode'> & AddressRecord;

/** Columns of `AddressRecord`; needs `households as h`. */
export const addressColumns: SQL = sql`
  h.street_cipher, h.postal_code_cipher,
  (select k.wrapped from wedding.household_keys k
    where k.wedding_id = h.wedding_id and k.household_id = h.id) as household_key`;

/** Columns of `HouseholdRecord`; needs `households as h`. */
export const householdColumns: SQL = sql`
  h.id, h.name, ${addressColumns}, h.city, h.region, h.country, h.notes,
  h.link_hash is not null as "hasLink", h.version,
  (select count(*)::int from wedding.guests g
    where g.wedding_id = h.wedding_id and g.household_id = h.id and g.removed_at is null) as guests`;

export interface SecretAddress {
  street: string;
  postalCode: string;
}

/** Street and postal code in plain; empty where there are none. */
export function openAddress(
  keys: WeddingKeys,
  householdId: HouseholdId,
  record: AddressRecord,
): SecretAddress {
  const { street_cipher, postal_code_cipher, household_key } = record;
  if (!household_key || (!street_cipher && !postal_code_cipher)) {
    return { street: '', postalCode: '' };
  }
  const key = keys.household(householdId, household_key);
  return {
    street: street_cipher ? key.open('street', street_cipher) : '',
    postalCode: postal_code_cipher ? key.open('postal_code', postal_code_cipher) : '',
  };
}

/** Street and postal code as they are stored. */
export function sealAddress(key: SubjectKey, { street, postalCode }: SecretAddress) {
  return {
    streetCipher: street === '' ? null : key.seal('street', street),
    postalCodeCipher: postalCode === '' ? null : key.seal('postal_code', postalCode),
  };
}

export function toHousehold(keys: WeddingKeys, record: HouseholdRecord): Household {
  const { street_cipher: _, postal_code_cipher: _code, household_key: _key, ...rest } = record;
  return { ...rest, ...openAddress(keys, record.id, record) };
}

/**
 * One household; `lock` holds its row until the transaction ends.
 * @throws DomainError `not-found`
 */
export async function readHousehold(
  { tx, keyRing }: KeySource,
  key: { weddingId: WeddingId; householdId: HouseholdId },
  lock = false,
): Promise<Household> {
  const [household] = await tx.execute<HouseholdRecord>(sql`
    select ${householdColumns} from wedding.households h
    where h.wedding_id = ${key.weddingId} and h.id = ${key.householdId} and h.removed_at is null
    ${lock ? sql`for no key update` : sql``}`);
  if (!household) throw notFound('household');
  const keys = await keyRing.forWedding(tx, key.weddingId, [household.household_key]);
  return toHousehold(keys, household);
}
