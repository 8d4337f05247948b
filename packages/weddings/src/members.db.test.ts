import { sendMemberInvitation } from '@wedsync/contracts/weddings';
import { toDomainError } from '@wedsync/db/pg-errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import {
  seedOrg,
  seedOrgMember,
  seedUser,
  seedWedding,
  seedWeddingMember,
} from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { createAccessResolver } from './adapters/access-resolver.ts';
import {
  acceptInvitation,
  getInvitation,
  inviteOrgMember,
  inviteWeddingMember,
  listOrgMembers,
  listWeddingMembers,
  removeOrgMember,
  removeWeddingMember,
  revokeInvitation,
  updateOrgMember,
  updateWeddingMember,
} from './index.ts';
import { hashToken, invitationToken } from './model/tokens.ts';

const db = await createTestDatabase();
const failure = async (call: Promise<unknown>) => {
  const [result] = await Promise.allSettled([call]);
  if (result.status === 'fulfilled') throw new Error('it did not fail');
  return toDomainError(result.reason);
};

/** The token of an invitation's link, as the worker arms it before it sends the mail. */
async function armed(orgId: string, invitationId: string): Promise<string> {
  const token = invitationToken('test', { orgId, invitationId, linkVersion: 1 });
  await db.admin`
    update wedding.member_invitations set token_hash = ${hashToken(token)} where id = ${invitationId}`;
  return token;
}

async function company() {
  const { orgId, ownerId } = await seedOrg(db.admin);
  return { orgId, ownerId, owner: userContext(db.app, { userId: ownerId, orgId }) };
}

describe('an invitation', () => {
  it('is enqueued as ids, and opens the company to the address it names', async () => {
    const { orgId, owner } = await company();
    const guest = await seedUser(db.admin);
    const invited = await inviteOrgMember(owner, {
      email: guest.email.toUpperCase(),
      role: 'planner',
    });
    const [job] = await db.admin<{ payload: unknown }[]>`
      select payload from ops.outbox where job_name = ${sendMemberInvitation.name}
        and payload->>'invitationId' = ${invited.id}`;
    expect(job?.payload).toEqual({ v: 1, orgId, invitationId: invited.id, linkVersion: 1 });

    const token = await armed(orgId, invited.id);
    const ctx = userContext(db.app, { userId: guest.userId, access: {} });
    expect(await getInvitation(ctx, { token })).toMatchObject({
      organization: 'Fairlight Weddings',
      wedding: null,
      role: 'planner',
    });
    expect(await acceptInvitation(ctx, { token })).toEqual({ orgId, weddingId: null });
    const resolve = createAccessResolver(db.app);
    expect(await resolve(guest.userId, { orgId })).toMatchObject({
      access: { orgRole: 'planner' },
    });
    // Used once, it is gone.
    expect((await failure(acceptInvitation(ctx, { token }))).kind).toBe('not-found');
    const { members, invitations } = await listOrgMembers(owner);
    expect(members.map(({ email }) => email)).toContain(guest.email);
    expect(invitations).toEqual([]);
  });

  it('shares one wedding and nothing else of the company', async () => {
    const { orgId, weddingId, ownerId } = await seedWedding(db.admin);
    const other = await seedWedding(db.admin, { orgId });
    const guest = await seedUser(db.admin);
    const owner = userContext(db.app, { userId: ownerId, orgId, weddingId });
    const invited = await inviteWeddingMember(owner, { email: guest.email, role: 'partner' });
    const ctx = userContext(db.app, { userId: guest.userId, access: {} });
    await acceptInvitation(ctx, { token: await armed(orgId, invited.id) });
    const resolve = createAccessResolver(db.app);
    expect(await resolve(guest.userId, { weddingId })).toEqual({
      orgId,
      access: { orgRole: undefined, weddingRole: 'partner' },
    });
    expect(await resolve(guest.userId, { weddingId: other.weddingId })).toBeUndefined();
    expect(await resolve(guest.userId, { orgId })).toBeUndefined();
  });

  it('does not work for another address, after its time, or once revoked', async () => {
    const { orgId, owner } = await company();
    const [wanted, other] = [await seedUser(db.admin), await seedUser(db.admin)];
    const invited = await inviteOrgMember(owner, { email: wanted.email, role: 'assistant' });
    const token = await armed(orgId, invited.id);
    const stranger = userContext(db.app, { userId: other.userId, access: {} });
    expect((await failure(acceptInvitation(stranger, { token }))).code).toBe(
      'weddings.other-address',
    );

    const later = { now: () => new Date(Date.now() + 15 * 86_400_000) };
    const late = userContext(db.app, { userId: wanted.userId, access: {}, clock: later });
    expect((await failure(acceptInvitation(late, { token }))).kind).toBe('not-found');

    await revokeInvitation(owner, { invitationId: invited.id });
    const ctx = userContext(db.app, { userId: wanted.userId, access: {} });
    expect((await failure(acceptInvitation(ctx, { token }))).kind).toBe('not-found');
    expect((await failure(revokeInvitation(owner, { invitationId: invited.id }))).kind).toBe(
      'not-found',
    );
  });

  it('is open once per address, and may be repeated after it ran out', async () => {
    const { owner } = await company();
    const input = { email: 'tom@example.com', role: 'planner' as const };
    await inviteOrgMember(owner, input);
    expect((await failure(inviteOrgMember(owner, input))).code).toBe('weddings.already-invited');
    const later = { now: () => new Date(Date.now() + 15 * 86_400_000) };
    await expect(inviteOrgMember({ ...owner, clock: later }, input)).resolves.toMatchObject(input);
  });

  it('cannot be made without bound by revoking the ones before', async () => {
    const { orgId, ownerId, owner } = await company();
    await db.admin`
      insert into wedding.member_invitations
        (org_id, id, email, role, invited_by, expires_at, revoked_at)
      select ${orgId}, gen_random_uuid(), 'u' || n || '@example.com', 'planner', ${ownerId},
        now() + interval '1 day', now()
      from generate_series(1, 200) n`;
    const invite = () => inviteOrgMember(owner, { email: 'more@example.com', role: 'planner' });
    expect(await failure(invite())).toMatchObject({ kind: 'limit' });
    await db.admin`
      update wedding.member_invitations set created_at = now() - interval '25 hours'
      where org_id = ${orgId}`;
    expect(await invite()).toMatchObject({ role: 'planner' });
  });

  it('makes owners only by owners', async () => {
    const { orgId } = await company();
    const userId = await seedOrgMember(db.admin, { orgId, role: 'planner' });
    const planner = userContext(db.app, { userId, orgId, access: { orgRole: 'planner' } });
    const email = 'eve@example.com';
    expect((await failure(inviteOrgMember(planner, { email, role: 'owner' }))).kind).toBe(
      'forbidden',
    );
    await expect(inviteOrgMember(planner, { email, role: 'planner' })).resolves.toBeDefined();
  });

  it('of one wedding is out of reach of another', async () => {
    const { orgId, weddingId, ownerId } = await seedWedding(db.admin);
    const other = await seedWedding(db.admin);
    const owner = userContext(db.app, { userId: ownerId, orgId, weddingId });
    const invited = await inviteWeddingMember(owner, { email: 'a@example.com', role: 'viewer' });
    const stranger = userContext(db.app, {
      userId: other.ownerId,
      orgId: other.orgId,
      weddingId: other.weddingId,
    });
    const error = await failure(revokeInvitation(stranger, { invitationId: invited.id }));
    expect(error.kind).toBe('not-found');
  });
});

describe('members', () => {
  it('change role by version, and the history says from what to what', async () => {
    const { orgId, owner } = await company();
    const userId = await seedOrgMember(db.admin, { orgId, role: 'assistant' });
    const updated = await updateOrgMember(owner, { userId, version: 1, role: 'planner' });
    expect(updated).toEqual({ role: 'planner', version: 2 });
    const stale = await failure(updateOrgMember(owner, { userId, version: 1, role: 'owner' }));
    expect(stale.details).toEqual({ current: { role: 'planner', version: 2 } });
    const audit = await db.admin`
      select before, after from wedding.audit_log where entity_id = ${userId} and action = 'members.update'`;
    expect(audit).toMatchObject([{ before: { role: 'assistant' }, after: { role: 'planner' } }]);
  });

  it('may leave by themselves but not remove others', async () => {
    const { orgId, ownerId } = await company();
    const userId = await seedOrgMember(db.admin, { orgId, role: 'assistant' });
    const ctx = userContext(db.app, { userId, orgId, access: { orgRole: 'assistant' } });
    expect((await failure(removeOrgMember(ctx, { userId: ownerId }))).kind).toBe('forbidden');
    await removeOrgMember(ctx, { userId });
    expect(await createAccessResolver(db.app)(userId, { orgId })).toBeUndefined();
  });

  it('of another company do not exist', async () => {
    const [mine, theirs] = [await company(), await company()];
    const input = { userId: theirs.ownerId };
    expect((await failure(removeOrgMember(mine.owner, input))).kind).toBe('not-found');
    const update = updateOrgMember(mine.owner, { ...input, version: 1, role: 'planner' });
    expect((await failure(update)).kind).toBe('not-found');
  });

  it('always include an owner', async () => {
    const { ownerId, owner } = await company();
    const removed = await failure(removeOrgMember(owner, { userId: ownerId }));
    expect(removed).toMatchObject({ kind: 'precondition', code: 'weddings.last-owner' });
    const demoted = updateOrgMember(owner, { userId: ownerId, version: 1, role: 'planner' });
    expect((await failure(demoted)).code).toBe('weddings.last-owner');
  });

  it('keep an owner even when two owners remove each other at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { orgId, ownerId, owner } = await company();
      const secondId = await seedOrgMember(db.admin, { orgId, role: 'owner' });
      const second = userContext(db.app, { userId: secondId, orgId });
      const results = await Promise.allSettled([
        removeOrgMember(owner, { userId: secondId }),
        removeOrgMember(second, { userId: ownerId }),
      ]);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const [left] = await db.admin<{ owners: number }[]>`
        select count(*)::int as owners from wedding.org_members where org_id = ${orgId} and role = 'owner'`;
      expect(left?.owners).toBe(1);
    }
  });

  it('fill the seats of the plan and no more, however many join at once', async () => {
    const { orgId, ownerId } = await seedOrg(db.admin, { tier: 'free' });
    const owner = userContext(db.app, { userId: ownerId, orgId });
    const joins = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { userId, email } = await seedUser(db.admin);
        const invited = await inviteOrgMember(owner, { email, role: 'assistant' });
        const token = await armed(orgId, invited.id);
        return { ctx: userContext(db.app, { userId, access: {} }), token };
      }),
    );
    const results = await Promise.allSettled(
      joins.map(({ ctx, token }) => acceptInvitation(ctx, { token })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const [refused] = results.filter((result) => result.status === 'rejected');
    expect(toDomainError(refused?.reason).message).toContain('3 team members');
  });

  it('of a wedding are managed by planners and the couple', async () => {
    const { orgId, weddingId } = await seedWedding(db.admin);
    const partnerId = await seedWeddingMember(db.admin, { orgId, weddingId, role: 'partner' });
    const viewerId = await seedWeddingMember(db.admin, { orgId, weddingId, role: 'viewer' });
    const of = (userId: string, weddingRole: 'partner' | 'viewer') =>
      userContext(db.app, { userId, orgId, weddingId, access: { weddingRole } });
    const viewer = of(viewerId, 'viewer');
    expect((await failure(listWeddingMembers(viewer))).kind).toBe('forbidden');
    expect((await failure(removeWeddingMember(viewer, { userId: partnerId }))).kind).toBe(
      'forbidden',
    );
    const partner = of(partnerId, 'partner');
    const update = { userId: viewerId, version: 1, role: 'photographer' as const };
    expect(await updateWeddingMember(partner, update)).toEqual({
      role: 'photographer',
      version: 2,
    });
    expect((await failure(updateWeddingMember(partner, update))).kind).toBe('conflict');
    await removeWeddingMember(partner, { userId: viewerId });
    expect((await listWeddingMembers(partner)).members).toMatchObject([{ userId: partnerId }]);
  });
});
