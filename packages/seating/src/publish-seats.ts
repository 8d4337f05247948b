import type { EventId, WeddingId } from '@wedsync/contracts/ids';
import {
  GetSeatPublication,
  PublishSeats,
  type SeatPublication,
} from '@wedsync/contracts/seating-prints';
import type { Tx } from '@wedsync/db/client';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { changePlan } from './write-plan.ts';

type Publication = SeatPublication & Record<string, unknown>;

async function readPublication(
  tx: Tx,
  weddingId: WeddingId,
  eventId: EventId,
): Promise<SeatPublication> {
  const [row] = await tx.execute<Publication>(sql`
    select coalesce(p.shows, 'table') as shows, p.shown_from::text as "shownFrom",
      e.starts_on::text as "eventDay", wedding.shows_seats(e.wedding_id, e.id) as "isShown"
    from wedding.events e
    left join wedding.seating_publications p on p.wedding_id = e.wedding_id and p.event_id = e.id
    where e.wedding_id = ${weddingId} and e.id = ${eventId}`);
  if (!row) throw notFound('event');
  return row;
}

/**
 * What households read of their seats, and from when on.
 * @throws DomainError `forbidden`, `not-found`
 */
export async function getSeatPublication(
  ctx: ServiceContext,
  input: GetSeatPublication,
): Promise<SeatPublication> {
  const { eventId } = parseInput(GetSeatPublication, input);
  requirePermission(ctx, 'seating.read');
  return readTx(ctx, (tx) => readPublication(tx, requireWedding(ctx), eventId));
}

/**
 * Sets what households read of their own seats on their page, and from which day on.
 * @throws DomainError `forbidden`, `not-found`
 */
export async function publishSeats(
  ctx: ServiceContext,
  input: PublishSeats,
): Promise<SeatPublication> {
  const { eventId, shows, shownFrom } = parseInput(PublishSeats, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async ({ tx, audit, change }) => {
    const before = await readPublication(tx, weddingId, eventId);
    if (before.shows === shows && before.shownFrom === shownFrom) return before;
    await tx.execute(sql`
      insert into wedding.seating_publications (wedding_id, event_id, shows, shown_from)
      values (${weddingId}, ${eventId}, ${shows}, ${shownFrom}::date)
      on conflict (wedding_id, event_id)
      do update set shows = excluded.shows, shown_from = excluded.shown_from`);
    await audit({
      action: 'seating.publish',
      entity: 'seating',
      entityId: eventId,
      before: { shows: before.shows, shownFrom: before.shownFrom },
      after: { shows, shownFrom },
    });
    await change({ entity: 'seating-publication', entityId: eventId, kind: 'updated' });
    return readPublication(tx, weddingId, eventId);
  });
}
