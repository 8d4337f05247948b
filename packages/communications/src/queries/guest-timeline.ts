import { GetGuestTimeline, type TimelineEntry } from '@wedsync/contracts/communications-control';
import type { DeliveryEvent } from '@wedsync/contracts/communications-feedback';
import { MessageId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import {
  type DeliveryRow,
  deliveryColumns,
  deliveryJoins,
  openDeliveries,
} from './delivery-rows.ts';

type EntryRow = DeliveryRow &
  Pick<TimelineEntry, 'messageTitle' | 'messageKind'> & { events: DeliveryEvent[] };

const eventsMax = 50;

/**
 * Everything that was ever sent to a guest over all channels, or deliberately not sent, newest first,
 * each with what came back about it.
 */
export async function getGuestTimeline(
  ctx: ServiceContext,
  input: GetGuestTimeline,
): Promise<Page<TimelineEntry>> {
  const { guestId, cursor, limit } = parseInput(GetGuestTimeline, input);
  requirePermission(ctx, 'communications.read');
  // A message and a channel: a guest has at most one delivery of each.
  const [messageId, channel = ''] = cursor?.split(' ') ?? [];
  const before = messageId === undefined ? null : parseInput(MessageId, messageId);
  const weddingId = requireWedding(ctx);
  return readTx(ctx, async (tx) => {
    const rows = await tx.execute<EntryRow>(sql`
      select ${deliveryColumns}, m.title as "messageTitle", m.kind as "messageKind",
        (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'messageId', e.message_id,
            'deliveryId', e.delivery_id, 'kind', e.kind, 'source', e.source,
            'bounceClass', e.bounce_class, 'code', e.code, 'at', e.at) order by e.at), '[]')
          from (
            select * from wedding.delivery_events e
            where e.wedding_id = d.wedding_id and e.message_id = d.message_id and e.delivery_id = d.id
            order by e.at desc limit ${eventsMax}) as e) as events
      from wedding.deliveries d ${deliveryJoins}
      join wedding.messages m on m.wedding_id = d.wedding_id and m.id = d.message_id
      where d.wedding_id = ${weddingId} and d.guest_id = ${guestId}
        and (${before}::uuid is null or (d.message_id, d.channel) < (${before}::uuid, ${channel}::text))
      order by d.message_id desc, d.channel desc limit ${limit + 1}`);
    const page = rows.slice(0, limit);
    const deliveries = await openDeliveries(ctx, tx, page);
    const items = page.flatMap(({ events, messageTitle, messageKind }, index) => {
      const delivery = deliveries[index];
      if (!delivery) return [];
      const moments = events.map((event) => ({ ...event, at: isoMoment(event.at) }));
      return [{ delivery, messageTitle, messageKind, channel: delivery.channel, events: moments }];
    });
    const last = items.at(-1)?.delivery;
    const isMore = rows.length > limit && last !== undefined;
    return { items, nextCursor: isMore ? `${last.messageId} ${last.channel}` : null };
  });
}
