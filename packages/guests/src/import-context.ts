import type { AccessibilityNeed, Answer, GuestSide } from '@wedsync/contracts/guest-fields';
import {
  type AgeGroup,
  type Diet,
  ImportGuestValues,
  ImportHouseholdValues,
} from '@wedsync/contracts/guest-import';
import type { EventId, GuestId, HouseholdId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import type { KeySource } from '@wedsync/service/keys-for';
import { notFound } from '@wedsync/service/stale';
import type { WeddingKeys } from '@wedsync/service/wedding-keys';
import { sql } from 'drizzle-orm';
import { guestKeyColumn } from './guest-rows.ts';
import { type AddressRecord, addressColumns, openAddress } from './household-rows.ts';
import { openImportedGuest, openImportedHousehold } from './import-seals.ts';
import type {
  Existing,
  ExistingGuest,
  ExistingHousehold,
  ImportContext,
} from './model/import/types.ts';
import { type ContactRecord, openContacts } from './sealed-contacts.ts';

type GuestRecord = ContactRecord & {
  other_contacts_cipher: Uint8Array | null;
  id: GuestId;
  householdId: HouseholdId;
  plusOneOf: GuestId | null;
  version: number;
  title: string;
  firstName: string;
  lastName: string;
  ageGroup: AgeGroup;
  ageYears: number | null;
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
type HouseholdRecord = AddressRecord & {
  id: HouseholdId;
  name: string;
  city: string;
  region: string;
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
      g.age_years as "ageYears", g.email_cipher, g.phone_cipher, g.other_contacts_cipher,
      ${guestKeyColumn(weddingId)}, g.diets,
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
    select h.id, h.name, ${addressColumns}, h.city, h.region, h.country,
      s.import_key as key, s.imported
    from wedding.households h
    left join wedding.household_sources s on s.wedding_id = ${weddingId} and s.household_id = h.id
    where h.wedding_id = ${weddingId} and h.removed_at is null
    order by h.id`);

function toGuest(opened: WeddingKeys, record: GuestRecord): ExistingGuest {
  const { id, householdId, plusOneOf, version, keys, imported, tags, invitations, ...rest } =
    record;
  const { email_cipher: _, phone_cipher: _phone, other_contacts_cipher: _others, ...more } = rest;
  const { guest_key: wrapped, ...values } = more;
  const { email, otherEmails, phone, otherPhones } = openContacts(opened, id, record);
  // Of a shape that an earlier release wrote nothing is known: then the guest counts as hand-made.
  const base = ImportGuestValues.safeParse(openImportedGuest(opened, { id, wrapped }, imported));
  return {
    guestId: id,
    householdId,
    version,
    plusOneOfId: plusOneOf,
    values: {
      ...values,
      emails: email === null ? otherEmails : [email, ...otherEmails],
      phones: phone === null ? otherPhones : [phone, ...otherPhones],
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

function toHousehold(opened: WeddingKeys, record: HouseholdRecord): ExistingHousehold {
  const { id, name, key, imported, city, region, country, household_key: wrapped } = record;
  const { street, postalCode: postcode } = openAddress(opened, id, record);
  const address = { street, city, region, postcode, country };
  const stored = openImportedHousehold(opened, { id, wrapped }, imported);
  const base = ImportHouseholdValues.safeParse(stored);
  return {
    householdId: id,
    values: { name, address },
    imported: key !== null && base.success ? { key, values: base.data } : null,
  };
}

/** The whole guest list as the import model compares it, companions after their hosts. */
export async function readExisting(
  { tx, keyRing }: KeySource,
  weddingId: WeddingId,
): Promise<Existing> {
  const [guests, households] = await Promise.all([
    readGuests(tx, weddingId),
    readHouseholds(tx, weddingId),
  ]);
  const keys = await keyRing.forWedding(tx, weddingId, [
    ...guests.map(({ guest_key }) => guest_key),
    ...households.map(({ household_key }) => household_key),
  ]);
  return {
    guests: guests.map((record) => toGuest(keys, record)),
    households: households.map((record) => toHousehold(keys, record)),
  };
}
