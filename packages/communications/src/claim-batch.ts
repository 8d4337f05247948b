import type {
  DeliveryId,
  GuestId,
  HouseholdId,
  MessageId,
  WeddingId,
} from '@wedsync/contracts/ids';
import { unsubscribeLinks } from '@wedsync/db/schema/communications';
import { ensureHouseholdLinks } from '@wedsync/guests';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import { hashToken, unsubscribeToken } from './model/link-tokens.ts';
import type { CommunicationsDeps } from './ports.ts';
import {
  companionsOfDeliveries,
  type LoadedRecipient,
  loadRecipients,
} from './queries/recipients.ts';

const claimMax = 200;
const leaseMsDefault = 12_000;
/** Part of the lease in which nothing new is started: scheduling delays must fit into it. */
const reserveShare = 1 / 6;

export interface ShardRef {
  weddingId: WeddingId;
  messageId: MessageId;
  shard: number;
}

/** A delivery that this process may send, with everything its wording needs. */
export interface ClaimedDelivery {
  id: DeliveryId;
  address: string;
  attempts: number;
  recipient: LoadedRecipient;
  rsvpToken: string;
  unsubscribeToken: string;
}

export interface ClaimedBatch {
  epoch: number;
  deliveries: ClaimedDelivery[];
  /** Claimed, but the guest vanished between claim and look-up. */
  orphans: DeliveryId[];
  /** Whether a send may still be started under the lease. */
  isFresh(): boolean;
}

type ClaimRow = {
  id: DeliveryId;
  guest_id: GuestId;
  household_id: HouseholdId;
  address: string;
  address_hash: Uint8Array;
  attempts: number;
  epoch: string;
};

/**
 * Time since now, by the clock that ran further: the monotonic one stands still while a machine is
 * suspended, the other one can be set back.
 */
function stopwatch(): () => number {
  const wall = Date.now();
  const monotonic = performance.now();
  return () => Math.max(Date.now() - wall, performance.now() - monotonic);
}

/**
 * Claims up to 200 deliveries of a shard and prepares their links, in one transaction. Undefined
 * where nothing is due or the message is not being sent.
 */
export async function claimBatch(
  ctx: ServiceContext,
  { weddingId, messageId, shard }: ShardRef,
  deps: CommunicationsDeps,
): Promise<ClaimedBatch | undefined> {
  const leaseMs = deps.leaseMs ?? leaseMsDefault;
  // Started before the statement leaves: the lease counted by the database can only end later.
  const elapsedMs = stopwatch();
  return ctx.db.write(ctx.claims, async (tx) => {
    const rows = await tx.execute<ClaimRow>(sql`
      select * from wedding.claim_deliveries(${weddingId}, ${messageId}, ${shard},
        ${deps.journal.owner}, ${leaseMs} * interval '1 ms', ${claimMax})`);
    const [first] = rows;
    if (!first) return undefined;
    const ids = rows.map(({ id }) => id);
    const companions = await companionsOfDeliveries(tx, { weddingId, messageId, ids });
    const recipients = await loadRecipients(
      tx,
      weddingId,
      rows.map((row) => ({ guestId: row.guest_id, companionIds: companions.get(row.id) ?? [] })),
    );
    const links = await ensureHouseholdLinks(tx, deps.linkSecret, {
      weddingId,
      householdIds: [...new Set([...recipients.values()].map(({ householdId }) => householdId))],
    });
    const deliveries: ClaimedDelivery[] = [];
    const optOuts: (typeof unsubscribeLinks.$inferInsert)[] = [];
    for (const row of rows) {
      const recipient = recipients.get(row.guest_id);
      const rsvpToken = recipient && links.get(recipient.householdId);
      if (!recipient || !rsvpToken) continue;
      const target = { weddingId, guestId: row.guest_id, addressHash: row.address_hash };
      const token = unsubscribeToken(deps.linkSecret, target);
      optOuts.push({ ...target, channel: 'email', tokenHash: hashToken(token) });
      const { id, address, attempts } = row;
      deliveries.push({ id, address, attempts, recipient, rsvpToken, unsubscribeToken: token });
    }
    if (optOuts.length > 0) await tx.insert(unsubscribeLinks).values(optOuts).onConflictDoNothing();
    const known = new Set(deliveries.map(({ id }) => id));
    return {
      epoch: Number(first.epoch),
      deliveries,
      orphans: ids.filter((id) => !known.has(id)),
      isFresh: () => elapsedMs() < leaseMs * (1 - reserveShare),
    };
  });
}
