import { newUuid } from '@wedsync/contracts/ids';
import { seedOrg, seedUser } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { listOperatorActions } from './queries/operator-actions.ts';
import { getSending } from './queries/sending.ts';
import { openOperatorsRig } from './test-rig/operators.ts';
import { updateSendRate } from './update-send-rate.ts';

const rig = await openOperatorsRig();
const { ctx } = await rig.operator();
const rateOf = async (scope: string) =>
  (await getSending(ctx)).rates.find((rate) => rate.scope === scope);

describe('limits of sending', () => {
  it('are set, changed and lifted by operators, with a trace', async () => {
    const { orgId } = await seedOrg(rig.db.admin, { name: 'Oak & Ivory' });
    const scope = `org:${orgId}`;
    await updateSendRate(ctx, { scope, perSecond: 2.5, burst: 10 });
    expect(await rateOf(scope)).toMatchObject({ name: 'Oak & Ivory', perSecond: 2.5, burst: 10 });
    await updateSendRate(ctx, { scope, perSecond: 7 });
    expect(await rateOf(scope)).toMatchObject({ perSecond: 7, burst: 1, reservedMs: 0 });
    await updateSendRate(ctx, { scope, perSecond: null });
    expect(await rateOf(scope)).toBeUndefined();
    const { items } = await listOperatorActions(ctx, {});
    expect(items[0]).toMatchObject({
      action: 'sending.update-rate',
      before: { scope, perSecond: 7, burst: 1 },
      after: { scope, perSecond: null },
    });
  });

  it('are refused for a company that does not exist, for nonsense, and to whoever only claims to be one', async () => {
    const scope = `org:${newUuid()}`;
    await expect(updateSendRate(ctx, { scope, perSecond: 1 })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(
      updateSendRate(ctx, { scope: 'provider:smtp', perSecond: 0 }),
    ).rejects.toMatchObject({ kind: 'invalid' });
    const { userId } = await seedUser(rig.db.admin, { name: 'Paul Planner' });
    const pretender = rig.contextOf(userId);
    await expect(
      updateSendRate(pretender, { scope: 'provider:smtp', perSecond: 1 }),
    ).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});

describe('the sending page', () => {
  it('shows an open circuit breaker until its time is over', async () => {
    await rig.db.admin`select ops.record_provider_result('smtp', false, '421 try later')`;
    const open = (await getSending(ctx)).providers[0];
    expect(open).toMatchObject({ provider: 'smtp', isOpen: true, reason: '421 try later' });
    await rig.db.admin`select ops.record_provider_result('smtp', true, '')`;
    const closed = (await getSending(ctx)).providers[0];
    expect(closed).toMatchObject({ isOpen: false, failures: 0, openUntil: null, reason: null });
  });

  it('lists the months of the ledger, and the default partition without one', async () => {
    const { partitions } = await getSending(ctx);
    const deliveries = partitions.filter(({ parent }) => parent === 'deliveries');
    expect(deliveries.length).toBeGreaterThan(1);
    expect(deliveries.filter(({ month }) => month === null)).toHaveLength(1);
    expect(deliveries.at(-1)?.month).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
  });
});
