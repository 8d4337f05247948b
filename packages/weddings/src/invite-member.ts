import { DomainError } from '@wedsync/contracts/errors';
import { MemberInvitationId, newId, type OrgId } from '@wedsync/contracts/ids';
import type { Role } from '@wedsync/contracts/roles';
import {
  InvitationInput,
  InviteOrgMember,
  InviteWeddingMember,
  type OpenInvitation,
  sendMemberInvitation,
} from '@wedsync/contracts/weddings';
import type { Tx } from '@wedsync/db/client';
import { memberInvitations } from '@wedsync/db/schema/weddings';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { orgOf, userOf } from './scope.ts';

const validForMs = 14 * 24 * 60 * 60 * 1_000;
/** Invitations are mail to people who did not ask for it: a company cannot send it without bound. */
const openInvitationsMax = 50;
/** Revoking makes room for an open one; this keeps that from becoming a way to send mail. */
const invitationsPerDayMax = 200;

/** @throws DomainError `limit` `weddings.too-many-invitations` */
async function requireRoom(tx: Tx, orgId: OrgId): Promise<void> {
  const [count] = await tx.execute<{ open: number; today: number }>(sql`
    select count(*) filter (where accepted_at is null and revoked_at is null)::int as open,
      count(*) filter (where created_at > now() - interval '1 day')::int as today
    from wedding.member_invitations where org_id = ${orgId}`);
  const refuse = (message: string) => {
    throw new DomainError('limit', 'weddings.too-many-invitations', message);
  };
  if ((count?.open ?? 0) >= openInvitationsMax) {
    refuse(
      `There are ${openInvitationsMax} open invitations already. Revoke some that nobody answers first.`,
    );
  }
  if ((count?.today ?? 0) >= invitationsPerDayMax) {
    refuse(`Your company sent ${invitationsPerDayMax} invitations in a day. Try again tomorrow.`);
  }
}

async function invite(
  ctx: ServiceContext,
  { email, role }: { email: string; role: Role },
): Promise<OpenInvitation> {
  const orgId = orgOf(ctx);
  const weddingId = ctx.weddingId ?? null;
  const now = ctx.clock.now();
  return writeTx(ctx, async ({ tx, audit, enqueue, change }) => {
    // An invitation that ran out must not stand in the way of a new one.
    await tx.execute(sql`
      update wedding.member_invitations set revoked_at = ${now.toISOString()}::timestamptz
      where org_id = ${orgId} and wedding_id is not distinct from ${weddingId}::uuid
        and email = ${email} and accepted_at is null and revoked_at is null
        and expires_at <= ${now.toISOString()}::timestamptz`);
    await requireRoom(tx, orgId);
    const id = newId(MemberInvitationId);
    const expiresAt = new Date(now.getTime() + validForMs);
    await tx
      .insert(memberInvitations)
      .values({ orgId, id, weddingId, email, role, invitedBy: userOf(ctx), expiresAt });
    const payload = { v: 1 as const, orgId, invitationId: id, linkVersion: 1 };
    await enqueue(sendMemberInvitation, payload, { dedupeKey: `member-invitation:${id}` });
    await audit({
      action: 'members.invite',
      entity: 'member_invitation',
      entityId: id,
      after: { email, role },
    });
    if (weddingId) await change({ entity: 'member', entityId: id, kind: 'created' });
    return { id, email, role, expiresAt: expiresAt.toISOString(), sent: false };
  });
}

/**
 * Asks somebody to join the company; the worker mails the link. Only owners make owners.
 * @throws DomainError `conflict` `weddings.already-invited`, `limit`
 */
export async function inviteOrgMember(
  ctx: ServiceContext,
  input: InviteOrgMember,
): Promise<OpenInvitation> {
  const fields = parseInput(InviteOrgMember, input);
  requirePermission(ctx, 'organizations.invite-member');
  if (fields.role === 'owner') requirePermission(ctx, 'organizations.update-member');
  return invite(ctx, fields);
}

/**
 * Asks somebody outside the company to share one wedding; the worker mails the link.
 * @throws DomainError `conflict` `weddings.already-invited`, `limit`
 */
export async function inviteWeddingMember(
  ctx: ServiceContext,
  input: InviteWeddingMember,
): Promise<OpenInvitation> {
  const fields = parseInput(InviteWeddingMember, input);
  requirePermission(ctx, 'weddings.invite-member');
  return invite(ctx, fields);
}

/** Voids an open invitation of the company, or of the wedding of the request. */
export async function revokeInvitation(ctx: ServiceContext, input: InvitationInput): Promise<void> {
  const { invitationId } = parseInput(InvitationInput, input);
  requirePermission(ctx, ctx.weddingId ? 'weddings.invite-member' : 'organizations.invite-member');
  const orgId = orgOf(ctx);
  await writeTx(ctx, async ({ tx, audit, change }) => {
    const rows = await tx
      .update(memberInvitations)
      .set({ revokedAt: ctx.clock.now() })
      .where(
        and(
          eq(memberInvitations.orgId, orgId),
          eq(memberInvitations.id, invitationId),
          ctx.weddingId
            ? eq(memberInvitations.weddingId, ctx.weddingId)
            : isNull(memberInvitations.weddingId),
          isNull(memberInvitations.acceptedAt),
          isNull(memberInvitations.revokedAt),
        ),
      )
      .returning({ id: memberInvitations.id });
    if (rows.length === 0) throw notFound('invitation');
    await audit({
      action: 'members.revoke-invitation',
      entity: 'member_invitation',
      entityId: invitationId,
    });
    if (ctx.weddingId) await change({ entity: 'member', entityId: invitationId, kind: 'removed' });
  });
}
