import type { AccessibilityNeed, Answer, GuestSide } from '@wedsync/contracts/guest-fields';
import {
  type AgeGroup,
  type Diet,
  ImportGuestValues,
  ImportHouseholdValues,
} from '@wedsync/contracts/guest-import';
import type { EventId, GuestId, HouseholdId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { notFound } from '@wedsync/service/stale';
import { sql } from 'drizzle-orm';
import type {
  Existing,
  ExistingGuest,
  ExistingHousehold,
  ImportContext,
} from './model/import/types.ts';

type GuestRecord = {
  id: GuestId;
  householdId: HouseholdId;
  plusOneOf: GuestId | null;
  version: number;
  title: string;
  firstName: string;
  lastName: string;
  ageGroup: AgeGroup;
  ageYears: number | null;
  emails: string[];
  phones: string[];
  diets: Diet[];
  dietNotes: string;
  accessibility: AccessibilityNeed[];
  accessibilityNotes: string;
  side: GuestSide | null;
  notes: string;
  tags: string[] | null;
  invitations: { eventId: EventId; answer: Answer | null }[] | null;
  keys: string[] | null;
  imported: unknown;
};
type HouseholdRecord = {
  id: HouseholdId;
  name: string;
  street: string;
  city: string;
  region: string;
  postcode: string;
  country: string;
  key: string | null;
  imported: unknown;
};

/** What the wedding contributes to the reading of its list. @throws DomainError `not-found` */
export async function readImportContext(tx: Tx, weddingId: WeddingId): Promise<ImportContext> {
  const [[wedding], events] = await Promise.all([
    tx.execute<{ country: string; a: string; b: string }>(sql`
      select default_country as country, partner_a_name as a, partner_b_name as b
      from wedding.weddings where id = ${weddingId}`),
    tx.execute<{ id: EventId; name: string; kind: string }>(sql`
      select id, name, kind from wedding.events where wedding_id = ${weddingId} order by position`),
  ]);
  if (!wedding) throw notFound('wedding');
  const { country: defaultCountry, ...partners } = wedding;
  return { defaultCountry, partners, events: [...events] };
}

const readGuests = (tx: Tx, weddingId: WeddingId) =>
  tx.execute<GuestRecord>(sql`
    select g.id, g.household_id as "householdId", g.plus_one_of as "plusOneOf", g.version, g.title,
      g.first_name as "firstName", g.last_name as "lastName", g.age_group as "ageGroup",
      g.age_years as "ageYears", to_jsonb(array_remove(g.email || g.other_emails, null)) as emails,
      to_jsonb(array_remove(g.phone || g.other_phones, null)) as phones, g.diets,
      g.diet_notes as "dietNotes", to_jsonb(g.accessibility) as accessibility,
      g.accessibility_notes as "accessibilityNotes", g.side, g.notes,
      (select jsonb_agg(t.name order by t.name_key) from wedding.guest_tags gt
        join wedding.tags t on t.wedding_id = ${weddingId} and t.id = gt.tag_id
        where gt.wedding_id = ${weddingId} and gt.guest_id = g.id) as tags,
      (select jsonb_agg(jsonb_build_object('eventId', i.event_id, 'answer', i.answer)
          order by i.event_id)
        from wedding.invitations i
        where i.wedding_id = ${weddingId} and i.guest_id = g.id) as invitations,
      to_jsonb(s.import_keys) as keys, s.imported
    from wedding.guests g
    left join wedding.guest_sources s on s.wedding_id = ${weddingId} and s.guest_id = g.id
    where g.wedding_id = ${weddingId} and g.removed_at is null
    order by g.household_id, coalesce(g.plus_one_of, g.id), g.plus_one_of is not null, g.id`);

const readHouseholds = (tx: Tx, weddingId: WeddingId) =>
  tx.execute<HouseholdRecord>(sql`
    select h.id, h.name, h.street, h.city, h.region, h.postal_code as postcode, h.country,
      s.import_key as key, s.imported
    from wedding.households h
    left join wedding.household_sources s on s.wedding_id = ${weddingId} and s.household_id = h.id
    where h.wedding_id = ${weddingId} and h.removed_at is null
    order by h.id`);

function toGuest(record: GuestRecord): ExistingGuest {
  const { id, householdId, plusOneOf, version, keys, imported, tags, invitations, ...values } =
    record;
  // Of a shape that an earlier release wrote nothing is known: then the guest counts as hand-made.
  const base = ImportGuestValues.safeParse(imported);
  return {
    guestId: id,
    householdId,
    version,
    plusOneOfId: plusOneOf,
    values: {
      ...values,
      tags: tags ?? [],
      invitations: (invitations ?? []).map(({ eventId, answer }) => ({
        eventId,
        invited: true,
        answer,
      })),
    },
    imported: keys && base.success ? { keys, values: base.data } : null,
  };
}

function toHousehold(record: HouseholdRecord): ExistingHousehold {
  const { id, name, key, imported, ...address } = record;
  const base = ImportHouseholdValues.safeParse(imported);
  return {
    householdId: id,
    values: { name, address },
    imported: key !== null && base.success ? { key, values: base.data } : null,
  };
}

/** The whole guest list as the import model compares it, companions after their hosts. */
export async function readExisting(tx: Tx, weddingId: WeddingId): Promise<Existing> {
  const [guests, households] = await Promise.all([
    readGuests(tx, weddingId),
    readHouseholds(tx, weddingId),
  ]);
  return { guests: guests.map(toGuest), households: households.map(toHousehold) };
}
