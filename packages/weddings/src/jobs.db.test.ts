import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import type { JobContext } from '@wedsync/queue/handler';
import { type ServiceContext, systemClock } from '@wedsync/service/context';
import { systemContext, userContext } from '@wedsync/testing/contexts';
import { seedOrg, seedUser } from '@wedsync/testing/factories/weddings';
import { afterAll, expect, it } from 'vitest';
import { openAuthDatabase } from './accounts.ts';
import { createAccountEmails } from './adapters/account-emails.ts';
import { acceptInvitation, inviteOrgMember, listOrgMembers, revokeInvitation } from './index.ts';
import { weddingsJobs } from './jobs.ts';
import type { AccountMail, MailOutcome } from './ports.ts';

const db = await createTestDatabase();
const authDatabase = openAuthDatabase({ url: db.url('auth'), max: 2 });
afterAll(() => authDatabase.end());

/** A way out that keeps what it is given, and answers as it is told. */
function outbox(outcome: MailOutcome['kind'] = 'accepted') {
  const sent: AccountMail[] = [];
  const state = { outcome };
  const transport = {
    compose: async (mail: AccountMail) => mail,
    send: async (mail: AccountMail): Promise<MailOutcome> => {
      if (state.outcome === 'accepted') sent.push(mail);
      return { kind: state.outcome };
    },
  };
  const [account, invitation, sweep] = weddingsJobs({
    transport,
    publicUrl: 'https://app.example.com',
    authSecret: 'auth secret',
    linkSecret: 'link secret',
    mailFrom: 'WedSync <no-reply@wedsync.example>',
  });
  return { sent, state, account, invitation, sweep };
}

const completed: string[] = [];
const context = (): JobContext<ServiceContext> => ({
  id: newUuid(),
  attempt: 1,
  lastAttempt: false,
  service: () => systemContext(db.worker),
  db: db.worker,
  serviceDb: db.service,
  log: createLogger({ service: 'test', level: 'silent' }),
  clock: systemClock,
  signal: new AbortController().signal,
  complete: async () => void completed.push('done'),
});

const payloadOf = async (jobName: string, value: string) => {
  const [row] = await db.admin<{ payload: unknown }[]>`
    select payload from ops.outbox where job_name = ${jobName} and payload::text like ${`%${value}%`}`;
  return row?.payload;
};

it('an invitation is mailed with a link that works, and again with the same link', async () => {
  const { orgId, ownerId } = await seedOrg(db.admin, { name: 'Oak & Ivory' });
  const owner = userContext(db.app, { userId: ownerId, orgId });
  const { userId, email } = await seedUser(db.admin);
  const invited = await inviteOrgMember(owner, { email, role: 'planner' });
  const payload = await payloadOf('weddings.send-member-invitation', invited.id);
  expect(JSON.stringify(payload)).not.toContain(email);

  const { sent, invitation } = outbox();
  await invitation.run(context(), payload);
  await invitation.run(context(), payload);
  expect(sent.map(({ to }) => to.address)).toEqual([email, email]);
  expect(sent[0]?.messageId).toBe(sent[1]?.messageId);
  const [first, second] = sent.map(({ text }) => /\/join\/([\w-]{22})\n/.exec(text)?.[1]);
  expect(first).toBe(second);
  expect((await listOrgMembers(owner)).invitations).toMatchObject([{ sent: true }]);
  const stored = await db.admin`
    select 1 from wedding.member_invitations where token_hash = ${first ?? ''}`;
  expect(stored).toHaveLength(0);
  const ctx = userContext(db.app, { userId, access: {} });
  expect(await acceptInvitation(ctx, { token: first ?? '' })).toMatchObject({ orgId });
});

it('a revoked invitation is not mailed any more', async () => {
  const { orgId, ownerId } = await seedOrg(db.admin);
  const owner = userContext(db.app, { userId: ownerId, orgId });
  const invited = await inviteOrgMember(owner, { email: 'x@example.com', role: 'planner' });
  await revokeInvitation(owner, { invitationId: invited.id });
  const { sent, invitation } = outbox();
  await invitation.run(context(), await payloadOf('weddings.send-member-invitation', invited.id));
  expect(sent).toEqual([]);
});

it('account mail is sent once, and its token is forgotten with it', async () => {
  const { userId, email } = await seedUser(db.admin);
  const request = createAccountEmails(authDatabase, 'auth secret', () => {});
  await request({ userId, kind: 'password-reset', token: 'the+token', validForMs: 60_000 });
  const [row] = await db.admin`select id from auth.account_emails where user_id = ${userId}`;
  const payload = await payloadOf('weddings.send-account-email', row?.id);
  expect(payload).toEqual({ v: 1, accountEmailId: row?.id });

  const { sent, account } = outbox();
  await account.run(context(), payload);
  expect(sent).toMatchObject([{ to: { address: email }, unsubscribeUrl: null }]);
  expect(sent[0]?.text).toContain('/reset-password?token=the%2Btoken');
  expect(completed).toHaveLength(1);
  const [after] =
    await db.admin`select sealed_token, sent_at from auth.account_emails where id = ${row?.id}`;
  expect(after).toMatchObject({ sealed_token: null, sent_at: expect.any(Date) });
  await account.run(context(), payload);
  expect(sent).toHaveLength(1);
});

it('a relay that is away is tried again, one that refuses is not', async () => {
  const { userId } = await seedUser(db.admin);
  const request = createAccountEmails(authDatabase, 'auth secret', () => {});
  await request({ userId, kind: 'password-changed', validForMs: 60_000 });
  const [row] = await db.admin`select id from auth.account_emails where user_id = ${userId}`;
  const payload = { v: 1, accountEmailId: row?.id };
  const { sent, state, account } = outbox('unreachable');
  await expect(account.run(context(), payload)).rejects.toMatchObject({ kind: 'unavailable' });
  state.outcome = 'rejected';
  await expect(account.run(context(), payload)).rejects.toMatchObject({ kind: 'precondition' });
  state.outcome = 'accepted';
  await account.run(context(), payload);
  expect(sent).toHaveLength(1);
});

it('the sweep removes what has ended and nothing else', async () => {
  const { userId } = await seedUser(db.admin);
  const [ended, idle, alive] = [newUuid(), newUuid(), newUuid()];
  await db.admin`
    insert into auth.sessions (id, user_id, token, expires_at, last_seen_at) values
      (${ended}, ${userId}, 'a', now() - interval '1 second', now()),
      (${idle}, ${userId}, 'b', now() + interval '1 day', now() - interval '8 days'),
      (${alive}, ${userId}, 'c', now() + interval '1 day', now())`;
  await db.admin`
    insert into ops.rate_limits (key, points, expire) values
      ('over', 1, extract(epoch from now()) * 1000 - 1000), ('for-ever', 1, null),
      ('running', 1, extract(epoch from now()) * 1000 + 60000)`;
  await outbox().sweep.run(context(), { v: 1 });
  const left = await db.admin`select id from auth.sessions where user_id = ${userId}`;
  expect(left).toEqual([{ id: alive }]);
  const limits = await db.admin`select key from ops.rate_limits order by key`;
  expect(limits).toEqual([{ key: 'for-ever' }, { key: 'running' }]);
});
