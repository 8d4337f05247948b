import type { SuppressionChannel } from '@wedsync/contracts/communications-feedback';
import type { GuestId, OrgId, WeddingId } from '@wedsync/contracts/ids';
import type { TenantDb } from '@wedsync/db/client';
import { sql } from 'drizzle-orm';
import { hashToken, isTokenShaped } from '../model/link-tokens.ts';

/** What the bearer of an unsubscribe link may end. */
export interface UnsubscribeLink {
  orgId: OrgId;
  weddingId: WeddingId;
  guestId: GuestId;
  channel: SuppressionChannel;
  addressHash: Uint8Array;
  coupleNames: string;
  /** Opted out already. */
  suppressed: boolean;
}

type LinkRow = {
  org_id: OrgId;
  wedding_id: WeddingId;
  guest_id: GuestId;
  channel: SuppressionChannel;
  address_hash: Uint8Array;
  couple_names: string;
  suppressed: boolean;
};

/** Looks a token up; null where it is malformed or unknown, which look alike. Changes nothing. */
export async function findUnsubscribeLink(
  db: TenantDb,
  token: string,
): Promise<UnsubscribeLink | null> {
  if (!isTokenShaped(token)) return null;
  const hash = hashToken(token).toString('hex');
  const [row] = await db.read({ actorKind: 'guest_link' }, (tx) =>
    tx.execute<LinkRow>(sql`select * from wedding.find_unsubscribe_link(decode(${hash}, 'hex'))`),
  );
  if (!row) return null;
  return {
    orgId: row.org_id,
    weddingId: row.wedding_id,
    guestId: row.guest_id,
    channel: row.channel,
    addressHash: row.address_hash,
    coupleNames: row.couple_names,
    suppressed: row.suppressed,
  };
}
