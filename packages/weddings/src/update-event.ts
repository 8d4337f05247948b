import { rescheduleMessagesJob } from '@wedsync/contracts/communications-jobs';
import { DomainError } from '@wedsync/contracts/errors';
import { EventId, newId } from '@wedsync/contracts/ids';
import {
  CreateEvent,
  OrderEvents,
  RemoveEvent,
  UpdateEvent,
  type WeddingEvent,
} from '@wedsync/contracts/weddings';
import type { Tx } from '@wedsync/db/client';
import { events } from '@wedsync/db/schema/weddings';
import { changedFields } from '@wedsync/service/changed-fields';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq, sql } from 'drizzle-orm';
import { eventColumns, getWeddingRow, lockEventRow, toEvent } from './rows.ts';

const eventsMax = 100;

/** Appends an event to the programme. */
export async function createEvent(ctx: ServiceContext, input: CreateEvent): Promise<WeddingEvent> {
  const fields = parseInput(CreateEvent, input);
  requirePermission(ctx, 'weddings.update-event');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    // The wedding's row lock gives two people who append at once two places.
    await getWeddingRow(tx, weddingId, 'update');
    const id = newId(EventId);
    const position = sql<number>`(
      select coalesce(max(position), 0) + 1 from wedding.events where wedding_id = ${weddingId})`;
    const [row] = await tx
      .insert(events)
      .values({ weddingId, id, ...fields, position })
      .returning(eventColumns);
    if (!row) throw notFound('wedding');
    await audit({ action: 'weddings.create-event', entity: 'event', entityId: id, after: fields });
    await change({ entity: 'event', entityId: id, kind: 'created' });
    return toEvent(row);
  });
}

/** @throws DomainError `conflict` (stale), `not-found` */
export async function updateEvent(ctx: ServiceContext, input: UpdateEvent): Promise<WeddingEvent> {
  const { eventId, version, patch } = parseInput(UpdateEvent, input);
  requirePermission(ctx, 'weddings.update-event');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change, enqueue }) => {
    const current = await lockEventRow(tx, weddingId, eventId);
    if (current.version !== version) throw staleVersion(current, 'event');
    const changed = changedFields<WeddingEvent>(current, patch);
    if (!changed) return current;
    const [row] = await tx
      .update(events)
      .set(patch)
      .where(and(eq(events.weddingId, weddingId), eq(events.id, eventId)))
      .returning(eventColumns);
    if (!row) throw notFound('event');
    await audit({
      action: 'weddings.update-event',
      entity: 'event',
      entityId: eventId,
      ...changed,
    });
    await change({ entity: 'event', entityId: eventId, kind: 'updated' });
    if ('startsOn' in changed.after) await enqueue(rescheduleMessagesJob, { v: 1, weddingId });
    return toEvent(row);
  });
}

/**
 * Removes an event; the ones after it move up.
 * @throws DomainError `conflict` (stale), `not-found`, `precondition` while guests are invited to it
 */
export async function removeEvent(ctx: ServiceContext, input: RemoveEvent): Promise<void> {
  const { eventId, version } = parseInput(RemoveEvent, input);
  requirePermission(ctx, 'weddings.update-event');
  const weddingId = requireWedding(ctx);
  await writeTx(ctx, async ({ tx, audit, change, enqueue }) => {
    await getWeddingRow(tx, weddingId, 'update');
    const current = await lockEventRow(tx, weddingId, eventId);
    if (current.version !== version) throw staleVersion(current, 'event');
    await tx.delete(events).where(and(eq(events.weddingId, weddingId), eq(events.id, eventId)));
    await tx.execute(sql`
      update wedding.events set position = position - 1
      where wedding_id = ${weddingId} and position > ${current.position}`);
    await audit({
      action: 'weddings.remove-event',
      entity: 'event',
      entityId: eventId,
      before: current,
    });
    await change({ entity: 'event', kind: 'bulk' });
    await enqueue(rescheduleMessagesJob, { v: 1, weddingId });
  });
}

async function listRows(tx: Tx, weddingId: string): Promise<WeddingEvent[]> {
  const rows = await tx
    .select(eventColumns)
    .from(events)
    .where(eq(events.weddingId, weddingId))
    .orderBy(events.position)
    .limit(eventsMax);
  return rows.map(toEvent);
}

/**
 * Puts the programme into another order.
 * @throws DomainError `conflict` when somebody has added or removed an event meanwhile
 */
export async function orderEvents(
  ctx: ServiceContext,
  input: OrderEvents,
): Promise<WeddingEvent[]> {
  const { eventIds } = parseInput(OrderEvents, input);
  requirePermission(ctx, 'weddings.update-event');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    await getWeddingRow(tx, weddingId, 'update');
    const current = await listRows(tx, weddingId);
    const known = new Set<string>(current.map(({ id }) => id));
    const whole = new Set(eventIds).size === known.size && eventIds.length === known.size;
    if (!whole || !eventIds.every((id) => known.has(id))) {
      throw new DomainError(
        'conflict',
        'weddings.programme-changed',
        'Somebody changed the programme while you were sorting it. Look at it again and repeat the move.',
        { current },
      );
    }
    await tx.execute(sql`
      update wedding.events e set position = o.position
      from unnest(${`{${eventIds.join(',')}}`}::uuid[]) with ordinality as o (id, position)
      where e.wedding_id = ${weddingId} and e.id = o.id and e.position <> o.position`);
    const before = current.map(({ id }) => id);
    await audit({
      action: 'weddings.order-events',
      entity: 'event',
      before: { eventIds: before },
      after: { eventIds },
    });
    await change({ entity: 'event', kind: 'bulk' });
    return listRows(tx, weddingId);
  });
}
