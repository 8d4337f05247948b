import type { OrgId } from '@wedsync/contracts/ids';
import { sendAccountEmail, sendMemberInvitation, sweepAccounts } from '@wedsync/contracts/weddings';
import type { Tx } from '@wedsync/db/client';
import type { AccountEmailKind } from '@wedsync/db/schema/auth';
import { defineHandler, type JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import { openToken } from './adapters/sealed-token.ts';
import { sendMail } from './adapters/send-mail.ts';
import { accountWords, invitationWords } from './model/account-mail.ts';
import { sessionLimits } from './model/session-rules.ts';
import { hashToken, invitationToken } from './model/tokens.ts';
import type { WeddingsDeps } from './ports.ts';

export type { AccountMail, AccountMailTransport, WeddingsDeps } from './ports.ts';

type AccountEmailRow = {
  kind: AccountEmailKind;
  email: string;
  name: string;
  sealed_token: string | null;
};

function accountEmailHandler<Composed>(deps: WeddingsDeps<Composed>) {
  return defineHandler(
    sendAccountEmail,
    async (ctx: JobContext<ServiceContext>, { accountEmailId }) => {
      const [row] = await ctx.serviceDb.run('account-email.send', (tx) =>
        tx.execute<AccountEmailRow>(sql`select * from auth.read_account_email(${accountEmailId})`),
      );
      // Sent by an earlier attempt, run out, or the account is gone: nothing is owed any more.
      if (!row) return;
      const query = row.sealed_token
        ? openToken(deps.authSecret, row.sealed_token, accountEmailId)
        : '';
      const words = accountWords(row.kind, { publicUrl: deps.publicUrl, query });
      await sendMail(deps, accountEmailId, { to: { name: '', address: row.email }, words });
      await ctx.serviceDb.run('account-email.send', async (tx) => {
        await tx.execute(sql`select auth.finish_account_email(${accountEmailId})`);
        await ctx.complete(tx);
      });
    },
  );
}

type InvitationRow = {
  email: string;
  organization: string;
  wedding: string | null;
  invited_by: string | null;
};

/** Gives the invitation the hash of the link that is about to be sent, unless it is void. */
async function armInvitation(
  tx: Tx,
  invitation: { orgId: OrgId; invitationId: string; linkVersion: number; token: string },
): Promise<InvitationRow | undefined> {
  const [row] = await tx.execute<InvitationRow>(sql`
    with armed as (
      update wedding.member_invitations set token_hash = ${hashToken(invitation.token)}
      where org_id = ${invitation.orgId} and id = ${invitation.invitationId}
        and link_version = ${invitation.linkVersion} and accepted_at is null
        and revoked_at is null and expires_at > now()
      returning org_id, wedding_id, email, invited_by
    )
    select armed.email, o.name as organization, w.title as wedding, u.name as invited_by
    from armed
    join wedding.organizations o on o.id = armed.org_id
    left join wedding.weddings w on w.org_id = armed.org_id and w.id = armed.wedding_id
    left join auth.users u on u.id = armed.invited_by`);
  return row;
}

function invitationHandler<Composed>(deps: WeddingsDeps<Composed>) {
  return defineHandler(
    sendMemberInvitation,
    async (ctx: JobContext<ServiceContext>, { orgId, invitationId, linkVersion }) => {
      const token = invitationToken(deps.linkSecret, { orgId, invitationId, linkVersion });
      const row = await ctx.db.write({ actorKind: 'system', orgId }, (tx) =>
        armInvitation(tx, { orgId, invitationId, linkVersion, token }),
      );
      if (!row) return;
      const words = invitationWords({
        organization: row.organization,
        wedding: row.wedding,
        invitedBy: row.invited_by,
        url: `${deps.publicUrl}/join/${token}`,
      });
      await sendMail(deps, invitationId, { to: { name: '', address: row.email }, words });
    },
  );
}

const sweep = defineHandler(sweepAccounts, async (ctx: JobContext<ServiceContext>) => {
  await ctx.serviceDb.run('maintenance.run', (tx) =>
    tx.execute(sql`select auth.sweep_accounts(${sessionLimits.idleMs}::int8 * interval '1 ms')`),
  );
});

/** The handlers of this room's jobs. */
export function weddingsJobs<Composed>(deps: WeddingsDeps<Composed>) {
  return [accountEmailHandler(deps), invitationHandler(deps), sweep] as const;
}
