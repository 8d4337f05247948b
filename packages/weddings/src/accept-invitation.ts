import { DomainError } from '@wedsync/contracts/errors';
import { MemberInvitationId, OrgId, WeddingId } from '@wedsync/contracts/ids';
import { orgRoles, type Role, weddingRoles } from '@wedsync/contracts/roles';
import { type InvitationPreview, InvitationToken } from '@wedsync/contracts/weddings';
import type { Tx } from '@wedsync/db/client';
import { users } from '@wedsync/db/schema/auth';
import { memberInvitations, orgMembers, weddingMembers } from '@wedsync/db/schema/weddings';
import type { Access, ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { hashToken } from './model/tokens.ts';
import { userOf, within } from './scope.ts';

type InvitationRow = {
  org_id: string;
  id: string;
  wedding_id: string | null;
  email: string;
  role: Role;
  org_name: string;
  wedding_title: string | null;
  invited_by_name: string | null;
  expires_at: string;
};

async function findByToken(ctx: ServiceContext, tx: Tx, token: string): Promise<InvitationRow> {
  const now = ctx.clock.now().toISOString();
  const [row] = await tx.execute<InvitationRow>(sql`
    select * from wedding.find_member_invitation(${hashToken(token)}, ${now}::timestamptz)`);
  if (!row) throw notFound('invitation');
  return row;
}

/** What the link of an invitation is about, for whoever holds it and is signed in. */
export async function getInvitation(
  ctx: ServiceContext,
  input: InvitationToken,
): Promise<InvitationPreview> {
  const { token } = parseInput(InvitationToken, input);
  requirePermission(ctx, 'organizations.join', { allow: ['user'] });
  const row = await readTx(ctx, (tx) => findByToken(ctx, tx, token));
  return {
    organization: row.org_name,
    wedding: row.wedding_title,
    invitedBy: row.invited_by_name,
    role: row.role,
    expiresAt: new Date(row.expires_at).toISOString(),
    email: row.email,
  };
}

const orgRole = (role: Role) => orgRoles.find((known) => known === role);
const weddingRole = (role: Role) => weddingRoles.find((known) => known === role);

async function join(tx: Tx, userId: string, row: InvitationRow): Promise<void> {
  const { org_id: orgId, wedding_id: weddingId } = row;
  const asOrg = orgRole(row.role);
  const asWedding = weddingRole(row.role);
  // Somebody who is a member already keeps the role that was given on purpose.
  if (weddingId && asWedding) {
    await tx
      .insert(weddingMembers)
      .values({ orgId, weddingId, userId, role: asWedding })
      .onConflictDoNothing();
  } else if (asOrg) {
    await tx.insert(orgMembers).values({ orgId, userId, role: asOrg }).onConflictDoNothing();
  }
}

/**
 * Joins what the invitation is for. The link alone is not enough, because links get forwarded: the
 * account must have the address that was invited.
 * @throws DomainError `not-found` (unknown, used, revoked or run out), `forbidden` for another
 * address, `limit` when the company's plan has no seat left
 */
export async function acceptInvitation(
  ctx: ServiceContext,
  input: InvitationToken,
): Promise<{ orgId: OrgId; weddingId: WeddingId | null }> {
  const { token } = parseInput(InvitationToken, input);
  requirePermission(ctx, 'organizations.join', { allow: ['user'] });
  const userId = userOf(ctx);
  const { row, email } = await readTx(ctx, async (tx) => {
    const found = await findByToken(ctx, tx, token);
    const [me] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
    return { row: found, email: me?.email };
  });
  if (email !== row.email) {
    throw new DomainError(
      'forbidden',
      'weddings.other-address',
      'This invitation was sent to another e-mail address. Sign in with that address, or ask to be invited with yours.',
    );
  }
  const orgId = OrgId.parse(row.org_id);
  const weddingId = row.wedding_id ? WeddingId.parse(row.wedding_id) : null;
  const access: Access = { orgRole: orgRole(row.role), weddingRole: weddingRole(row.role) };
  const inside = within(ctx, { access, orgId, weddingId: weddingId ?? undefined });
  await writeTx(inside, async ({ tx, audit, change }) => {
    const accepted = await tx
      .update(memberInvitations)
      .set({ acceptedAt: ctx.clock.now(), acceptedBy: userId })
      .where(
        and(
          eq(memberInvitations.orgId, orgId),
          eq(memberInvitations.id, MemberInvitationId.parse(row.id)),
          isNull(memberInvitations.acceptedAt),
          isNull(memberInvitations.revokedAt),
        ),
      )
      .returning({ id: memberInvitations.id });
    if (accepted.length === 0) throw notFound('invitation');
    await join(tx, userId, row);
    await audit({
      action: 'members.join',
      entity: 'member',
      entityId: userId,
      after: { role: row.role },
    });
    if (weddingId) await change({ entity: 'member', entityId: userId, kind: 'created' });
  });
  return { orgId, weddingId };
}
