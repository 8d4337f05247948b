import type { AccessibilityNeed, Answer, GuestSide, TagId } from '@wedsync/contracts/guest-fields';
import type { AgeGroup, Diet } from '@wedsync/contracts/guest-import';
import type { Guest, GuestInvitation, GuestRow } from '@wedsync/contracts/guests';
import type { EventId, GuestId, HouseholdId, WeddingId } from '@wedsync/contracts/ids';
import { compileStatement, type ValueOrPlaceholder } from '@wedsync/db/compiled-statement';
import { isoMoment } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { type KeySource, keysFor } from '@wedsync/service/keys-for';
import { notFound } from '@wedsync/service/stale';
import { readOne } from '@wedsync/service/transaction';
import type { WeddingKeys } from '@wedsync/service/wedding-keys';
import { type SQL, sql } from 'drizzle-orm';
import { type ContactRecord, openContacts, openMainContacts } from './sealed-contacts.ts';

/** A guest as the database answers it, for the list. */
export type GuestRowRecord = ContactRecord & {
  id: GuestId;
  household_id: HouseholdId;
  household_name: string;
  plus_one_of: GuestId | null;
  title: string;
  first_name: string;
  last_name: string;
  age_group: AgeGroup;
  side: GuestSide | null;
  diets: Diet[];
  accessibility: AccessibilityNeed[];
  is_erased: boolean;
  version: number;
  tag_ids: TagId[] | null;
  answers: Partial<Record<EventId, Answer | null>> | null;
};

/** `guest_key` of a `ContactRecord`; needs `guests as g`. */
export const guestKeyColumn = (weddingId: ValueOrPlaceholder<WeddingId>): SQL => sql`
  (select k.wrapped from wedding.guest_keys k
    where k.wedding_id = ${weddingId} and k.guest_id = g.id) as guest_key`;

/** Columns of `GuestRowRecord` but the answers; needs `guests as g join households as h`. */
const rowColumns = (weddingId: ValueOrPlaceholder<WeddingId>): SQL => sql`
  g.id, g.household_id, h.name as household_name, g.plus_one_of, g.title, g.first_name, g.last_name,
  g.email_cipher, g.phone_cipher, ${guestKeyColumn(weddingId)}, g.age_group, g.side, g.diets, to_jsonb(g.accessibility) as accessibility,
  g.erased_at is not null as is_erased, g.version,
  (select jsonb_agg(t.tag_id) from wedding.guest_tags t
    where t.wedding_id = ${weddingId} and t.guest_id = g.id) as tag_ids`;

/** The light row of the list; one index look-up per guest for tags and one for answers. */
export const guestRowColumns = (weddingId: WeddingId): SQL => sql`${rowColumns(weddingId)},
  (select json_object_agg(i.event_id, i.answer) from wedding.invitations i
    where i.wedding_id = ${weddingId} and i.guest_id = g.id) as answers`;

/** What list and drawer show alike. */
function plainFields(record: Omit<GuestRowRecord, 'answers'>) {
  return {
    id: record.id,
    householdId: record.household_id,
    householdName: record.household_name,
    plusOneOf: record.plus_one_of,
    title: record.title,
    firstName: record.first_name,
    lastName: record.last_name,
    ageGroup: record.age_group,
    side: record.side,
    diets: record.diets,
    accessibility: record.accessibility,
    tagIds: record.tag_ids ?? [],
    ...(record.is_erased ? { isErased: true as const } : {}),
    version: record.version,
  };
}

export function toGuestRow(keys: WeddingKeys, record: GuestRowRecord): GuestRow {
  return {
    ...plainFields(record),
    ...openMainContacts(keys, record.id, record),
    answers: record.answers ?? {},
  };
}

type GuestRecord = Omit<GuestRowRecord, 'answers'> & {
  other_contacts_cipher: Uint8Array | null;
  age_years: number | null;
  diet_notes: string;
  accessibility_notes: string;
  notes: string;
  created_at: string;
  updated_at: string;
  invitations: GuestInvitation[] | null;
};

function toGuest(keys: WeddingKeys, record: GuestRecord): Guest {
  return {
    ...plainFields(record),
    ...openContacts(keys, record.id, record),
    ageYears: record.age_years,
    dietNotes: record.diet_notes,
    accessibilityNotes: record.accessibility_notes,
    notes: record.notes,
    invitations: (record.invitations ?? []).map((invitation) => ({
      ...invitation,
      answeredAt: isoMoment(invitation.answeredAt),
    })),
    createdAt: isoMoment(record.created_at),
    updatedAt: isoMoment(record.updated_at),
  };
}

export interface GuestKey {
  weddingId: WeddingId;
  guestId: GuestId;
}

type GuestKeyPlaces = { [Name in keyof GuestKey]: ValueOrPlaceholder<GuestKey[Name]> };

/** One guest with everything; `lock` holds the row until the transaction ends. */
const guestStatement = ({ weddingId, guestId }: GuestKeyPlaces, lock: boolean): SQL => sql`
    select ${rowColumns(weddingId)},
      g.other_contacts_cipher, g.age_years, g.diet_notes, g.accessibility_notes, g.notes, g.created_at, g.updated_at,
      (select jsonb_agg(jsonb_build_object('eventId', i.event_id, 'answer', i.answer,
          'answeredAt', i.answered_at, 'answeredByKind', i.answered_by_kind,
          'answeredBy', i.answered_by, 'via', i.via, 'version', i.version))
        from wedding.invitations i
        where i.wedding_id = ${weddingId} and i.guest_id = g.id) as invitations
    from wedding.guests g
    join wedding.households h on h.wedding_id = g.wedding_id and h.id = g.household_id
    where g.wedding_id = ${weddingId} and g.id = ${guestId} and g.removed_at is null
    ${lock ? sql`for no key update of g` : sql``}`;

/** One guest inside a transaction. @throws DomainError `not-found` */
export async function readGuest(source: KeySource, key: GuestKey, lock = false): Promise<Guest> {
  const [record] = await source.tx.execute<GuestRecord>(guestStatement(key, lock));
  if (!record) throw notFound('guest');
  const keys = await source.keyRing.forWedding(source.tx, key.weddingId, [record.guest_key]);
  return toGuest(keys, record);
}

const oneGuest = compileStatement(
  guestStatement(
    { weddingId: sql.placeholder('weddingId'), guestId: sql.placeholder('guestId') },
    false,
  ),
);

/** One guest by itself, in one round trip. @throws DomainError `not-found` */
export async function fetchGuest(ctx: ServiceContext, key: GuestKey): Promise<Guest> {
  const [record] = await readOne<GuestRecord>(ctx, oneGuest({ ...key }));
  if (!record) throw notFound('guest');
  return toGuest(await keysFor(ctx, [record.guest_key]), record);
}
