import type { TagId } from '@wedsync/contracts/guest-fields';
import type { AgeGroup } from '@wedsync/contracts/guest-import';
import type { DietCount, EventSummary, GuestSummary } from '@wedsync/contracts/guests';
import type { EventId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

type EventRecord = Omit<EventSummary, 'ages' | 'diets'> & Record<AgeGroup, number>;
type DietRecord = Pick<DietCount, keyof DietCount> & { eventId: EventId };
type TotalRecord = Pick<GuestSummary, 'guests' | 'households' | 'unreachable' | 'unnamed'>;

const readTotals = (tx: Tx, weddingId: WeddingId) =>
  tx.execute<TotalRecord>(sql`
    select count(*)::int as guests, count(distinct household_id)::int as households,
      count(*) filter (where not is_reached)::int as unreachable,
      count(*) filter (where first_name = '' and last_name = '')::int as unnamed
    from (
      select first_name, last_name, household_id,
        bool_or(num_nonnulls(email_cipher, phone_cipher) > 0) over (partition by household_id) as is_reached
      from wedding.guests where wedding_id = ${weddingId} and removed_at is null) guest`);

/** Removed guests keep their invitations, so every count joins the guests that are there. */
const readEvents = (tx: Tx, weddingId: WeddingId) =>
  tx.execute<EventRecord>(sql`
    select e.id as "eventId", count(g.id)::int as invited,
      count(g.id) filter (where i.answer = 'yes')::int as yes,
      count(g.id) filter (where i.answer = 'no')::int as no,
      count(g.id) filter (where i.answer = 'unsure')::int as unsure,
      count(g.id) filter (where i.answer is null)::int as outstanding,
      count(g.id) filter (where i.answer = 'yes' and g.age_group = 'adult')::int as adult,
      count(g.id) filter (where i.answer = 'yes' and g.age_group = 'teen')::int as teen,
      count(g.id) filter (where i.answer = 'yes' and g.age_group = 'child')::int as child,
      count(g.id) filter (where i.answer = 'yes' and g.age_group = 'infant')::int as infant,
      count(g.id) filter (where i.answer = 'yes' and g.diet_notes <> '')::int as "withDietNotes",
      count(g.id) filter (where i.answer = 'yes'
        and (g.accessibility <> '{}' or g.accessibility_notes <> ''))::int as "withAccessibility"
    from wedding.events e
    left join wedding.invitations i on i.wedding_id = ${weddingId} and i.event_id = e.id
    left join wedding.guests g
      on g.wedding_id = ${weddingId} and g.id = i.guest_id and g.removed_at is null
    where e.wedding_id = ${weddingId}
    group by e.id, e.position order by e.position`);

const readDiets = (tx: Tx, weddingId: WeddingId) =>
  tx.execute<DietRecord>(sql`
    select i.event_id as "eventId", diet.code, diet.severity, count(*)::int as count
    from wedding.invitations i
    join wedding.guests g on g.wedding_id = ${weddingId} and g.id = i.guest_id and g.removed_at is null
    cross join lateral jsonb_to_recordset(g.diets) as diet (code text, severity text)
    where i.wedding_id = ${weddingId} and i.answer = 'yes'
    group by i.event_id, diet.code, diet.severity
    order by count(*) desc, diet.code, diet.severity`);

const readTags = (tx: Tx, weddingId: WeddingId) =>
  tx.execute<{ tagId: TagId; guests: number }>(sql`
    select t.id as "tagId", count(g.id)::int as guests
    from wedding.tags t
    left join wedding.guest_tags gt on gt.wedding_id = ${weddingId} and gt.tag_id = t.id
    left join wedding.guests g
      on g.wedding_id = ${weddingId} and g.id = gt.guest_id and g.removed_at is null
    where t.wedding_id = ${weddingId}
    group by t.id, t.name_key order by t.name_key`);

function toEventSummary(record: EventRecord, diets: readonly DietRecord[]): EventSummary {
  const { adult, teen, child, infant, ...counts } = record;
  return {
    ...counts,
    ages: { adult, teen, child, infant },
    diets: diets
      .filter((diet) => diet.eventId === record.eventId)
      .map(({ code, severity, count }) => ({ code, severity, count })),
  };
}

/** The guest list in numbers: totals, answers, ages and diets per event, guests per tag. */
export async function summarizeGuests(ctx: ServiceContext): Promise<GuestSummary> {
  requirePermission(ctx, 'guests.read');
  const weddingId = requireWedding(ctx);
  return readTx(ctx, async (tx) => {
    // One connection: the four statements travel together and are answered in order.
    const [totals, events, diets, tags] = await Promise.all([
      readTotals(tx, weddingId),
      readEvents(tx, weddingId),
      readDiets(tx, weddingId),
      readTags(tx, weddingId),
    ]);
    const total = totals[0] ?? { guests: 0, households: 0, unreachable: 0, unnamed: 0 };
    return {
      ...total,
      events: events.map((event) => toEventSummary(event, diets)),
      tags: [...tags],
    };
  });
}
