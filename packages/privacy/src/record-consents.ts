import { type GuestId, newUuid } from '@wedsync/contracts/ids';
import {
  type ConsentChannel,
  type ConsentPurpose,
  type ConsentStatus,
  type ConsentWay,
  consentPurposes,
} from '@wedsync/contracts/privacy';
import type { Tx } from '@wedsync/db/client';
import { guests } from '@wedsync/db/schema/guests';
import { consents } from '@wedsync/db/schema/privacy';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { and, eq, inArray } from 'drizzle-orm';

/** What a guest said about a channel, where it was said. */
export interface ConsentEntry {
  guestId: GuestId;
  channel: ConsentChannel;
  /** Where it is not given, a refusal covers all of them and an agreement the couple's own news. */
  purpose?: ConsentPurpose;
  status: ConsentStatus;
  how: ConsentWay;
  /** The wording that was shown next to the choice. */
  wording?: { version: string; hash: Uint8Array };
  /** Id of what proves it, or a planner's note; never an address or a number. */
  proof?: string | null;
  /** When it was said, if not now. */
  at?: Date;
}

/** Nobody agrees to advertising by a tick about the wedding. */
const purposesOf = ({ purpose, status }: ConsentEntry): readonly ConsentPurpose[] => {
  if (purpose) return [purpose];
  return status === 'withdrawn' ? consentPurposes : ['relationship'];
};

/**
 * Adds to the ledger of consents, in the transaction of what the guest did; the caller audits that.
 * Guests who are gone are left out; their address is stopped all the same.
 */
export async function recordConsents(
  ctx: ServiceContext,
  tx: Tx,
  entries: readonly ConsentEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const weddingId = requireWedding(ctx);
  const ids = [...new Set(entries.map(({ guestId }) => guestId))];
  const rows = await tx
    .select({ id: guests.id })
    .from(guests)
    .where(and(eq(guests.weddingId, weddingId), inArray(guests.id, ids)));
  const known = new Set<string>(rows.map(({ id }) => id));
  const now = ctx.clock.now();
  const values = entries
    .filter(({ guestId }) => known.has(guestId))
    .flatMap((entry) => {
      const { guestId, channel, status, how, wording, proof = null, at = now } = entry;
      return purposesOf(entry).map((purpose) => ({
        weddingId,
        id: newUuid(),
        guestId,
        channel,
        purpose,
        status,
        how,
        textVersion: wording?.version ?? null,
        textHash: wording?.hash ?? null,
        proof,
        recordedByKind: ctx.actor.kind,
        recordedBy: actorId(ctx.actor) ?? null,
        at,
      }));
    });
  if (values.length > 0) await tx.insert(consents).values(values);
}
