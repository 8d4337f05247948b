import type { DeliveryId, EventId, HouseholdId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { uuidArray } from '@wedsync/db/sql-values';
import { sql } from 'drizzle-orm';
import type { ShardRef } from '../claim-batch.ts';
import type { MergeEvent, MergeGuest, MergeRecipient } from '../model/merge-values.ts';

export type ClaimedRecipient = Omit<MergeRecipient, 'rsvpLink'> & { householdId: HouseholdId };

type EventRow = {
  id: EventId;
  name: string;
  starts_on: string | null;
  starts_at: string | null;
  venue: string;
};

type RecipientRow = {
  id: DeliveryId;
  household_id: HouseholdId;
  household_name: string;
  title: string;
  first_name: string;
  last_name: string;
  companions: MergeGuest[] | null;
  event_ids: string | null;
};

/** Each set of events is one array, whoever is invited to it: what is made of it is made once. */
function eventSets(events: readonly EventRow[]): (ids: string | null) => readonly MergeEvent[] {
  const known = new Map<string, readonly MergeEvent[]>();
  return (ids) => {
    const key = ids ?? '';
    const found = known.get(key);
    if (found) return found;
    const wanted = new Set(key.split(' '));
    const set = events
      .filter(({ id }) => wanted.has(id))
      .map((event) => ({
        name: event.name,
        startsOn: event.starts_on,
        startsAt: event.starts_at,
        venue: event.venue,
      }));
    known.set(key, set);
    return set;
  };
}

/**
 * What the merge fields of claimed deliveries need; guests who were removed meanwhile are missing.
 * Events come once and not with every guest.
 */
export async function loadClaimedRecipients(
  tx: Tx,
  { weddingId, messageId }: Pick<ShardRef, 'weddingId' | 'messageId'>,
  ids: readonly DeliveryId[],
): Promise<Map<DeliveryId, ClaimedRecipient>> {
  const [rows, events] = await Promise.all([
    tx.execute<RecipientRow>(sql`
      select d.id, g.household_id, h.name as household_name, g.title, g.first_name, g.last_name,
        case when d.speaks_for <> '{}' then (
          select jsonb_agg(jsonb_build_object(
              'title', c.title, 'firstName', c.first_name, 'lastName', c.last_name)
            order by c.plus_one_of is not null, c.age_group <> 'adult', c.id)
          from wedding.guests c
          where c.wedding_id = ${weddingId} and c.id = any (d.speaks_for)
            and c.first_name || c.last_name <> '') end as companions,
        (select string_agg(distinct i.event_id::text, ' ') from wedding.invitations i
          where i.wedding_id = ${weddingId} and i.guest_id = any (d.speaks_for || d.guest_id)) as event_ids
      from wedding.deliveries d
      join wedding.guests g on g.wedding_id = d.wedding_id and g.id = d.guest_id
      join wedding.households h on h.wedding_id = g.wedding_id and h.id = g.household_id
      where d.wedding_id = ${weddingId} and d.message_id = ${messageId} and d.id = any (${uuidArray(ids)})`),
    tx.execute<EventRow>(sql`
      select id, name, starts_on, starts_at, venue from wedding.events
      where wedding_id = ${weddingId} order by position`),
  ]);
  const eventsOf = eventSets(events);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        guest: { title: row.title, firstName: row.first_name, lastName: row.last_name },
        companions: row.companions ?? [],
        householdId: row.household_id,
        householdName: row.household_name,
        events: eventsOf(row.event_ids),
      },
    ]),
  );
}
