import { TagId } from '@wedsync/contracts/guest-fields';
import type { AgeGroup } from '@wedsync/contracts/guest-import';
import { GuestId, HouseholdId, newId, newUuid } from '@wedsync/contracts/ids';
import type postgres from 'postgres';
import { sealGuests } from './sealed-guests.ts';

export async function seedHousehold(
  admin: postgres.Sql,
  fields: { weddingId: string; name?: string },
): Promise<HouseholdId> {
  const id = newId(HouseholdId);
  await admin`
    insert into wedding.households (wedding_id, id, name)
    values (${fields.weddingId}, ${id}, ${fields.name ?? 'The Almeidas'})`;
  return id;
}

export interface SeedGuestFields {
  weddingId: string;
  /** An existing household; a new one when absent. */
  householdId?: string;
  firstName?: string;
  lastName?: string;
  email?: string | null;
  /** E.164 */
  phone?: string | null;
  ageGroup?: AgeGroup;
  plusOneOf?: string;
  /** Events to which the guest is invited. */
  eventIds?: readonly string[];
}

/** One guest, with a household of their own unless one is given. */
export async function seedGuest(
  admin: postgres.Sql,
  fields: SeedGuestFields,
): Promise<{ guestId: GuestId; householdId: HouseholdId }> {
  const { weddingId } = fields;
  const householdId = fields.householdId
    ? HouseholdId.parse(fields.householdId)
    : await seedHousehold(admin, { weddingId });
  const guestId = newId(GuestId);
  await admin`
    insert into wedding.guests
      (wedding_id, id, household_id, plus_one_of, first_name, last_name, age_group)
    values (${weddingId}, ${guestId}, ${householdId}, ${fields.plusOneOf ?? null},
      ${fields.firstName ?? 'Ana'}, ${fields.lastName ?? 'Almeida'},
      ${fields.ageGroup ?? 'adult'})`;
  const { email = null, phone = null } = fields;
  await sealGuests(admin, { weddingId }, [{ id: guestId, email, phone }]);
  for (const eventId of fields.eventIds ?? []) {
    await admin`
      insert into wedding.invitations (wedding_id, guest_id, event_id)
      values (${weddingId}, ${guestId}, ${eventId})`;
  }
  return { guestId, householdId };
}

export async function seedTag(
  admin: postgres.Sql,
  fields: { weddingId: string; name: string },
): Promise<TagId> {
  const id = newId(TagId);
  await admin`
    insert into wedding.tags (wedding_id, id, name)
    values (${fields.weddingId}, ${id}, ${fields.name})`;
  return id;
}

const firstNames = [
  'João',
  'Ana',
  'María',
  'José',
  'Zoë',
  'Łukasz',
  'Søren',
  'François',
  'Katherine',
  'Jonathan',
  'Elisabeth',
  'Björn',
  'Siobhán',
  'Nguyễn',
  'Peter',
  'Amélie',
  'Noah',
  'Charlotte',
  'Oskar',
  'Inês',
];
const lastNames = [
  'García',
  'Müller',
  'Smith',
  'Johnson',
  'O’Brien',
  'Núñez',
  'Łukaszewicz',
  'Åkesson',
  'Petrović',
  'Dvořák',
  'Schröder',
  'Fernández',
  'Gonçalves',
  'Lefèvre',
  'Andersson',
  'Kowalski',
  'Rossi',
  'Papadopoulos',
  'Yılmaz',
  'Teixeira',
  'Van der Berg',
  'Oliveira',
  'McDonald',
];

export interface SeedGuestsFields {
  weddingId: string;
  count: number;
  /** Events to which all of them are invited. */
  eventIds?: readonly string[];
}

/** Many guests, two to a household, of varied names; in two statements. */
export async function seedGuests(
  admin: postgres.Sql,
  { weddingId, count, eventIds = [] }: SeedGuestsFields,
): Promise<GuestId[]> {
  const households = Array.from({ length: Math.ceil(count / 2) }, () => newUuid());
  const rows = Array.from({ length: count }, (_, index) => ({
    id: newUuid(),
    household: households[Math.floor(index / 2)],
    first: firstNames[index % firstNames.length],
    last: lastNames[(index * 7) % lastNames.length],
    email: index % 3 === 0 ? null : `guest${index}@example.com`,
  }));
  await admin`
    insert into wedding.households (wedding_id, id, name)
    select ${weddingId}::uuid, row.household, min(row.last)
    from jsonb_to_recordset(${admin.json(rows)}) as row (household uuid, last text)
    group by row.household`;
  await admin`
    insert into wedding.guests (wedding_id, id, household_id, first_name, last_name)
    select ${weddingId}::uuid, row.id, row.household, row.first, row.last
    from jsonb_to_recordset(${admin.json(rows)})
      as row (id uuid, household uuid, first text, last text)`;
  await admin`
    insert into wedding.invitations (wedding_id, guest_id, event_id)
    select ${weddingId}::uuid, row.id, event
    from jsonb_to_recordset(${admin.json(rows)}) as row (id uuid),
      unnest(${eventIds as string[]}::uuid[]) as event`;
  await sealGuests(admin, { weddingId }, rows);
  return rows.map((row) => GuestId.parse(row.id));
}
