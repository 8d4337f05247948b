import type { OrgRole, Role, WeddingRole } from '@wedsync/contracts/roles';
import { MemberInput, UpdateOrgMember, UpdateWeddingMember } from '@wedsync/contracts/weddings';
import { orgMembers, weddingMembers } from '@wedsync/db/schema/weddings';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { orgOf, userOf } from './scope.ts';

/** What an update answers: enough for the next one. */
export interface MemberVersion<R extends Role> {
  role: R;
  version: number;
}

const inOrg = (orgId: string, userId: string) =>
  and(eq(orgMembers.orgId, orgId), eq(orgMembers.userId, userId));
const inWedding = (weddingId: string, userId: string) =>
  and(eq(weddingMembers.weddingId, weddingId), eq(weddingMembers.userId, userId));

/** @throws DomainError `conflict` (stale), `not-found`, `precondition` `weddings.last-owner` */
export async function updateOrgMember(
  ctx: ServiceContext,
  input: UpdateOrgMember,
): Promise<MemberVersion<OrgRole>> {
  const { userId, version, role } = parseInput(UpdateOrgMember, input);
  requirePermission(ctx, 'organizations.update-member');
  const orgId = orgOf(ctx);
  return writeTx(ctx, async ({ tx, audit }) => {
    const columns = { role: orgMembers.role, version: orgMembers.version };
    const [current] = await tx
      .select(columns)
      .from(orgMembers)
      .where(inOrg(orgId, userId))
      .for('update');
    if (!current) throw notFound('member');
    if (current.version !== version) throw staleVersion(current, 'member');
    if (current.role === role) return current;
    const [row] = await tx
      .update(orgMembers)
      .set({ role })
      .where(inOrg(orgId, userId))
      .returning(columns);
    await audit({
      action: 'members.update',
      entity: 'member',
      entityId: userId,
      before: { role: current.role },
      after: { role },
    });
    return row ?? current;
  });
}

/** @throws DomainError `conflict` (stale), `not-found` */
export async function updateWeddingMember(
  ctx: ServiceContext,
  input: UpdateWeddingMember,
): Promise<MemberVersion<WeddingRole>> {
  const { userId, version, role } = parseInput(UpdateWeddingMember, input);
  requirePermission(ctx, 'weddings.update-member');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const columns = { role: weddingMembers.role, version: weddingMembers.version };
    const [current] = await tx
      .select(columns)
      .from(weddingMembers)
      .where(inWedding(weddingId, userId))
      .for('update');
    if (!current) throw notFound('member');
    if (current.version !== version) throw staleVersion(current, 'member');
    if (current.role === role) return current;
    const [row] = await tx
      .update(weddingMembers)
      .set({ role })
      .where(inWedding(weddingId, userId))
      .returning(columns);
    await audit({
      action: 'members.update',
      entity: 'member',
      entityId: userId,
      before: { role: current.role },
      after: { role },
    });
    await change({ entity: 'member', entityId: userId, kind: 'updated' });
    return row ?? current;
  });
}

/**
 * Removes a colleague, or oneself. The last owner stays: the database refuses.
 * @throws DomainError `not-found`, `precondition` `weddings.last-owner`
 */
export async function removeOrgMember(ctx: ServiceContext, input: MemberInput): Promise<void> {
  const { userId } = parseInput(MemberInput, input);
  const leaves = userId === userOf(ctx);
  requirePermission(ctx, leaves ? 'organizations.read' : 'organizations.update-member');
  const orgId = orgOf(ctx);
  await writeTx(ctx, async ({ tx, audit }) => {
    const [row] = await tx
      .delete(orgMembers)
      .where(inOrg(orgId, userId))
      .returning({ role: orgMembers.role });
    if (!row) throw notFound('member');
    await audit({ action: 'members.remove', entity: 'member', entityId: userId, before: row });
  });
}

/** Ends somebody's access to the wedding, or one's own. */
export async function removeWeddingMember(ctx: ServiceContext, input: MemberInput): Promise<void> {
  const { userId } = parseInput(MemberInput, input);
  const leaves = userId === userOf(ctx);
  requirePermission(ctx, leaves ? 'weddings.read' : 'weddings.update-member');
  const weddingId = requireWedding(ctx);
  await writeTx(ctx, async ({ tx, audit, change }) => {
    const [row] = await tx
      .delete(weddingMembers)
      .where(inWedding(weddingId, userId))
      .returning({ role: weddingMembers.role });
    if (!row) throw notFound('member');
    await audit({ action: 'members.remove', entity: 'member', entityId: userId, before: row });
    await change({ entity: 'member', entityId: userId, kind: 'removed' });
  });
}
