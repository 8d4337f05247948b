import { setTimeout as wait } from 'node:timers/promises';
import type { MessageId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { startLeanSmtpSink } from '@wedsync/testing/lean-smtp-sink';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createRig, ledgerOf, type Place } from './testing/rig.ts';
import { seedAudience } from './testing/seed-audience.ts';

const db = await createTestDatabase();
const sink = await startLeanSmtpSink();
const connectionsMax = 10;
const rig = createRig(db, { smtpUrl: sink.url, budgetMs: 30_000 });
afterAll(async () => {
  await rig.close();
  await sink.stop();
});
beforeEach(async () => {
  sink.rules = {};
  sink.arrived.clear();
  sink.times.length = 0;
  await db.admin`delete from ops.provider_states`;
});

async function queued(guests: number): Promise<{ place: Place; messageId: MessageId }> {
  const place = await seedAudience(db.admin, guests);
  const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
  await rig.expand(place, messageId);
  return { place, messageId };
}

const makeDue = (messageId: MessageId) =>
  db.admin`update wedding.deliveries set next_attempt_at = now() where message_id = ${messageId} and state = 'ready'`;
const stateOf = async (messageId: MessageId) =>
  (await db.admin`select state from wedding.messages where id = ${messageId}`)[0]?.state;

describe('a storm', () => {
  it('of 454 and 421 costs nobody an attempt, and when it is over everybody is reached', async () => {
    const { place, messageId } = await queued(600);
    const until = performance.now() + 4_000;
    let refused = 0;
    sink.rules.recipient = () => {
      if (performance.now() > until) return undefined;
      refused++;
      return refused % 2 ? '454 4.7.0 throttling failure' : '421 4.7.0 too busy';
    };
    for (let round = 0; round < 20 && (await stateOf(messageId)) === 'sending'; round++) {
      await rig.send(place, messageId);
      await wait(300);
    }
    const rows = await db.admin`
      select max(attempts) as attempts from wedding.deliveries where message_id = ${messageId}`;
    expect(await ledgerOf(db, messageId)).toMatchObject({ audience: 600, sent: 600 });
    expect(rows[0]?.attempts).toBe(1);
    expect(sink.arrived.size).toBe(600);
    expect(Math.max(...sink.arrived.values())).toBe(1);
    // Left alone for a while, not hammered: a storm of 600 refusals each second would be 2,400.
    expect(refused).toBeLessThan(200);
    const [first = 0] = sink.times;
    expect(first - until).toBeLessThan(10_000);
  }, 60_000);

  it('of random refusals ends every recipient with a code, and only then the message', async () => {
    const { place, messageId } = await queued(500);
    sink.rules.recipient = () => {
      const dice = Math.random();
      if (dice < 0.05) return '550 5.1.1 no such user';
      if (dice < 0.4) return '451 4.3.0 not now';
      return undefined;
    };
    for (let round = 0; round < 30 && (await stateOf(messageId)) === 'sending'; round++) {
      await makeDue(messageId);
      await rig.send(place, messageId);
      const { ready = 0, claimed = 0 } = await ledgerOf(db, messageId);
      if ((await stateOf(messageId)) === 'sent') expect(ready + claimed).toBe(0);
    }
    const ledger = await ledgerOf(db, messageId);
    expect(await stateOf(messageId)).toBe('sent');
    expect((ledger.sent ?? 0) + (ledger.failed ?? 0)).toBe(500);
    expect(ledger.sent).toBe(sink.arrived.size);
    const silent = await db.admin`
      select from wedding.deliveries where message_id = ${messageId} and state = 'failed' and code is null`;
    expect(silent).toHaveLength(0);
  }, 120_000);

  it('that outlasts three days ends whoever was never reached, with the last code', async () => {
    const { place, messageId } = await queued(20);
    sink.rules.recipient = () => '454 4.7.0 throttling failure';
    await db.admin`
      update wedding.messages set queued_at = now() - interval '73 hours' where id = ${messageId}`;
    for (let round = 0; round < 20 && (await stateOf(messageId)) === 'sending'; round++) {
      await makeDue(messageId);
      await rig.send(place, messageId);
    }
    const rows = await db.admin`
      select distinct state, reason, code from wedding.deliveries where message_id = ${messageId}`;
    expect(rows).toEqual([{ state: 'failed', reason: 'attempts_exhausted', code: '4.7.0' }]);
  }, 60_000);
});

describe('a server that takes an e-mail and hangs up before its answer', () => {
  it('leaves it in doubt, and nobody gets a second one', async () => {
    const { place, messageId } = await queued(300);
    let drops = 0;
    sink.rules.data = () => {
      if (Math.random() > 0.05) return undefined;
      drops++;
      return 'drop';
    };
    for (let round = 0; round < 10 && (await stateOf(messageId)) === 'sending'; round++) {
      await makeDue(messageId);
      await rig.send(place, messageId);
    }
    const ledger = await ledgerOf(db, messageId);
    expect((ledger.sent ?? 0) + (ledger.in_doubt ?? 0)).toBe(300);
    expect(ledger.in_doubt).toBe(drops);
    expect(drops).toBeGreaterThan(0);
    expect(Math.max(...sink.arrived.values())).toBe(1);
    expect(sink.arrived.size).toBe(300);
  }, 60_000);
});

describe('a slow server', () => {
  it('gets no batch twice although one takes longer than its lease', async () => {
    const slow = createRig(db, { smtpUrl: sink.url, leaseMs: 1_500, budgetMs: 30_000 });
    const { place, messageId } = await queued(120);
    sink.rules.delayMs = () => 250;
    await Promise.all([slow.send(place, messageId), slow.send(place, messageId)]);
    // What was not written down in time under its lease is handed back by the sweep, as in a worker.
    for (let round = 0; round < 20 && (await stateOf(messageId)) === 'sending'; round++) {
      await slow.sweep();
      await slow.send(place, messageId);
      await wait(300);
    }
    await slow.close();
    expect(await ledgerOf(db, messageId)).toMatchObject({ audience: 120, sent: 120 });
    expect(Math.max(...sink.arrived.values())).toBe(1);
    expect(sink.connections()).toBeLessThanOrEqual(2 * connectionsMax);
  }, 60_000);
});
