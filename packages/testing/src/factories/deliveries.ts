import { createHash, randomUUID } from 'node:crypto';
import type { DeliveryState } from '@wedsync/contracts/communications';
import { DeliveryId, MessageId, newId, newUuid } from '@wedsync/contracts/ids';
import type postgres from 'postgres';

export interface SeedSendingFields {
  weddingId: string;
  /** Deliveries to make, each to an address of its own unless `addresses` says otherwise. */
  count?: number;
  state?: Extract<DeliveryState, 'ready' | 'claimed' | 'in_doubt' | 'sent'>;
  /** Texts whose hashes stand for addresses. */
  addresses?: readonly string[];
  guestId?: string;
  channel?: 'email' | 'sms';
  /** Days since it left. */
  daysAgo?: number;
}

export interface SeededSending {
  messageId: MessageId;
  deliveryIds: DeliveryId[];
  /** First 16 hexadecimal digits of each delivery's id, as a bounce address holds them. */
  prefixes: string[];
}

/** What stands for an address in seeded deliveries. */
export const seededHash = (address: string) => createHash('sha256').update(address).digest();

/** A message that is being sent, with deliveries in one state; written behind the pipeline's back. */
export async function seedSending(
  admin: postgres.Sql,
  fields: SeedSendingFields,
): Promise<SeededSending> {
  const { weddingId, state = 'sent', channel = 'email', daysAgo = 0 } = fields;
  const addresses = fields.addresses ?? Array.from({ length: fields.count ?? 1 }, () => newUuid());
  const messageId = newId(MessageId);
  const sentAt = state === 'sent' ? new Date(Date.now() - daysAgo * 86_400_000) : null;
  await admin`
    insert into wedding.messages
      (wedding_id, id, kind, channel, title, state, audience_count, queued_at, expanded_at)
    values (${weddingId}, ${messageId}, 'invitation', ${channel}, 'Invitation',
      'sending', ${addresses.length}, now(), now())`;
  const rows = addresses.map((address, index) => ({
    wedding_id: weddingId,
    message_id: messageId,
    // Ids of deliveries are digests: two of one message differ from the first digit on.
    id: randomUUID(),
    guest_id: (index === 0 && fields.guestId) || newUuid(),
    channel,
    address_hash: seededHash(address),
    state,
    reason: state === 'in_doubt' ? 'process_died' : null,
    sent_at: sentAt,
    lease_owner: state === 'claimed' ? newUuid() : null,
    lease_until: state === 'claimed' ? new Date(Date.now() + 60_000) : null,
  }));
  for (let from = 0; from < rows.length; from += 2_000) {
    await admin`insert into wedding.deliveries ${admin(rows.slice(from, from + 2_000))}`;
  }
  const deliveryIds = rows.map(({ id }) => DeliveryId.parse(id));
  return {
    messageId,
    deliveryIds,
    prefixes: deliveryIds.map((id) => id.replaceAll('-', '').slice(0, 16)),
  };
}
