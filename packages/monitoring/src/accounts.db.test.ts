import { setTimeout } from 'node:timers/promises';
import { newId, newUuid, OrgId, UserId } from '@wedsync/contracts/ids';
import { toDomainError } from '@wedsync/db/pg-errors';
import { userContext } from '@wedsync/testing/contexts';
import { seedOrg, seedOrgMember, seedUser, seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { listOperatorActions } from './queries/operator-actions.ts';
import { listOrganizationMembers, listOrganizations } from './queries/organizations.ts';
import { listUsers } from './queries/users.ts';
import { removeUserSessions } from './remove-user-sessions.ts';
import { openOperatorsRig } from './test-rig/operators.ts';
import { updateOrganizationTier } from './update-organization-tier.ts';
import { updateUserDisabled } from './update-user-disabled.ts';
import { updateUserOperator } from './update-user-operator.ts';

const rig = await openOperatorsRig();
const { admin } = rig.db;

async function seedSession(userId: string) {
  await admin`
    insert into auth.sessions (id, user_id, token, expires_at)
    values (${newUuid()}, ${userId}, ${newUuid()}, now() + interval '1 hour')`;
}
const sessionsOf = async (userId: string) =>
  (await admin`select from auth.sessions where user_id = ${userId}`).length;
const actionsOn = async (entityId: string) =>
  admin`select * from ops.operator_audit where entity_id = ${entityId} order by at`;
/** What a person would be told. */
const refusal = (work: Promise<unknown>) => work.then(() => undefined, toDomainError);

describe('companies', () => {
  it('are listed with what they use of their plan, and found by company or member', async () => {
    const { ctx } = await rig.operator();
    const { orgId, ownerId } = await seedOrg(admin, { name: 'Zephyr Weddings', tier: 'studio' });
    await seedWedding(admin, { orgId });
    await seedOrgMember(admin, { orgId, role: 'planner' });
    const [found] = (await listOrganizations(ctx, { search: 'zephyr' })).items;
    expect(found).toMatchObject({
      orgId,
      tier: 'studio',
      weddings: 1,
      weddingsMax: 60,
      members: 2,
      membersMax: 25,
    });
    const byMember = await listOrganizations(ctx, { search: ownerId.slice(0, 13), tier: 'studio' });
    expect(byMember.items.map((one) => one.orgId)).toContain(orgId);
    const members = await listOrganizationMembers(ctx, { orgId });
    expect(members.map(({ role }) => role)).toEqual(['owner', 'planner']);
  });

  it('come in pages, newest first, without gaps or repetitions', async () => {
    const { ctx } = await rig.operator();
    const seeded: string[] = [];
    for (const number of [1, 2, 3, 4, 5]) {
      seeded.push((await seedOrg(admin, { name: `Paged ${number}` })).orgId);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listOrganizations(ctx, { search: 'paged', limit: 2, cursor });
      seen.push(...page.items.map((one) => one.orgId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    // Ids of one millisecond are in no order of time, but always in one order.
    expect(seen).toEqual(seeded.sort().reverse());
  });

  it('move to another plan, which both audits tell under the same id', async () => {
    const { ctx, userId } = await rig.operator();
    const { orgId } = await seedOrg(admin, { tier: 'free' });
    const moved = await updateOrganizationTier(ctx, { orgId, tier: 'studio', version: 1 });
    expect(moved).toEqual({ tier: 'studio', version: 2 });
    const [own] = await actionsOn(orgId);
    expect(own).toMatchObject({
      operator_id: userId,
      action: 'organizations.update-tier',
      before: { tier: 'free' },
      after: { tier: 'studio' },
      request_id: ctx.requestId,
    });
    const [theirs] = await admin`select * from wedding.audit_log where org_id = ${orgId}`;
    expect(theirs).toMatchObject({ id: own?.id, actor_kind: 'operator', actor_id: userId });
  });

  it('refuse a plan chosen on an old view and leave no audit row', async () => {
    const { ctx } = await rig.operator();
    const { orgId } = await seedOrg(admin, { tier: 'free' });
    await updateOrganizationTier(ctx, { orgId, tier: 'studio', version: 1 });
    const late = updateOrganizationTier(ctx, { orgId, tier: 'enterprise', version: 1 });
    await expect(late).rejects.toMatchObject({
      kind: 'conflict',
      details: { current: { tier: 'studio', version: 2 } },
    });
    expect(await actionsOn(orgId)).toHaveLength(1);
  });

  it('that do not exist are not found, and unknown plans are not valid', async () => {
    const { ctx } = await rig.operator();
    const gone = { orgId: newId(OrgId), tier: 'studio' as const, version: 1 };
    await expect(updateOrganizationTier(ctx, gone)).rejects.toMatchObject({ kind: 'not-found' });
    const typo = { ...gone, tier: 'gold' as 'studio' };
    await expect(updateOrganizationTier(ctx, typo)).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('accounts', () => {
  it('are listed with second factors, sessions and companies', async () => {
    const { ctx } = await rig.operator();
    const { userId } = await seedUser(admin, { name: 'Quirin Query' });
    await seedSession(userId);
    await admin`update auth.users set two_factor_enabled = true where id = ${userId}`;
    const page = await listUsers(ctx, { search: 'quirin' });
    expect(page.items).toMatchObject([
      { userId, secondFactors: ['authenticator'], openSessions: 1, organizations: [] },
    ]);
    const operators = await listUsers(ctx, { kind: 'operators', limit: 200 });
    expect(operators.items.every((one) => one.isOperator)).toBe(true);
    expect(operators.items.length).toBeGreaterThan(0);
  });

  it('are closed with all their sessions and opened again', async () => {
    const { ctx } = await rig.operator();
    const { userId } = await seedUser(admin);
    await seedSession(userId);
    await seedSession(userId);
    expect(await updateUserDisabled(ctx, { userId, disabled: true })).toEqual({ endedSessions: 2 });
    expect(await sessionsOf(userId)).toBe(0);
    const closed = await listUsers(ctx, { kind: 'disabled' });
    expect(closed.items.map((one) => one.userId)).toContain(userId);
    await updateUserDisabled(ctx, { userId, disabled: false });
    expect((await actionsOn(userId)).map(({ action }) => action)).toEqual([
      'users.disable',
      'users.enable',
    ]);
  });

  it('become operators and stop being operators, signed out each time', async () => {
    const { ctx } = await rig.operator();
    const { userId } = await seedUser(admin);
    await seedSession(userId);
    const granted = await updateUserOperator(ctx, { userId, operator: true });
    expect(granted).toEqual({ endedSessions: 1 });
    const asOperator = rig.contextOf(userId);
    expect((await listUsers(asOperator, {})).items.length).toBeGreaterThan(0);
    await updateUserOperator(ctx, { userId, operator: false });
    expect(await refusal(listUsers(asOperator, {}))).toMatchObject({ kind: 'forbidden' });
  });

  it('are signed out everywhere without being closed', async () => {
    const { ctx } = await rig.operator();
    const { userId } = await seedUser(admin);
    await seedSession(userId);
    expect(await removeUserSessions(ctx, { userId })).toEqual({ endedSessions: 1 });
    const [action] = await actionsOn(userId);
    expect(action).toMatchObject({ action: 'users.end-sessions', after: { endedSessions: 1 } });
  });

  it('that do not exist are not found', async () => {
    const { ctx } = await rig.operator();
    const userId = newId(UserId);
    const gone = { kind: 'not-found' };
    await expect(updateUserDisabled(ctx, { userId, disabled: true })).rejects.toMatchObject(gone);
    await expect(updateUserOperator(ctx, { userId, operator: true })).rejects.toMatchObject(gone);
  });

  it('cannot take their own access away', async () => {
    const { ctx, userId } = await rig.operator();
    const own = { kind: 'precondition', code: 'monitoring.own-account' };
    expect(await refusal(updateUserDisabled(ctx, { userId, disabled: true }))).toMatchObject(own);
    expect(await refusal(updateUserOperator(ctx, { userId, operator: false }))).toMatchObject(own);
    expect(await actionsOn(userId)).toHaveLength(0);
  });

  it('never all lose the operator right, however two operators race', async () => {
    const [one, two] = [await rig.operator(), await rig.operator()];
    const outcomes = await Promise.all([
      refusal(updateUserOperator(one.ctx, { userId: two.userId, operator: false })),
      refusal(updateUserOperator(two.ctx, { userId: one.userId, operator: false })),
    ]);
    expect(outcomes.filter((outcome) => outcome?.kind === 'forbidden')).toHaveLength(1);
    const left = await admin`
      select from auth.users where is_operator and id = any(${[one.userId, two.userId]})`;
    expect(left).toHaveLength(1);
  });
});

describe('the operators’ lock', () => {
  it('refuses a context that is not an operator’s before anything is read', async () => {
    const planner = { ...userContext(rig.db.app), monitoring: rig.deps };
    await expect(listUsers(planner, {})).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('is held by the database too: a user who claims to be an operator gets nothing', async () => {
    const { userId } = await seedUser(admin);
    const ctx = rig.contextOf(userId);
    const { orgId } = await seedOrg(admin);
    for (const work of [
      () => listUsers(ctx, {}),
      () => listOrganizations(ctx, {}),
      () => listOrganizationMembers(ctx, { orgId }),
      () => listOperatorActions(ctx, {}),
      () => updateOrganizationTier(ctx, { orgId, tier: 'free', version: 1 }),
      () => updateUserDisabled(ctx, { userId: newId(UserId), disabled: true }),
      () => updateUserOperator(ctx, { userId, operator: true }),
      () => removeUserSessions(ctx, { userId }),
    ]) {
      expect(await refusal(work())).toMatchObject({ kind: 'forbidden' });
    }
  });

  it('closes when the operator’s account is closed', async () => {
    const [one, two] = [await rig.operator(), await rig.operator()];
    await updateUserDisabled(one.ctx, { userId: two.userId, disabled: true });
    expect(await refusal(listUsers(two.ctx, {}))).toMatchObject({ kind: 'forbidden' });
  });
});

describe('the operators’ audit', () => {
  it('is listed with names, newest first, and searched by them', async () => {
    const { ctx } = await rig.operator('Bertha Auditor');
    const { userId } = await seedUser(admin, { name: 'Walter Wrong' });
    await updateUserDisabled(ctx, { userId, disabled: true });
    await setTimeout(2);
    await updateUserDisabled(ctx, { userId, disabled: false });
    const { items } = await listOperatorActions(ctx, { search: 'bertha' });
    expect(items.map(({ action, subject }) => [action, subject])).toEqual([
      ['users.enable', 'Walter Wrong'],
      ['users.disable', 'Walter Wrong'],
    ]);
  });

  it('can be rewritten by nobody, not even by the owner of the table', async () => {
    const { ctx } = await rig.operator();
    const { userId } = await seedUser(admin);
    await removeUserSessions(ctx, { userId });
    const refused = /append-only/;
    await expect(admin`update ops.operator_audit set action = 'nothing'`).rejects.toThrow(refused);
    await expect(admin`delete from ops.operator_audit`).rejects.toThrow(refused);
    await expect(admin`truncate ops.operator_audit`).rejects.toThrow(refused);
  });
});
