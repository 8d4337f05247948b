import type { ImportId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { uuidArray } from '@wedsync/db/sql-values';
import { sql } from 'drizzle-orm';

interface Subject {
  weddingId: WeddingId;
  importId: ImportId;
}

const changesOf = (
  { weddingId, importId }: Subject,
  entity: string,
  ids: readonly string[],
) => sql`(
  select c.entity_id as id, c.before from wedding.guest_import_changes c
  where c.wedding_id = ${weddingId} and c.import_id = ${importId} and c.entity = ${entity}
    and c.entity_id = any(${uuidArray(ids)}))`;

async function revertTags(tx: Tx, subject: Subject, ids: readonly string[]): Promise<void> {
  const former = changesOf(subject, 'guest', ids);
  await tx.execute(sql`
    delete from wedding.guest_tags gt using ${former} as c
    where gt.wedding_id = ${subject.weddingId} and gt.guest_id = c.id
      and not c.before -> 'tags' ? gt.tag_id::text`);
  // A tag may have been deleted since; then nobody can carry it again.
  await tx.execute(sql`
    insert into wedding.guest_tags (wedding_id, guest_id, tag_id)
    select ${subject.weddingId}::uuid, c.id, t.id
    from ${former} as c, jsonb_array_elements_text(c.before -> 'tags') as tag
    join wedding.tags t on t.wedding_id = ${subject.weddingId} and t.id = tag::uuid
    on conflict do nothing`);
}

async function revertInvitations(tx: Tx, subject: Subject, ids: readonly string[]): Promise<void> {
  const former = changesOf(subject, 'guest', ids);
  await tx.execute(sql`
    delete from wedding.invitations i using ${former} as c
    where i.wedding_id = ${subject.weddingId} and i.guest_id = c.id
      and not c.before -> 'invitations' @> jsonb_build_array(jsonb_build_object('event_id', i.event_id))`);
  await tx.execute(sql`
    insert into wedding.invitations as i (wedding_id, guest_id, event_id, answer, answered_at,
      answered_by_kind, answered_by, via)
    select ${subject.weddingId}::uuid, c.id, r.event_id, r.answer, r.answered_at, r.answered_by_kind,
      r.answered_by, r.via
    from ${former} as c, jsonb_to_recordset(c.before -> 'invitations') as r (event_id uuid,
      answer text, answered_at timestamptz, answered_by_kind text, answered_by uuid, via text)
    join wedding.events e on e.wedding_id = ${subject.weddingId} and e.id = r.event_id
    on conflict (wedding_id, guest_id, event_id) do update set answer = excluded.answer,
      answered_at = excluded.answered_at, answered_by_kind = excluded.answered_by_kind,
      answered_by = excluded.answered_by, via = excluded.via
    where (i.answer, i.answered_at, i.via) is distinct from
      (excluded.answer, excluded.answered_at, excluded.via)`);
}

async function revertGuestSources(tx: Tx, subject: Subject, ids: readonly string[]): Promise<void> {
  const former = changesOf(subject, 'guest', ids);
  await tx.execute(sql`
    delete from wedding.guest_sources s using ${former} as c
    where s.wedding_id = ${subject.weddingId} and s.guest_id = c.id
      and jsonb_typeof(c.before -> 'source') = 'null'`);
  await tx.execute(sql`
    update wedding.guest_sources s set imported = c.before -> 'source' -> 'imported',
      import_keys = array(select jsonb_array_elements_text(c.before -> 'source' -> 'import_keys'))
    from ${former} as c
    where s.wedding_id = ${subject.weddingId} and s.guest_id = c.id
      and jsonb_typeof(c.before -> 'source') = 'object'`);
}

/** Gives guests the values, tags, invitations and import base that they had before the import. */
export async function revertGuests(
  tx: Tx,
  subject: Subject,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    update wedding.guests g set title = r.title, first_name = r.first_name, last_name = r.last_name,
      email_cipher = r.email_cipher, email_hash = r.email_hash, phone_cipher = r.phone_cipher,
      phone_hash = r.phone_hash, other_contacts_cipher = r.other_contacts_cipher,
      other_contact_hashes = r.other_contact_hashes, age_group = r.age_group, age_years = r.age_years,
      side = r.side, diets = r.diets, diet_notes = r.diet_notes, accessibility = r.accessibility,
      accessibility_notes = r.accessibility_notes, notes = r.notes
    from ${changesOf(subject, 'guest', ids)} as c
    cross join lateral jsonb_to_record(c.before) as r (title text, first_name text, last_name text,
      email_cipher bytea, email_hash bytea, phone_cipher bytea, phone_hash bytea,
      other_contacts_cipher bytea, other_contact_hashes bytea[], age_group text,
      age_years int, side text, diets jsonb, diet_notes text, accessibility text[],
      accessibility_notes text, notes text)
    where g.wedding_id = ${subject.weddingId} and g.id = c.id`);
  await revertTags(tx, subject, ids);
  await revertInvitations(tx, subject, ids);
  await revertGuestSources(tx, subject, ids);
}

/** Gives households the name, address and import base that they had before the import. */
export async function revertHouseholds(
  tx: Tx,
  subject: Subject,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const former = changesOf(subject, 'household', ids);
  await tx.execute(sql`
    update wedding.households h set name = r.name, street_cipher = r.street_cipher,
      postal_code_cipher = r.postal_code_cipher, city = r.city, region = r.region, country = r.country
    from ${former} as c
    cross join lateral jsonb_to_record(c.before) as r (name text, street_cipher bytea,
      postal_code_cipher bytea, city text, region text, country text)
    where h.wedding_id = ${subject.weddingId} and h.id = c.id`);
  await tx.execute(sql`
    delete from wedding.household_sources s using ${former} as c
    where s.wedding_id = ${subject.weddingId} and s.household_id = c.id
      and jsonb_typeof(c.before -> 'source') = 'null'`);
  await tx.execute(sql`
    update wedding.household_sources s set import_key = c.before -> 'source' ->> 'import_key',
      imported = c.before -> 'source' -> 'imported'
    from ${former} as c
    where s.wedding_id = ${subject.weddingId} and s.household_id = c.id
      and jsonb_typeof(c.before -> 'source') = 'object'`);
}
