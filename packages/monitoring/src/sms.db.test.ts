import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SmsPrice } from '@wedsync/contracts/communications-sms';
import { createSmsClient } from '@wedsync/platform/embedded/sms-client';
import { startSmsSimulator } from '@wedsync/platform/embedded/sms-simulator';
import { seedOrg, seedUser } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import { listOperatorActions } from './queries/operator-actions.ts';
import { listSimulatedTexts } from './queries/texts.ts';
import { clearSimulatedTexts, replyToSimulatedText } from './reply-to-text.ts';
import { openOperatorsRig } from './test-rig/operators.ts';
import {
  assignSmsNumber,
  listSmsNumbers,
  listSmsPrices,
  unassignSmsNumber,
  updateSmsPrices,
} from './update-sms.ts';

const rig = await openOperatorsRig();
const token = 'a-token-of-this-test';
const dir = await mkdtemp(join(tmpdir(), 'wedsync-texts-'));
const simulator = await startSmsSimulator({ dir, token });
afterAll(() => simulator.stop());
const { ctx: plain } = await rig.operator();
const ctx = {
  ...plain,
  monitoring: { ...plain.monitoring, texts: createSmsClient({ url: simulator.url, token }) },
};
const number = '+12025550111';

describe('numbers of companies', () => {
  it('are given, replaced and taken away, each with a trace', async () => {
    const { orgId } = await seedOrg(rig.db.admin, { name: 'Acorn' });
    await assignSmsNumber(ctx, { orgId, number: '+12025550110' });
    await assignSmsNumber(ctx, { orgId, number });
    expect(await listSmsNumbers(ctx)).toEqual([{ orgId, number, organizationName: 'Acorn' }]);
    await unassignSmsNumber(ctx, { number });
    expect(await listSmsNumbers(ctx)).toEqual([]);
    await expect(unassignSmsNumber(ctx, { number })).rejects.toMatchObject({ kind: 'not-found' });
    const { items } = await listOperatorActions(ctx, {});
    expect(items.filter(({ action }) => action === 'sms.assign-number')).toHaveLength(3);
  });

  it('belong to one company each, and to companies that exist', async () => {
    const [{ orgId: first }, { orgId: second }] = [
      await seedOrg(rig.db.admin),
      await seedOrg(rig.db.admin),
    ];
    await assignSmsNumber(ctx, { orgId: first, number });
    const taken = assignSmsNumber(ctx, { orgId: second, number });
    await expect(taken).rejects.toMatchObject({ kind: 'conflict' });
    const { userId } = await seedUser(rig.db.admin);
    const nobody = assignSmsNumber(ctx, { orgId: userId as never, number: '+12025550112' });
    await expect(nobody).rejects.toMatchObject({ kind: 'not-found' });
    await expect(assignSmsNumber(ctx, { orgId: first, number: '0912' })).rejects.toMatchObject({
      kind: 'invalid',
    });
  });

  it('are refused by the database to whoever only claims to be an operator', async () => {
    const { userId } = await seedUser(rig.db.admin);
    const impostor = rig.contextOf(userId);
    const refused = { cause: { message: 'Only operators may do this.' } };
    await expect(listSmsNumbers(impostor)).rejects.toMatchObject(refused);
    await expect(updateSmsPrices(impostor, { prices: [] })).rejects.toMatchObject(refused);
  });
});

describe('prices', () => {
  const price = (country: string | null, microsPerSegment: number) =>
    SmsPrice.parse({ country, microsPerSegment, currency: 'EUR' });

  it('are replaced as a whole', async () => {
    await updateSmsPrices(ctx, { prices: [price('US', 7_900), price('PT', 41_500)] });
    const prices = [price(null, 90_000), price('PT', 42_000)];
    expect(await updateSmsPrices(ctx, { prices })).toEqual(prices);
    expect(await listSmsPrices(ctx)).toEqual(prices);
  });

  it('of a country come once', async () => {
    const twice = updateSmsPrices(ctx, { prices: [price('PT', 1), price('PT', 2)] });
    await expect(twice).rejects.toMatchObject({ kind: 'invalid' });
    expect(await listSmsPrices(ctx)).toHaveLength(2);
  });
});

describe('simulated texts', () => {
  it('are shown, answered as a guest, and deleted', async () => {
    const text = await simulator.store.add({
      ...{ direction: 'to_guest', from: number, to: '+351912345678', text: 'Hello' },
      ...{ segments: 1, encoding: 'gsm7', status: 'accepted' },
      ...{ key: null, reference: null, isReported: true },
    });
    const answer = await replyToSimulatedText(ctx, { textId: text.id, text: 'STOP' });
    expect(answer).toMatchObject({ direction: 'from_guest', from: '+351912345678', to: number });
    const page = await listSimulatedTexts(ctx, {});
    expect(page).toMatchObject({ kind: 'simulated', total: 2, items: [{ text: 'STOP' }, {}] });
    const unknown = replyToSimulatedText(ctx, { textId: 'nothing', text: 'STOP' });
    await expect(unknown).rejects.toMatchObject({ kind: 'not-found' });
    expect(await clearSimulatedTexts(ctx)).toEqual({ removed: 2 });
  });

  it('do not exist where a provider sends them', async () => {
    expect(await listSimulatedTexts(plain, {})).toEqual({ kind: 'provider' });
    await expect(clearSimulatedTexts(plain)).rejects.toMatchObject({ kind: 'precondition' });
  });
});
