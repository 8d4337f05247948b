import { MemberInvitationId, UserId } from '@wedsync/contracts/ids';
import type { OrgRole, Role, WeddingRole } from '@wedsync/contracts/roles';
import type { Member, MemberList, OpenInvitation } from '@wedsync/contracts/weddings';
import type { Tx } from '@wedsync/db/client';
import { users } from '@wedsync/db/schema/auth';
import { memberInvitations, orgMembers, weddingMembers } from '@wedsync/db/schema/weddings';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { hasPermission, requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { orgOf } from '../scope.ts';

/** Far above what any tier allows; nothing is read without bound. */
const rowsMax = 500;

interface MemberRow<R extends Role> {
  userId: string;
  name: string;
  email: string;
  role: R;
  version: number;
  createdAt: Date;
}

const toMember = <R extends Role>(row: MemberRow<R>): Member<R> => ({
  ...row,
  userId: UserId.parse(row.userId),
  createdAt: row.createdAt.toISOString(),
});

async function openInvitations(ctx: ServiceContext, tx: Tx): Promise<OpenInvitation[]> {
  const rows = await tx
    .select({
      id: memberInvitations.id,
      email: memberInvitations.email,
      role: memberInvitations.role,
      expiresAt: memberInvitations.expiresAt,
      sent: sql<boolean>`${memberInvitations.tokenHash} is not null`,
    })
    .from(memberInvitations)
    .where(
      and(
        eq(memberInvitations.orgId, orgOf(ctx)),
        ctx.weddingId
          ? eq(memberInvitations.weddingId, ctx.weddingId)
          : isNull(memberInvitations.weddingId),
        isNull(memberInvitations.acceptedAt),
        isNull(memberInvitations.revokedAt),
        gt(memberInvitations.expiresAt, ctx.clock.now()),
      ),
    )
    .orderBy(asc(memberInvitations.email))
    .limit(rowsMax);
  return rows.map((row) => ({
    ...row,
    id: MemberInvitationId.parse(row.id),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** Who works in the company, and who was asked to. */
export async function listOrgMembers(ctx: ServiceContext): Promise<MemberList<OrgRole>> {
  requirePermission(ctx, 'organizations.read-members');
  const orgId = orgOf(ctx);
  return readTx(ctx, async (tx) => {
    const rows = await tx
      .select({
        userId: orgMembers.userId,
        name: users.name,
        email: users.email,
        role: orgMembers.role,
        version: orgMembers.version,
        createdAt: orgMembers.createdAt,
      })
      .from(orgMembers)
      .innerJoin(users, eq(users.id, orgMembers.userId))
      .where(eq(orgMembers.orgId, orgId))
      .orderBy(asc(users.name), asc(users.id))
      .limit(rowsMax);
    const invited = hasPermission(ctx, 'organizations.invite-member');
    const invitations = invited ? await openInvitations(ctx, tx) : [];
    return { members: rows.map(toMember), invitations };
  });
}

/** Who shares the wedding from outside the company, and who was asked to. */
export async function listWeddingMembers(ctx: ServiceContext): Promise<MemberList<WeddingRole>> {
  requirePermission(ctx, 'weddings.read-members');
  const weddingId = requireWedding(ctx);
  return readTx(ctx, async (tx) => {
    const rows = await tx
      .select({
        userId: weddingMembers.userId,
        name: users.name,
        email: users.email,
        role: weddingMembers.role,
        version: weddingMembers.version,
        createdAt: weddingMembers.createdAt,
      })
      .from(weddingMembers)
      .innerJoin(users, eq(users.id, weddingMembers.userId))
      .where(eq(weddingMembers.weddingId, weddingId))
      .orderBy(asc(users.name), asc(users.id))
      .limit(rowsMax);
    const invited = hasPermission(ctx, 'weddings.invite-member');
    const invitations = invited ? await openInvitations(ctx, tx) : [];
    return { members: rows.map(toMember), invitations };
  });
}
