import { DomainError } from '@wedsync/contracts/errors';
import type { HouseholdSeat } from '@wedsync/contracts/seating-prints';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { readOne } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

type Row = HouseholdSeat & Record<string, unknown>;

/**
 * Where the household behind the link sits, as soon as the planner or the day shows it. Row-level
 * security of the link decides what is found; nobody else's seat can be.
 * @throws DomainError `forbidden` without a link
 */
export async function listHouseholdSeats(ctx: ServiceContext): Promise<HouseholdSeat[]> {
  requirePermission(ctx, 'seating.read', { allow: ['guest_link'] });
  if (ctx.actor.kind !== 'guest_link') {
    throw new DomainError(
      'forbidden',
      'seating.link-only',
      'These seats are read through the personal link of a household only.',
    );
  }
  const weddingId = requireWedding(ctx);
  const rows = await readOne<Row>(
    ctx,
    sql`
    select a.event_id as "eventId", a.guest_id as "guestId", t.label as "tableLabel",
      case when p.shows = 'seat' then s.number end as "seatNumber"
    from wedding.guests g
    join wedding.invitations i on i.wedding_id = g.wedding_id and i.guest_id = g.id
    join wedding.seating_assignments a
      on a.wedding_id = i.wedding_id and a.event_id = i.event_id and a.guest_id = i.guest_id
    join wedding.seating_seats s on s.wedding_id = a.wedding_id and s.id = a.seat_id
    join wedding.seating_tables t on t.wedding_id = s.wedding_id and t.id = s.table_id
    left join wedding.seating_publications p on p.wedding_id = a.wedding_id and p.event_id = a.event_id
    where g.wedding_id = ${weddingId} and g.household_id = ${ctx.actor.householdId}
      and i.answer is distinct from 'no'
    order by a.event_id, t.label, s.number`,
  );
  return [...rows];
}
