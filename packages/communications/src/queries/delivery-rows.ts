import type { Delivery } from '@wedsync/contracts/communications';
import type { Tx } from '@wedsync/db/client';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import type { WeddingKeys } from '@wedsync/service/wedding-keys';
import { sql } from 'drizzle-orm';

/** A delivery as the database has it: its address still sealed. */
export interface SealedDelivery extends Omit<Delivery, 'address'> {
  cipher: Uint8Array | null;
  guestKey: Uint8Array | null;
}
export type DeliveryRow = SealedDelivery & Record<string, unknown>;

/** Columns of `wedding.deliveries d` with `deliveryJoins`. */
export const deliveryColumns = sql`
  d.id, d.message_id as "messageId", d.guest_id as "guestId",
  nullif(btrim(concat_ws(' ', g.title, g.first_name, g.last_name)), '') as "guestName",
  d.channel,
  d.household_id as "householdId", h.name as "householdName",
  d.address_cipher as cipher, k.wrapped as "guestKey", d.state, d.reason, d.code,
  d.carried_by_id as "carriedById", d.fallback_of_id as "fallbackOfId", d.attempts,
  case when d.state = 'ready' then d.next_attempt_at end as "nextAttemptAt",
  d.sent_at as "sentAt", d.updated_at as "updatedAt"`;
export const deliveryJoins = sql`
  left join wedding.guests g on g.wedding_id = d.wedding_id and g.id = d.guest_id
  left join wedding.guest_keys k on k.wedding_id = d.wedding_id and k.guest_id = d.guest_id
  left join wedding.households h on h.wedding_id = d.wedding_id and h.id = d.household_id`;

/** Null where nothing was sealed, and for ever once the guest's key was destroyed. */
function addressOf(keys: WeddingKeys, row: SealedDelivery): string | null {
  const { cipher, guestKey, guestId, channel } = row;
  if (!cipher || !guestKey || !guestId || channel === 'notice') return null;
  const field = channel === 'email' ? 'email' : 'phone';
  return keys.openContact(cipher, guestKey, { guestId, field });
}

function toDelivery(keys: WeddingKeys, row: SealedDelivery): Delivery {
  const { id, messageId, guestId, guestName, householdId, householdName, channel } = row;
  const { state, reason, code, carriedById, fallbackOfId, attempts } = row;
  return {
    ...{ id, messageId, guestId, guestName, householdId, householdName, channel },
    address: addressOf(keys, row),
    ...{ state, reason, code, carriedById, fallbackOfId, attempts },
    nextAttemptAt: isoMoment(row.nextAttemptAt),
    sentAt: isoMoment(row.sentAt),
    updatedAt: isoMoment(row.updatedAt),
  };
}

/** Deliveries as people see them: with the address, which is opened here and kept nowhere. */
export async function openDeliveries(
  { keyRing, weddingId }: Pick<ServiceContext, 'keyRing' | 'weddingId'>,
  tx: Tx,
  rows: readonly SealedDelivery[],
): Promise<Delivery[]> {
  const wrapped = rows.map(({ guestKey }) => guestKey);
  const keys = await keyRing.forWedding(tx, requireWedding({ weddingId }), wrapped);
  return rows.map((row) => toDelivery(keys, row));
}
