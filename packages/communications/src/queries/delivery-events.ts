import { type DeliveryEvent, ListDeliveryEvents } from '@wedsync/contracts/communications-feedback';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { requireMessage } from '../rows.ts';

const eventsMax = 200;

type Row = DeliveryEvent & Record<string, unknown>;

/**
 * What came back about one delivery, in the order in which it happened.
 * @throws DomainError `not-found`
 */
export async function listDeliveryEvents(
  ctx: ServiceContext,
  input: ListDeliveryEvents,
): Promise<DeliveryEvent[]> {
  const { messageId, deliveryId } = parseInput(ListDeliveryEvents, input);
  requirePermission(ctx, 'communications.read');
  return readTx(ctx, async (tx) => {
    await requireMessage(tx, ctx, messageId);
    const rows = await tx.execute<Row>(sql`
      select id, message_id as "messageId", delivery_id as "deliveryId", kind, source,
        bounce_class as "bounceClass", code, at
      from wedding.delivery_events
      where wedding_id = ${requireWedding(ctx)} and message_id = ${messageId}
        and delivery_id = ${deliveryId}
      order by at, recorded_at limit ${eventsMax}`);
    return rows.map((row) => ({ ...row, at: isoMoment(row.at) }));
  });
}
