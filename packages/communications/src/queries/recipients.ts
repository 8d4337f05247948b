import type { GuestId, HouseholdId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { KeySource } from '@wedsync/service/keys-for';
import { sql } from 'drizzle-orm';
import type { MergeEvent, MergeGuest, MergeRecipient } from '../model/merge-values.ts';

/** To whom one e-mail speaks: the addressee and those of the household it carries along. */
export interface RecipientRef {
  guestId: GuestId;
  companionIds: GuestId[];
}

export type LoadedRecipient = Omit<MergeRecipient, 'rsvpLink'> & { householdId: HouseholdId };

type RecipientRow = {
  guest_id: GuestId;
  household_id: HouseholdId;
  household_name: string;
  title: string;
  first_name: string;
  last_name: string;
  companions: MergeGuest[];
  events: MergeEvent[];
};

/** What the merge fields of these e-mails need, in one statement; removed guests are missing. */
export async function loadRecipients(
  tx: Tx,
  weddingId: WeddingId,
  refs: readonly RecipientRef[],
): Promise<Map<GuestId, LoadedRecipient>> {
  const rows = await tx.execute<RecipientRow>(sql`
    with refs as (
      select r."guestId" as guest_id,
        array(select value::uuid from jsonb_array_elements_text(r."companionIds")) as companion_ids
      from jsonb_to_recordset(${jsonParameter(refs)}) as r ("guestId" uuid, "companionIds" jsonb)
    )
    select g.id as guest_id, g.household_id, h.name as household_name,
      g.title, g.first_name, g.last_name,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'title', c.title, 'firstName', c.first_name, 'lastName', c.last_name)
          order by c.plus_one_of is not null, c.age_group <> 'adult', c.id), '[]')
        from wedding.guests c
        where c.wedding_id = ${weddingId} and c.id = any (refs.companion_ids)
          and c.first_name || c.last_name <> '') as companions,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'name', e.name, 'startsOn', e.starts_on, 'startsAt', e.starts_at, 'venue', e.venue)
          order by e.position), '[]')
        from wedding.events e
        where e.wedding_id = ${weddingId} and exists (
          select from wedding.invitations i
          where i.wedding_id = ${weddingId} and i.event_id = e.id
            and i.guest_id = any (refs.companion_ids || refs.guest_id))) as events
    from refs
    join wedding.guests g on g.wedding_id = ${weddingId} and g.id = refs.guest_id
    join wedding.households h on h.wedding_id = g.wedding_id and h.id = g.household_id`);
  return new Map(
    rows.map((row) => [
      row.guest_id,
      {
        guest: { title: row.title, firstName: row.first_name, lastName: row.last_name },
        companions: row.companions,
        householdId: row.household_id,
        householdName: row.household_name,
        events: row.events,
      },
    ]),
  );
}

export interface GuestRecipient {
  guestId: GuestId;
  address: string | null;
  /** BCP 47; null = the wedding's own. */
  language: string | null;
  recipient: LoadedRecipient;
}

type GuestRow = {
  id: GuestId;
  email_cipher: Uint8Array | null;
  guest_key: Uint8Array | null;
  language: string | null;
  companions: GuestId[];
};

/** The e-mail that a guest would get, before any message was expanded: for previews and tests. */
export async function recipientOfGuest(
  { tx, keyRing }: KeySource,
  weddingId: WeddingId,
  wanted: GuestId | null,
): Promise<GuestRecipient | null> {
  const [row] = await tx.execute<GuestRow>(sql`
    select g.id, g.email_cipher, k.wrapped as guest_key, h.language, array(
      select c.id from wedding.guests c
      where c.wedding_id = g.wedding_id and c.household_id = g.household_id and c.id <> g.id
        and (c.email_cipher is null or c.email_hash = g.email_hash)) as companions
    from wedding.guests g
    join wedding.households h on h.wedding_id = g.wedding_id and h.id = g.household_id
    left join wedding.guest_keys k on k.wedding_id = g.wedding_id and k.guest_id = g.id
    where g.wedding_id = ${weddingId} and g.removed_at is null
      and (${wanted}::uuid is null or g.id = ${wanted}::uuid)
    order by g.email_cipher is null, g.plus_one_of is not null, g.sort_name, g.id
    limit 1`);
  if (!row) return null;
  const recipients = await loadRecipients(tx, weddingId, [
    { guestId: row.id, companionIds: row.companions },
  ]);
  const recipient = recipients.get(row.id);
  if (!recipient) return null;
  const { id: guestId, email_cipher: cipher, guest_key: wrapped, language } = row;
  const keys = await keyRing.forWedding(tx, weddingId, [wrapped]);
  const address =
    cipher && wrapped ? keys.openContact(cipher, wrapped, { guestId, field: 'email' }) : null;
  return { guestId, address, language, recipient };
}
