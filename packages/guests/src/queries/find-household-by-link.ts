import type { HouseholdId, OrgId, WeddingId } from '@wedsync/contracts/ids';
import type { TenantDb } from '@wedsync/db/client';
import type { ContextScope } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import { hashLinkToken, isLinkToken } from '../household-link.ts';

type LinkRecord = { org_id: OrgId; wedding_id: WeddingId; household_id: HouseholdId };

/**
 * Whose link a token is, as the scope of the context that serves it; null for a malformed, revoked
 * or unknown token, which all look alike. Changes nothing.
 */
export async function findHouseholdByLink(
  db: TenantDb,
  token: string,
): Promise<ContextScope | null> {
  if (!isLinkToken(token)) return null;
  const hash = hashLinkToken(token).toString('hex');
  const [row] = await db.read({ actorKind: 'guest_link' }, (tx) =>
    tx.execute<LinkRecord>(
      sql`select * from wedding.find_household_by_link(decode(${hash}, 'hex'))`,
    ),
  );
  if (!row) return null;
  return {
    actor: { kind: 'guest_link', householdId: row.household_id },
    orgId: row.org_id,
    weddingId: row.wedding_id,
  };
}
