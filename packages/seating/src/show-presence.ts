import type { EventId, WeddingId } from '@wedsync/contracts/ids';
import { type SeatingPresence, ShowSeatingPresence } from '@wedsync/contracts/seating-presence';
import { uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readOne } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

/** Browsers say where they are every 10 s; who has not for this long has gone. */
export const presenceSeconds = 25;

/**
 * Says where in a plan this person is looking. It is no change of the plan: nothing is audited, and
 * it is forgotten by itself.
 * @throws DomainError `not-found` for a foreign event
 */
export async function showPresence(ctx: ServiceContext, input: ShowSeatingPresence): Promise<void> {
  const { eventId, tableId, guestIds } = parseInput(ShowSeatingPresence, input);
  requirePermission(ctx, 'seating.read');
  const weddingId = requireWedding(ctx);
  if (ctx.actor.kind !== 'user') return;
  const [shown] = await ctx.db.writeOne<{ isNew: boolean }>(
    ctx.claims,
    sql`
      with gone as (
        delete from wedding.seating_presence p
        where p.wedding_id = ${weddingId} and p.event_id = ${eventId}
          and p.seen_at < now() - interval '10 minutes'
      )
      insert into wedding.seating_presence as p (wedding_id, event_id, user_id, table_id, guest_ids)
      select ${weddingId}::uuid, e.id, ${ctx.actor.userId}::uuid, ${tableId}::uuid,
        array(select unnest(${uuidArray(guestIds)}))
      from wedding.events e where e.wedding_id = ${weddingId} and e.id = ${eventId}
      on conflict (wedding_id, event_id, user_id) do update
        set table_id = excluded.table_id, guest_ids = excluded.guest_ids, seen_at = now()
      returning true as "isNew"`,
  );
  if (!shown) throw notFound('event');
  // A lost wake-up only delays: streams look by themselves as well.
  await ctx.wake.publish('presence', eventId).catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'seating.presence_wake_failed');
  });
}

/** Everybody who has the plan open now, the caller included, in a stable order. */
export async function readPresence(
  ctx: ServiceContext,
  { weddingId, eventId }: { weddingId: WeddingId; eventId: EventId },
): Promise<SeatingPresence[]> {
  return readOne<SeatingPresence & Record<string, unknown>>(
    ctx,
    sql`
      select p.user_id as "userId", coalesce(u.name, 'Somebody') as "userName",
        p.table_id as "tableId", p.guest_ids as "guestIds"
      from wedding.seating_presence p
      left join auth.users u on u.id = p.user_id
      where p.wedding_id = ${weddingId} and p.event_id = ${eventId}
        and p.seen_at > now() - make_interval(secs => ${presenceSeconds})
      order by p.user_id`,
  );
}
