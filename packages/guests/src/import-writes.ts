import type { WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { KeySource } from '@wedsync/service/keys-for';
import { sql } from 'drizzle-orm';
import { sealAddress } from './household-rows.ts';
import type { GuestToWrite, HouseholdToWrite, ImportRows, KeysToWrite } from './import-rows.ts';
import {
  type ImportSeals,
  openImportSeals,
  sealImportedGuest,
  sealImportedHousehold,
} from './import-seals.ts';
import { hasContacts, sealContacts } from './sealed-contacts.ts';

interface Writing {
  tx: Tx;
  seals: ImportSeals;
}

/** Who imports, and when; answers in the file are filed under it. */
export interface Importer {
  weddingId: WeddingId;
  userId: string | null;
  at: string;
}

const hex = (bytes: Uint8Array | null) => bytes && `\\x${Buffer.from(bytes).toString('hex')}`;

const householdRow = (seals: ImportSeals, row: HouseholdToWrite) => {
  const { street, postal_code: postalCode, imported, ...rest } = row;
  const hasAddress = row.addressChanged && street + postalCode !== '';
  const sealed = hasAddress && sealAddress(seals.household(row.id), { street, postalCode });
  return {
    ...rest,
    street_cipher: sealed ? hex(sealed.streetCipher) : null,
    postal_code_cipher: sealed ? hex(sealed.postalCodeCipher) : null,
    imported: sealImportedHousehold(seals, row.id, imported),
  };
};

async function writeHouseholds(
  { tx, seals }: Writing,
  by: Importer,
  all: readonly HouseholdToWrite[],
): Promise<void> {
  const rows = all.map((row) => householdRow(seals, row));
  const created = rows.filter((row) => row.action === 'create');
  const updated = rows.filter((row) => row.action === 'update');
  const shape = sql`(id uuid, name text, street_cipher bytea, city text, region text,
    postal_code_cipher bytea, country text, key text, imported jsonb, "addressChanged" boolean)`;
  await tx.execute(sql`
    insert into wedding.households
      (wedding_id, id, name, street_cipher, city, region, postal_code_cipher, country)
    select ${by.weddingId}::uuid, r.id, r.name, r.street_cipher, r.city, r.region,
      r.postal_code_cipher, r.country
    from jsonb_to_recordset(${jsonParameter(created)}) as r ${shape}`);
  await tx.execute(sql`
    update wedding.households h set name = r.name, city = r.city, region = r.region,
      street_cipher = case when r."addressChanged" then r.street_cipher else h.street_cipher end,
      postal_code_cipher =
        case when r."addressChanged" then r.postal_code_cipher else h.postal_code_cipher end,
      country = r.country
    from jsonb_to_recordset(${jsonParameter(updated)}) as r ${shape}
    where h.wedding_id = ${by.weddingId} and h.id = r.id`);
  await seals.store(tx, 'household');
  await tx.execute(sql`
    insert into wedding.household_sources (wedding_id, household_id, import_key, imported)
    select ${by.weddingId}::uuid, r.id, r.key, r.imported
    from jsonb_to_recordset(${jsonParameter(rows)}) as r ${shape}
    on conflict (wedding_id, household_id)
    do update set import_key = excluded.import_key, imported = excluded.imported`);
}

const guestRow = (seals: ImportSeals, guest: GuestToWrite) => {
  const { id, householdId, plusOneOf, values, contactsChanged } = guest;
  const { emails, phones, ...rest } = values;
  const [email = null, ...otherEmails] = emails;
  const [phone = null, ...otherPhones] = phones;
  const contacts = { email, otherEmails, phone, otherPhones };
  const sealed =
    contactsChanged && hasContacts(contacts)
      ? sealContacts(seals.keys, seals.guest(id), contacts)
      : undefined;
  return {
    id,
    householdId,
    plusOneOf,
    contactsChanged,
    ...rest,
    emailCipher: hex(sealed?.emailCipher ?? null),
    emailHash: hex(sealed?.emailHash ?? null),
    phoneCipher: hex(sealed?.phoneCipher ?? null),
    phoneHash: hex(sealed?.phoneHash ?? null),
    otherContactsCipher: hex(sealed?.otherContactsCipher ?? null),
    otherContactHashes: sealed?.otherContactHashes.map(hex) ?? [],
  };
};

const guestShape = sql`(id uuid, "householdId" uuid, "plusOneOf" uuid, title text, "firstName" text,
  "lastName" text, "contactsChanged" boolean, "emailCipher" bytea, "emailHash" bytea,
  "phoneCipher" bytea, "phoneHash" bytea, "otherContactsCipher" bytea,
  "otherContactHashes" bytea[], "ageGroup" text, "ageYears" int, side text, diets jsonb, "dietNotes" text, accessibility text[],
  "accessibilityNotes" text, notes text)`;

async function writeGuests(
  { tx, seals }: Writing,
  by: Importer,
  guests: readonly GuestToWrite[],
): Promise<void> {
  const rowsOf = (action: GuestToWrite['action']) =>
    guests.filter((guest) => guest.action === action).map((guest) => guestRow(seals, guest));
  const created = rowsOf('create');
  const updated = rowsOf('update');
  if (created.length > 0) {
    await tx.execute(sql`
      insert into wedding.guests (wedding_id, id, household_id, plus_one_of, title, first_name,
        last_name, email_cipher, email_hash, phone_cipher, phone_hash, other_contacts_cipher,
        other_contact_hashes, age_group, age_years, side, diets,
        diet_notes, accessibility, accessibility_notes, notes)
      select ${by.weddingId}::uuid, r.id, r."householdId", r."plusOneOf", r.title, r."firstName",
        r."lastName", r."emailCipher", r."emailHash", r."phoneCipher", r."phoneHash",
        r."otherContactsCipher", r."otherContactHashes", r."ageGroup",
        r."ageYears", r.side, r.diets, r."dietNotes", r.accessibility, r."accessibilityNotes", r.notes
      from jsonb_to_recordset(${jsonParameter(created)}) as r ${guestShape}`);
  }
  if (updated.length === 0) return;
  await tx.execute(sql`
    update wedding.guests g set title = r.title, first_name = r."firstName",
      last_name = r."lastName",
      email_cipher = case when r."contactsChanged" then r."emailCipher" else g.email_cipher end,
      email_hash = case when r."contactsChanged" then r."emailHash" else g.email_hash end,
      phone_cipher = case when r."contactsChanged" then r."phoneCipher" else g.phone_cipher end,
      phone_hash = case when r."contactsChanged" then r."phoneHash" else g.phone_hash end,
      other_contacts_cipher = case when r."contactsChanged" then r."otherContactsCipher"
        else g.other_contacts_cipher end,
      other_contact_hashes = case when r."contactsChanged" then r."otherContactHashes"
        else g.other_contact_hashes end,
      age_group = r."ageGroup", age_years = r."ageYears",
      side = r.side, diets = r.diets, diet_notes = r."dietNotes", accessibility = r.accessibility,
      accessibility_notes = r."accessibilityNotes", notes = r.notes
    from jsonb_to_recordset(${jsonParameter(updated)}) as r ${guestShape}
    where g.wedding_id = ${by.weddingId} and g.id = r.id`);
}

async function writeSources(
  { tx, seals }: Writing,
  by: Importer,
  rows: readonly KeysToWrite[],
): Promise<void> {
  const sources = rows.map(({ id, keys, imported }) => ({
    id,
    keys,
    imported: sealImportedGuest(seals, id, imported),
  }));
  await seals.store(tx, 'guest');
  await tx.execute(sql`
    insert into wedding.guest_sources (wedding_id, guest_id, import_keys, imported)
    select ${by.weddingId}::uuid, r.id, r.keys, r.imported
    from jsonb_to_recordset(${jsonParameter(sources)}) as r (id uuid, keys text[], imported jsonb)
    on conflict (wedding_id, guest_id)
    do update set import_keys = excluded.import_keys, imported = excluded.imported`);
}

/** New tags, then the links of the written guests. Answers the ids of the tags that are new. */
async function writeTags(tx: Tx, by: Importer, rows: ImportRows): Promise<string[]> {
  const created = await tx.execute<{ id: string }>(sql`
    insert into wedding.tags (wedding_id, id, name)
    select ${by.weddingId}::uuid, r.id, r.name
    from jsonb_to_recordset(${jsonParameter(rows.tags)}) as r (id uuid, name text)
    on conflict (wedding_id, name_key) do nothing
    returning id`);
  const links = rows.guests.flatMap(({ id, values }) => values.tags.map((tag) => ({ id, tag })));
  const wanted = sql`(
    select distinct r.id as guest_id, t.id as tag_id
    from jsonb_to_recordset(${jsonParameter(links)}) as r (id uuid, tag text)
    join wedding.tags t on t.wedding_id = ${by.weddingId} and t.name_key = lower(r.tag))`;
  const updated = rows.guests.filter(({ action }) => action === 'update').map(({ id }) => ({ id }));
  if (updated.length > 0) {
    await tx.execute(sql`
      delete from wedding.guest_tags gt
      using jsonb_to_recordset(${jsonParameter(updated)}) as r (id uuid)
      where gt.wedding_id = ${by.weddingId} and gt.guest_id = r.id
        and (gt.guest_id, gt.tag_id) not in ${wanted}`);
  }
  await tx.execute(sql`
    insert into wedding.guest_tags (wedding_id, guest_id, tag_id)
    select ${by.weddingId}::uuid, wanted.guest_id, wanted.tag_id from ${wanted} as wanted
    on conflict do nothing`);
  return created.map((row) => row.id);
}

async function writeInvitations(tx: Tx, by: Importer, rows: ImportRows): Promise<void> {
  const all = rows.guests.flatMap(({ id, values }) =>
    values.invitations.map((invitation) => ({ guestId: id, ...invitation })),
  );
  const shape = sql`("guestId" uuid, "eventId" uuid, answer text)`;
  const invited = all.filter((invitation) => invitation.invited);
  await tx.execute(sql`
    insert into wedding.invitations as i
      (wedding_id, guest_id, event_id, answer, answered_at, answered_by_kind, answered_by, via)
    select ${by.weddingId}::uuid, r."guestId", r."eventId", r.answer,
      case when r.answer is not null then ${by.at}::timestamptz end,
      case when r.answer is not null then 'user' end,
      case when r.answer is not null then ${by.userId}::uuid end,
      case when r.answer is not null then 'import' end
    from jsonb_to_recordset(${jsonParameter(invited)}) as r ${shape}
    on conflict (wedding_id, guest_id, event_id) do update set
      answer = excluded.answer, answered_at = excluded.answered_at,
      answered_by_kind = excluded.answered_by_kind, answered_by = excluded.answered_by,
      via = excluded.via
    where i.answer is distinct from excluded.answer`);
  const uninvited = all.filter((invitation) => !invitation.invited);
  if (uninvited.length === 0) return;
  await tx.execute(sql`
    delete from wedding.invitations i
    using jsonb_to_recordset(${jsonParameter(uninvited)}) as r ${shape}
    where i.wedding_id = ${by.weddingId} and i.guest_id = r."guestId" and i.event_id = r."eventId"`);
}

/** Writes all rows of an import, each kind in one or two statements. Answers new tags' ids. */
export async function writeImportRows(
  source: KeySource,
  by: Importer,
  rows: ImportRows,
): Promise<string[]> {
  const { tx } = source;
  const writing = { tx, seals: await openImportSeals(source, by.weddingId, rows) };
  await writeHouseholds(writing, by, rows.households);
  await writeGuests(writing, by, rows.guests);
  await writeSources(writing, by, [...rows.guests, ...rows.keys]);
  const tagIds = await writeTags(tx, by, rows);
  await writeInvitations(tx, by, rows);
  return tagIds;
}
