import type { WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import { sql } from 'drizzle-orm';
import type { GuestToWrite, HouseholdToWrite, ImportRows, KeysToWrite } from './import-rows.ts';

/** Who imports, and when; answers in the file are filed under it. */
export interface Importer {
  weddingId: WeddingId;
  userId: string | null;
  at: string;
}

async function writeHouseholds(tx: Tx, by: Importer, rows: HouseholdToWrite[]): Promise<void> {
  const created = rows.filter((row) => row.action === 'create');
  const updated = rows.filter((row) => row.action === 'update');
  const shape = sql`(id uuid, name text, street text, city text, region text, postal_code text,
    country text, key text, imported jsonb)`;
  await tx.execute(sql`
    insert into wedding.households
      (wedding_id, id, name, street, city, region, postal_code, country)
    select ${by.weddingId}::uuid, r.id, r.name, r.street, r.city, r.region, r.postal_code, r.country
    from jsonb_to_recordset(${jsonParameter(created)}) as r ${shape}`);
  await tx.execute(sql`
    update wedding.households h set name = r.name, street = r.street, city = r.city,
      region = r.region, postal_code = r.postal_code, country = r.country
    from jsonb_to_recordset(${jsonParameter(updated)}) as r ${shape}
    where h.wedding_id = ${by.weddingId} and h.id = r.id`);
  await tx.execute(sql`
    insert into wedding.household_sources (wedding_id, household_id, import_key, imported)
    select ${by.weddingId}::uuid, r.id, r.key, r.imported
    from jsonb_to_recordset(${jsonParameter(rows)}) as r ${shape}
    on conflict (wedding_id, household_id)
    do update set import_key = excluded.import_key, imported = excluded.imported`);
}

const guestRow = ({ id, householdId, plusOneOf, values }: GuestToWrite) => {
  const { emails, phones, ...rest } = values;
  const [email = null, ...otherEmails] = emails;
  const [phone = null, ...otherPhones] = phones;
  return { id, householdId, plusOneOf, ...rest, email, otherEmails, phone, otherPhones };
};

const guestShape = sql`(id uuid, "householdId" uuid, "plusOneOf" uuid, title text, "firstName" text,
  "lastName" text, email text, "otherEmails" text[], phone text, "otherPhones" text[],
  "ageGroup" text, "ageYears" int, side text, diets jsonb, "dietNotes" text, accessibility text[],
  "accessibilityNotes" text, notes text)`;

async function writeGuests(tx: Tx, by: Importer, guests: readonly GuestToWrite[]): Promise<void> {
  const created = guests.filter((guest) => guest.action === 'create').map(guestRow);
  const updated = guests.filter((guest) => guest.action === 'update').map(guestRow);
  if (created.length > 0) {
    await tx.execute(sql`
      insert into wedding.guests (wedding_id, id, household_id, plus_one_of, title, first_name,
        last_name, email, other_emails, phone, other_phones, age_group, age_years, side, diets,
        diet_notes, accessibility, accessibility_notes, notes)
      select ${by.weddingId}::uuid, r.id, r."householdId", r."plusOneOf", r.title, r."firstName",
        r."lastName", r.email, r."otherEmails", r.phone, r."otherPhones", r."ageGroup",
        r."ageYears", r.side, r.diets, r."dietNotes", r.accessibility, r."accessibilityNotes", r.notes
      from jsonb_to_recordset(${jsonParameter(created)}) as r ${guestShape}`);
  }
  if (updated.length === 0) return;
  await tx.execute(sql`
    update wedding.guests g set title = r.title, first_name = r."firstName",
      last_name = r."lastName", email = r.email, other_emails = r."otherEmails", phone = r.phone,
      other_phones = r."otherPhones", age_group = r."ageGroup", age_years = r."ageYears",
      side = r.side, diets = r.diets, diet_notes = r."dietNotes", accessibility = r.accessibility,
      accessibility_notes = r."accessibilityNotes", notes = r.notes
    from jsonb_to_recordset(${jsonParameter(updated)}) as r ${guestShape}
    where g.wedding_id = ${by.weddingId} and g.id = r.id`);
}

async function writeSources(tx: Tx, by: Importer, rows: readonly KeysToWrite[]): Promise<void> {
  const sources = rows.map(({ id, keys, imported }) => ({ id, keys, imported }));
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
export async function writeImportRows(tx: Tx, by: Importer, rows: ImportRows): Promise<string[]> {
  await writeHouseholds(tx, by, rows.households);
  await writeGuests(tx, by, rows.guests);
  await writeSources(tx, by, [...rows.guests, ...rows.keys]);
  const tagIds = await writeTags(tx, by, rows);
  await writeInvitations(tx, by, rows);
  return tagIds;
}
