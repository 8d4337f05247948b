import type { ImportGuestValues, ImportHouseholdValues } from '@wedsync/contracts/guest-import';
import { GuestId, HouseholdId, type WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter, uuidArray } from '@wedsync/db/sql-values';
import type { KeySource } from '@wedsync/service/keys-for';
import type { SubjectKey } from '@wedsync/service/subject-key';
import type { NewSubjectKey, SealingKeys, WeddingKeys } from '@wedsync/service/wedding-keys';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ImportRows } from './import-rows.ts';
import { keyRow } from './sealed-contacts.ts';

type Kind = 'guest' | 'household';
type WrappedRow = { id: string; wrapped: Uint8Array };

/** The keys of everything that an import writes: those that exist, and new ones as they are needed. */
export class ImportSeals {
  readonly keys: SealingKeys;
  readonly #kept: Record<Kind, Map<string, SubjectKey>> = {
    guest: new Map(),
    household: new Map(),
  };
  readonly #made: Record<Kind, ReturnType<typeof keyRow>[]> = { guest: [], household: [] };

  constructor(keys: SealingKeys, stored: Record<Kind, readonly WrappedRow[]>) {
    this.keys = keys;
    for (const { id, wrapped } of stored.guest) {
      this.#kept.guest.set(id, keys.guest(GuestId.parse(id), wrapped));
    }
    for (const { id, wrapped } of stored.household) {
      this.#kept.household.set(id, keys.household(HouseholdId.parse(id), wrapped));
    }
  }

  #key(kind: Kind, id: string, make: () => NewSubjectKey): SubjectKey {
    const known = this.#kept[kind].get(id);
    if (known) return known;
    const made = make();
    this.#kept[kind].set(id, made.key);
    this.#made[kind].push(keyRow(id, made));
    return made.key;
  }

  guest(id: GuestId): SubjectKey {
    return this.#key('guest', id, () => this.keys.newGuestKey(id));
  }

  household(id: HouseholdId): SubjectKey {
    return this.#key('household', id, () => this.keys.newHouseholdKey(id));
  }

  /** Stores the keys that were made since; the rows they belong to must exist. */
  async store(tx: Tx, kind: Kind): Promise<void> {
    const rows = this.#made[kind].splice(0);
    if (rows.length === 0) return;
    const table = sql.identifier(`${kind}_keys`);
    await tx.execute(sql`
      insert into wedding.${table} (wedding_id, ${sql.identifier(`${kind}_id`)}, data_key_id, wrapped)
      select ${this.keys.weddingId}::uuid, r.id, r."dataKeyId", r.wrapped
      from jsonb_to_recordset(${jsonParameter(rows)}) as r (id uuid, "dataKeyId" uuid, wrapped bytea)`);
  }
}

const readWrapped = (tx: Tx, where: { kind: Kind; weddingId: WeddingId; ids: readonly string[] }) =>
  tx.execute<WrappedRow>(sql`
    select ${sql.identifier(`${where.kind}_id`)} as id, wrapped
    from wedding.${sql.identifier(`${where.kind}_keys`)}
    where wedding_id = ${where.weddingId}
      and ${sql.identifier(`${where.kind}_id`)} = any(${uuidArray(where.ids)})`);

/** Opens the keys of the guests and households that an import writes. */
export async function openImportSeals(
  { tx, keyRing }: KeySource,
  weddingId: WeddingId,
  rows: ImportRows,
): Promise<ImportSeals> {
  const guestIds = [...rows.guests, ...rows.keys].map(({ id }) => id);
  const householdIds = rows.households.map(({ id }) => id);
  const guest = await readWrapped(tx, { kind: 'guest', weddingId, ids: guestIds });
  const household = await readWrapped(tx, { kind: 'household', weddingId, ids: householdIds });
  return new ImportSeals(await keyRing.forSealing(tx, weddingId), { guest, household });
}

const SealedContacts = z.object({ emails: z.array(z.string()), phones: z.array(z.string()) });
const SealedAddress = z.object({ street: z.string(), postcode: z.string() });
const Stored = z.looseObject({ sealed: z.string() });

const sealed = (key: SubjectKey, value: object) =>
  key.seal('import', JSON.stringify(value)).toString('base64');

/** What an import said of a guest, as `guest_sources.imported` keeps it. */
export function sealImportedGuest(seals: ImportSeals, id: GuestId, values: ImportGuestValues) {
  const { emails, phones } = values;
  if (emails.length + phones.length === 0) return values;
  const contacts = sealed(seals.guest(id), { emails, phones });
  return { ...values, emails: [], phones: [], sealed: contacts };
}

/** What an import said of a household, as `household_sources.imported` keeps it. */
export function sealImportedHousehold(
  seals: ImportSeals,
  id: HouseholdId,
  values: ImportHouseholdValues,
) {
  const { street, postcode } = values.address;
  if (street + postcode === '') return values;
  const address = { ...values.address, street: '', postcode: '' };
  return { ...values, address, sealed: sealed(seals.household(id), { street, postcode }) };
}

const unsealed = (key: SubjectKey, text: string): unknown =>
  JSON.parse(key.open('import', Buffer.from(text, 'base64')));

/** The reverse of `sealImportedGuest`; to be parsed by whoever asked. */
export function openImportedGuest(
  keys: WeddingKeys,
  { id, wrapped }: { id: GuestId; wrapped: Uint8Array | null },
  stored: unknown,
): unknown {
  const found = Stored.safeParse(stored);
  if (!found.success || !wrapped) return stored;
  const contacts = SealedContacts.parse(unsealed(keys.guest(id, wrapped), found.data.sealed));
  return { ...found.data, ...contacts };
}

/** The reverse of `sealImportedHousehold`; to be parsed by whoever asked. */
export function openImportedHousehold(
  keys: WeddingKeys,
  { id, wrapped }: { id: HouseholdId; wrapped: Uint8Array | null },
  stored: unknown,
): unknown {
  const found = Stored.extend({ address: z.looseObject({}) }).safeParse(stored);
  if (!found.success || !wrapped) return stored;
  const address = SealedAddress.parse(unsealed(keys.household(id, wrapped), found.data.sealed));
  return { ...found.data, address: { ...found.data.address, ...address } };
}
