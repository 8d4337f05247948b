import {
  type Delivery,
  type GuestDelivery,
  ListDeliveries,
  ListGuestDeliveries,
} from '@wedsync/contracts/communications';
import { DeliveryId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { requireMessage } from '../rows.ts';

type DeliveryRow = Delivery & Record<string, unknown>;

const columns = sql`
  d.id, d.message_id as "messageId", d.guest_id as "guestId",
  nullif(btrim(concat_ws(' ', g.title, g.first_name, g.last_name)), '') as "guestName",
  d.channel,
  d.household_id as "householdId", h.name as "householdName",
  convert_from(d.address_cipher, 'UTF8') as address, d.state, d.reason, d.code,
  d.carried_by_id as "carriedById", d.fallback_of_id as "fallbackOfId", d.attempts,
  case when d.state = 'ready' then d.next_attempt_at end as "nextAttemptAt",
  d.sent_at as "sentAt", d.updated_at as "updatedAt"`;
const joins = sql`
  left join wedding.guests g on g.wedding_id = d.wedding_id and g.id = d.guest_id
  left join wedding.households h on h.wedding_id = d.wedding_id and h.id = d.household_id`;

const withMoments = <T extends Delivery>(row: T): T => ({
  ...row,
  nextAttemptAt: isoMoment(row.nextAttemptAt),
  sentAt: isoMoment(row.sentAt),
  updatedAt: isoMoment(row.updatedAt),
});

const oneOf = (column: SQL, values: readonly string[]): SQL =>
  values.length === 0
    ? sql`true`
    : sql`${column} in (select value from jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

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
      select ${columns} from wedding.deliveries d ${joins}
      where d.wedding_id = ${requireWedding(ctx)} and d.message_id = ${messageId}
        and ${oneOf(sql`d.state`, states)} and ${oneOf(sql`d.reason`, reasons)}
        and (${after}::uuid is null or d.id > ${after}::uuid)
      order by d.id limit ${limit + 1}`);
    const items = rows.slice(0, limit).map(withMoments);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
}

/** Every message that ever concerned a guest, newest first. */
export async function listGuestDeliveries(
  ctx: ServiceContext,
  input: ListGuestDeliveries,
): Promise<GuestDelivery[]> {
  const { guestId } = parseInput(ListGuestDeliveries, input);
  requirePermission(ctx, 'communications.read');
  const rows = await readTx(ctx, (tx) =>
    tx.execute<GuestDelivery & Record<string, unknown>>(sql`
      select ${columns}, m.title as "messageTitle", m.kind as "messageKind"
      from wedding.deliveries d ${joins}
      join wedding.messages m on m.wedding_id = d.wedding_id and m.id = d.message_id
      where d.wedding_id = ${requireWedding(ctx)} and d.guest_id = ${guestId}
      order by d.message_id desc limit 200`),
  );
  return rows.map(withMoments);
}
