import type { EventId, WeddingId } from '@wedsync/contracts/ids';
import { GetSeatingPlan, type SeatingLayout, type SeatingPlan } from '@wedsync/contracts/seating';
import type { Tx } from '@wedsync/db/client';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readOne } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { fixtureJson, tableJson } from '../plan-rows.ts';

/** One row with the whole plan; no row where the event has no layout. */
type PlanRecord = Omit<SeatingPlan, 'canUndo' | 'canRedo' | 'layout'> & {
  layout: Omit<SeatingLayout, 'revision'> & { revision: number };
  undoRevision: string | null;
  redoRevision: string | null;
};

const guestColumns = sql`json_build_object('id', g.id, 'householdId', g.household_id,
  'householdName', h.name, 'plusOneOf', g.plus_one_of, 'firstName', g.first_name,
  'lastName', g.last_name, 'ageGroup', g.age_group, 'side', g.side, 'diets', g.diets,
  'accessibility', g.accessibility,
  'tagIds', coalesce(tagged.ids, '[]'), 'answer', i.answer)`;

/** Who is invited to an event and not gone; who declined only while still seated. */
const invitedGuests = (weddingId: WeddingId, eventId: EventId): SQL => sql`
  select coalesce(json_agg(${guestColumns} order by g.sort_name, g.id), '[]')
  from wedding.invitations i
  join wedding.guests g on g.wedding_id = ${weddingId} and g.id = i.guest_id
  join wedding.households h on h.wedding_id = ${weddingId} and h.id = g.household_id
  left join (
    select gt.guest_id, json_agg(gt.tag_id order by gt.tag_id) as ids from wedding.guest_tags gt
    where gt.wedding_id = ${weddingId} group by gt.guest_id
  ) tagged on tagged.guest_id = g.id
  left join wedding.seating_assignments a
    on a.wedding_id = ${weddingId} and a.event_id = ${eventId} and a.guest_id = i.guest_id
  where i.wedding_id = ${weddingId} and i.event_id = ${eventId}
    and g.removed_at is null and g.erased_at is null
    and (i.answer is distinct from 'no' or a.guest_id is not null)`;

/** Which plan, and whose undo is asked about. */
interface PlanPlace {
  weddingId: WeddingId;
  eventId: EventId;
  userId: string | null;
}

const planStatement = ({ weddingId, eventId, userId }: PlanPlace): SQL => sql`
  select json_build_object('id', l.id, 'eventId', l.event_id, 'outline', l.outline,
      'capacity', l.capacity, 'notes', l.notes, 'revision', l.revision, 'version', l.version) as layout,
    (select coalesce(json_agg(${fixtureJson} order by f.id), '[]') from wedding.seating_fixtures f
      where f.wedding_id = ${weddingId} and f.event_id = ${eventId}) as fixtures,
    (select coalesce(json_agg(${tableJson} order by length(t.label), t.label_key, t.id), '[]')
      from wedding.seating_tables t
      where t.wedding_id = ${weddingId} and t.event_id = ${eventId}) as tables,
    (select coalesce(json_agg(json_build_object('id', s.id, 'tableId', s.table_id, 'number', s.number)
        order by s.table_id, s.number), '[]')
      from wedding.seating_seats s
      where s.wedding_id = ${weddingId} and s.event_id = ${eventId}) as seats,
    (${invitedGuests(weddingId, eventId)}) as guests,
    (select coalesce(json_agg(json_build_object('guestId', a.guest_id, 'seatId', a.seat_id,
        'tableId', s.table_id, 'seatNumber', s.number, 'isLocked', a.is_locked,
        'placedBy', a.placed_by) order by a.guest_id), '[]')
      from wedding.seating_assignments a
      join wedding.seating_seats s on s.wedding_id = ${weddingId} and s.id = a.seat_id
      where a.wedding_id = ${weddingId} and a.event_id = ${eventId}) as assignments,
    undoable.undo_revision as "undoRevision", undoable.redo_revision as "redoRevision"
  from wedding.seating_layouts l
  cross join wedding.find_seating_undo(${weddingId}, ${eventId}, ${userId}::uuid) as undoable
  where l.wedding_id = ${weddingId} and l.event_id = ${eventId}`;

function toPlan(record: PlanRecord | undefined): SeatingPlan | null {
  if (!record) return null;
  const { undoRevision, redoRevision, ...plan } = record;
  return { ...plan, canUndo: undoRevision !== null, canRedo: redoRevision !== null };
}

/**
 * Everything that the floor plan and the list show, as of one moment; null where nobody made a
 * layout for the event yet.
 */
export async function getPlan(
  ctx: ServiceContext,
  input: GetSeatingPlan,
): Promise<SeatingPlan | null> {
  const { eventId } = parseInput(GetSeatingPlan, input);
  requirePermission(ctx, 'seating.read', { allow: ['system'] });
  const where = { weddingId: requireWedding(ctx), eventId, userId: actorId(ctx.actor) ?? null };
  const [record] = await readOne<PlanRecord>(ctx, planStatement(where));
  return toPlan(record);
}

/** The same inside a transaction, e.g. of a change that answers the whole plan. */
export async function readPlan(tx: Tx, where: PlanPlace): Promise<SeatingPlan | null> {
  const [record] = await tx.execute<PlanRecord>(planStatement(where));
  return toPlan(record);
}
