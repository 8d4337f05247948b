import {
  type Delivery,
  type DeliveryReason,
  type DeliveryState,
  type GuestDelivery,
  ListDeliveries,
  ListGuestDeliveries,
} from '@wedsync/contracts/communications';
import { DeliveryId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { requireMessage } from '../rows.ts';
import {
  type DeliveryRow,
  deliveryColumns,
  deliveryJoins,
  openDeliveries,
} from './delivery-rows.ts';

type GuestDeliveryRow = DeliveryRow & Pick<GuestDelivery, 'messageTitle' | 'messageKind'>;

/** As an array, of which the planner sees that the index of the notable states will do. */
const oneOf = (column: SQL, values: readonly (DeliveryState | DeliveryReason)[]): SQL =>
  values.length === 0 ? sql`true` : sql`${column} = any (${`{${values.join(',')}}`}::text[])`;

/**
 * What became of every guest of a message.
 * @throws DomainError `not-found`
 */
export async function listDeliveries(
  ctx: ServiceContext,
  input: ListDeliveries,
): Promise<Page<Delivery>> {
  const { messageId, states, reasons, cursor, limit } = parseInput(ListDeliveries, input);
  requirePermission(ctx, 'communications.read');
  const after = cursor === undefined ? null : parseInput(DeliveryId, cursor);
  return readTx(ctx, async (tx) => {
    await requireMessage(tx, ctx, messageId);
    const rows = await tx.execute<DeliveryRow>(sql`
      select ${deliveryColumns} from wedding.deliveries d ${deliveryJoins}
      where d.wedding_id = ${requireWedding(ctx)} and d.message_id = ${messageId}
        and ${oneOf(sql`d.state`, states)} and ${oneOf(sql`d.reason`, reasons)}
        and (${after}::uuid is null or d.id > ${after}::uuid)
      order by d.id limit ${limit + 1}`);
    const items = await openDeliveries(ctx, tx, rows.slice(0, limit));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
}

const saidOf = (row?: GuestDeliveryRow) => ({
  messageTitle: row?.messageTitle ?? '',
  messageKind: row?.messageKind ?? 'other',
});

/** Every message that ever concerned a guest, newest first. */
export async function listGuestDeliveries(
  ctx: ServiceContext,
  input: ListGuestDeliveries,
): Promise<GuestDelivery[]> {
  const { guestId } = parseInput(ListGuestDeliveries, input);
  requirePermission(ctx, 'communications.read');
  return readTx(ctx, async (tx) => {
    const rows = await tx.execute<GuestDeliveryRow>(sql`
      select ${deliveryColumns}, m.title as "messageTitle", m.kind as "messageKind"
      from wedding.deliveries d ${deliveryJoins}
      join wedding.messages m on m.wedding_id = d.wedding_id and m.id = d.message_id
      where d.wedding_id = ${requireWedding(ctx)} and d.guest_id = ${guestId}
      order by d.message_id desc limit 200`);
    const opened = await openDeliveries(ctx, tx, rows);
    return opened.map((delivery, index) => ({ ...delivery, ...saidOf(rows[index]) }));
  });
}
