import type { OrgRole, WeddingRole } from '@wedsync/contracts/roles';
import type { Tx } from '../client.ts';
import { orgMembers, weddingMembers } from '../schema/weddings.ts';

/** Makes somebody a member of a company without an invitation by mail. Demonstration data only. */
export async function seedOrgMember(
  tx: Tx,
  member: { orgId: string; userId: string; role: OrgRole },
): Promise<void> {
  await tx.insert(orgMembers).values(member).onConflictDoNothing();
}

/** The same for one wedding. */
export async function seedWeddingMember(
  tx: Tx,
  member: { orgId: string; weddingId: string; userId: string; role: WeddingRole },
): Promise<void> {
  await tx.insert(weddingMembers).values(member).onConflictDoNothing();
}
