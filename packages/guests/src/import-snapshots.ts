import type { WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { uuidArray } from '@wedsync/db/sql-values';
import type { SubjectKey } from '@wedsync/service/subject-key';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';

/**
 * A guest with everything that an import may set and everything whose loss an undo must notice
 * (answers to questions). Equal snapshots = nobody touched the guest.
 * Needs `guests as g`.
 */
export const guestSnapshot: SQL = sql`jsonb_build_object(
  'household_id', g.household_id, 'plus_one_of', g.plus_one_of, 'title', g.title,
  'first_name', g.first_name, 'last_name', g.last_name, 'email_cipher', g.email_cipher,
  'email_hash', g.email_hash, 'phone_cipher', g.phone_cipher, 'phone_hash', g.phone_hash,
  'other_contacts_cipher', g.other_contacts_cipher, 'other_contact_hashes', g.other_contact_hashes,
  'age_group', g.age_group, 'age_years', g.age_years, 'side', g.side, 'diets', g.diets,
  'diet_notes', g.diet_notes, 'accessibility', g.accessibility,
  'accessibility_notes', g.accessibility_notes, 'notes', g.notes,
  'tags', (select coalesce(jsonb_agg(t.tag_id order by t.tag_id), '[]')
    from wedding.guest_tags t where t.wedding_id = g.wedding_id and t.guest_id = g.id),
  'invitations', (select coalesce(jsonb_agg(jsonb_build_object('event_id', i.event_id,
      'answer', i.answer, 'answered_at', i.answered_at, 'answered_by_kind', i.answered_by_kind,
      'answered_by', i.answered_by, 'via', i.via) order by i.event_id), '[]')
    from wedding.invitations i where i.wedding_id = g.wedding_id and i.guest_id = g.id),
  'question_answers', (select coalesce(jsonb_agg(jsonb_build_array(a.question_id, a.value)
      order by a.question_id), '[]')
    from wedding.question_answers a
    where a.wedding_id = g.wedding_id and a.household_id = g.household_id and a.guest_id = g.id),
  'source', (select jsonb_build_object('import_keys', s.import_keys, 'imported', s.imported)
    from wedding.guest_sources s where s.wedding_id = g.wedding_id and s.guest_id = g.id))`;

/** The same for a household; needs `households as h`. */
export const householdSnapshot: SQL = sql`jsonb_build_object(
  'name', h.name, 'street_cipher', h.street_cipher, 'postal_code_cipher', h.postal_code_cipher, 'city', h.city,
  'region', h.region, 'country', h.country, 'notes', h.notes,
  'source', (select jsonb_build_object('import_key', s.import_key, 'imported', s.imported)
    from wedding.household_sources s where s.wedding_id = h.wedding_id and s.household_id = h.id))`;

const Snapshot = z.looseObject({
  email_cipher: z.string().nullable(),
  phone_cipher: z.string().nullable(),
  other_contacts_cipher: z.string().nullable(),
});
const bytesOf = (hex: string) => Buffer.from(hex.slice('\\x'.length), 'hex');
const contactFields = { email_cipher: 'email', phone_cipher: 'phone' } as const;

/** A guest's snapshot for people: contacts opened, hashes and the import's own notes left out. */
export function openSnapshot(
  key: SubjectKey | undefined,
  fields: Record<string, unknown> | null,
): Record<string, unknown> | null {
  const snapshot = Snapshot.safeParse(fields);
  if (!snapshot.success) return fields;
  const { email_cipher, phone_cipher, other_contacts_cipher: _, ...rest } = snapshot.data;
  const ciphers = { email_cipher, phone_cipher };
  const { email_hash: _email, phone_hash: _phone, source: _source, ...shown } = rest;
  const { other_contact_hashes: _others, ...open } = shown;
  const contacts = Object.entries(contactFields).map(([column, field]) => {
    const hex = ciphers[column as keyof typeof ciphers];
    return [field, hex && key ? key.open(field, bytesOf(hex)) : null];
  });
  return { ...open, ...Object.fromEntries(contacts) };
}

interface Subjects {
  weddingId: WeddingId;
  importId: string;
}

/** Files guests and households as they stand before the import writes them. */
export async function recordBefore(
  tx: Tx,
  { weddingId, importId }: Subjects,
  ids: { guests: readonly string[]; households: readonly string[] },
): Promise<void> {
  await tx.execute(sql`
    insert into wedding.guest_import_changes
      (wedding_id, import_id, entity, entity_id, action, before, after)
    select ${weddingId}::uuid, ${importId}::uuid, 'guest', g.id, 'update', ${guestSnapshot}, '{}'::jsonb
    from wedding.guests g where g.wedding_id = ${weddingId} and g.id = any(${uuidArray(ids.guests)})
    union all
    select ${weddingId}::uuid, ${importId}::uuid, 'household', h.id, 'update', ${householdSnapshot}, '{}'::jsonb
    from wedding.households h
    where h.wedding_id = ${weddingId} and h.id = any(${uuidArray(ids.households)})`);
}

/** Completes the file with what was created and with how everything stands afterwards. */
export async function recordAfter(
  tx: Tx,
  { weddingId, importId }: Subjects,
  ids: { guests: readonly string[]; households: readonly string[]; tags: readonly string[] },
): Promise<void> {
  await tx.execute(sql`
    insert into wedding.guest_import_changes
      (wedding_id, import_id, entity, entity_id, action, before, after)
    select ${weddingId}::uuid, ${importId}::uuid, created.entity, created.id, 'create', null, created.after
    from (
      select 'guest' as entity, g.id, ${guestSnapshot} as after from wedding.guests g
      where g.wedding_id = ${weddingId} and g.id = any(${uuidArray(ids.guests)})
      union all
      select 'household', h.id, ${householdSnapshot} from wedding.households h
      where h.wedding_id = ${weddingId} and h.id = any(${uuidArray(ids.households)})
      union all
      select 'tag', t.id, jsonb_build_object('name', t.name) from wedding.tags t
      where t.wedding_id = ${weddingId} and t.id = any(${uuidArray(ids.tags)})
    ) as created`);
  await tx.execute(sql`
    update wedding.guest_import_changes c set after = ${guestSnapshot}
    from wedding.guests g
    where c.wedding_id = ${weddingId} and c.import_id = ${importId} and c.entity = 'guest'
      and c.action = 'update' and g.wedding_id = ${weddingId} and g.id = c.entity_id`);
  await tx.execute(sql`
    update wedding.guest_import_changes c set after = ${householdSnapshot}
    from wedding.households h
    where c.wedding_id = ${weddingId} and c.import_id = ${importId} and c.entity = 'household'
      and c.action = 'update' and h.wedding_id = ${weddingId} and h.id = c.entity_id`);
}
