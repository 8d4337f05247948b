import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createTestWake } from '@wedsync/testing/contexts';
import { type SeededSending, seededHash, seedSending } from '@wedsync/testing/factories/deliveries';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeliveryReport, recordDeliveryEvents } from './record-delivery-events.ts';

const db = await createTestDatabase();
const wake = createTestWake();
const record = (reports: DeliveryReport[]) =>
  recordDeliveryEvents({ serviceDb: db.service, wake }, reports);

type Report = Partial<DeliveryReport> & Pick<DeliveryReport, 'kind'>;
const about = ({ messageId, prefixes }: SeededSending, report: Report, index = 0) => ({
  messageId,
  deliveryPrefix: prefixes[index] ?? '',
  source: 'webhook' as const,
  at: new Date().toISOString(),
  ...(report.kind === 'bounced' ? { bounceClass: 'hard' as const } : {}),
  ...report,
});

const statesOf = async ({ messageId }: SeededSending) => {
  const rows = await db.admin<{ state: string; reason: string | null; code: string | null }[]>`
    select state, reason, code from wedding.deliveries where message_id = ${messageId}`;
  return rows.map(({ state }) => state);
};
const deliveryOf = async ({ messageId }: SeededSending) => {
  const [row] = await db.admin`
    select state, reason, code, sent_at, lease_until from wedding.deliveries
    where message_id = ${messageId}`;
  return row;
};
const stopsOf = async (weddingId: string) => {
  const rows = await db.admin<{ reason: string }[]>`
    select reason from wedding.suppressions where wedding_id = ${weddingId} order by reason`;
  return rows.map(({ reason }) => reason);
};
/** The counts that every screen reads, against the rows themselves. */
const miscounts = ({ messageId }: SeededSending) => db.admin`
  select * from (
    select state, coalesce(reason, '') as reason, count(*)::int as n from wedding.deliveries
    where message_id = ${messageId} group by 1, 2
    except select state, reason, sum(n)::int from wedding.delivery_counts
    where message_id = ${messageId} group by 1, 2) differing`;

describe('a report about a delivery', () => {
  it.each([
    ['delivered', 'delivered'],
    ['bounced', 'bounced'],
    ['complained', 'complained'],
    ['replied', 'delivered'],
    ['deferred', 'sent'],
    ['auto_replied', 'sent'],
  ] as const)('%s makes it %s', async (kind, state) => {
    const sending = await seedSending(db.admin, await seedWedding(db.admin));
    expect(await record([about(sending, { kind })])).toEqual({
      received: 1,
      recorded: 1,
      unknown: 0,
    });
    expect(await statesOf(sending)).toEqual([state]);
    expect(await miscounts(sending)).toEqual([]);
  });

  it('keeps its class and code, and wakes the screens of the wedding', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const sending = await seedSending(db.admin, { weddingId });
    await record([about(sending, { kind: 'bounced', bounceClass: 'soft', code: '4.2.2' })]);
    expect(await deliveryOf(sending)).toMatchObject({
      state: 'bounced',
      reason: 'bounced_soft',
      code: '4.2.2',
    });
    expect(wake.published).toContainEqual({ channel: 'changes', key: weddingId });
    expect(
      await db.admin`select entity, kind from wedding.changes where wedding_id = ${weddingId}`,
    ).toEqual([{ entity: 'message', kind: 'bulk' }]);
  });

  it('counts once, however often and in however many batches it arrives', async () => {
    const sending = await seedSending(db.admin, await seedWedding(db.admin));
    const report = about(sending, { kind: 'bounced', dedupe: 'report-1' });
    expect(await record([report, report])).toMatchObject({ received: 2, recorded: 1 });
    expect(await record([report])).toMatchObject({ recorded: 0 });
    const concurrent = await Promise.all([record([report]), record([report])]);
    expect(concurrent.map(({ recorded }) => recorded)).toEqual([0, 0]);
  });

  it('about nothing that is ours changes nothing and is said to be unknown', async () => {
    const sending = await seedSending(db.admin, await seedWedding(db.admin));
    const foreign = { ...about(sending, { kind: 'bounced' }), deliveryPrefix: 'f'.repeat(16) };
    expect(await record([foreign])).toEqual({ received: 1, recorded: 0, unknown: 1 });
    expect(await statesOf(sending)).toEqual(['sent']);
  });

  it('settles a doubt', async () => {
    for (const state of ['in_doubt', 'claimed', 'ready'] as const) {
      const sending = await seedSending(db.admin, { ...(await seedWedding(db.admin)), state });
      await record([about(sending, { kind: 'delivered' })]);
      expect(await deliveryOf(sending)).toMatchObject({
        state: 'delivered',
        reason: null,
        lease_until: null,
        sent_at: expect.any(Date),
      });
      expect(await miscounts(sending)).toEqual([]);
    }
  });

  it('is remembered even where the delivery had failed, and leaves it so', async () => {
    const sending = await seedSending(db.admin, {
      ...(await seedWedding(db.admin)),
      state: 'ready',
    });
    await db.admin`update wedding.deliveries set state = 'failed', reason = 'rejected'
      where message_id = ${sending.messageId}`;
    expect(await record([about(sending, { kind: 'delivered' })])).toMatchObject({ recorded: 1 });
    expect(await statesOf(sending)).toEqual(['failed']);
  });

  it('never claims to have happened after it arrived', async () => {
    const sending = await seedSending(db.admin, await seedWedding(db.admin));
    await record([about(sending, { kind: 'delivered', at: '2099-01-01T00:00:00Z' })]);
    const [row] = await db.admin`select at <= now() as past from wedding.delivery_events
      where message_id = ${sending.messageId}`;
    expect(row?.past).toBe(true);
  });
});

describe('reports in any order', () => {
  const kinds = ['delivered', 'deferred', 'bounced', 'complained', 'auto_replied'] as const;
  const height = { sent: 1, delivered: 2, bounced: 3, complained: 4 } as const;

  it('come to the highest of them, whatever the batches', async () => {
    const place = await seedWedding(db.admin);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 4 }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (batches) => {
          const sending = await seedSending(db.admin, place);
          for (const batch of batches) await record(batch.map((kind) => about(sending, { kind })));
          const all = batches.flat();
          const reached = (['complained', 'bounced', 'delivered'] as const).find((kind) =>
            all.includes(kind),
          );
          expect(await statesOf(sending)).toEqual([reached ?? 'sent']);
          expect(height[reached ?? 'sent']).toBeGreaterThan(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('arrive at once from many sides without a deadlock or a wrong count', async () => {
    const sending = await seedSending(db.admin, { ...(await seedWedding(db.admin)), count: 60 });
    const reports = sending.prefixes.flatMap((_, index) =>
      kinds.map((kind) => about(sending, { kind }, index)),
    );
    const shuffled = () => reports.toSorted(() => Math.random() - 0.5);
    const answers = await Promise.all([1, 2, 3, 4].map(() => record(shuffled())));
    expect(answers.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(reports.length);
    expect(new Set(await statesOf(sending))).toEqual(new Set(['complained']));
    expect(await miscounts(sending)).toEqual([]);
  });
});

describe('an address', () => {
  it('is stopped at once by a hard bounce', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const sending = await seedSending(db.admin, { weddingId, addresses: ['gone'] });
    await record([about(sending, { kind: 'bounced', code: '5.1.1' })]);
    const rows = await db.admin`
      select channel, address_hash, reason from wedding.suppressions
      where wedding_id = ${weddingId}`;
    expect(rows).toEqual([
      { channel: 'email', address_hash: seededHash('gone'), reason: 'bounced' },
    ]);
  });

  it('is stopped by a complaint, which outweighs an earlier bounce and not a later wish', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const sending = await seedSending(db.admin, { weddingId });
    await record([about(sending, { kind: 'bounced' })]);
    expect(await stopsOf(weddingId)).toEqual(['bounced']);
    await record([about(sending, { kind: 'complained' })]);
    expect(await stopsOf(weddingId)).toEqual(['complained']);
    await record([about(sending, { kind: 'unsubscribed' })]);
    expect(await stopsOf(weddingId)).toEqual(['unsubscribed']);
    await record([about(sending, { kind: 'bounced', dedupe: 'again' })]);
    expect(await stopsOf(weddingId)).toEqual(['unsubscribed']);
  });

  it('is not stopped because a message or its sender was refused', async () => {
    const { weddingId } = await seedWedding(db.admin);
    for (let index = 0; index < 6; index++) {
      const sending = await seedSending(db.admin, { weddingId, addresses: ['one'] });
      await record([about(sending, { kind: 'bounced', bounceClass: 'blocked', code: '5.7.1' })]);
    }
    expect(await stopsOf(weddingId)).toEqual([]);
  });
});

describe('temporary failures', () => {
  const soften = async (weddingId: string, guestId: string, daysAgo: number) => {
    const place = { weddingId, guestId, daysAgo, addresses: ['full'] };
    const sending = await seedSending(db.admin, place);
    await record([about(sending, { kind: 'bounced', bounceClass: 'soft', code: '4.2.2' })]);
  };
  const arrive = async (weddingId: string, guestId: string, daysAgo: number) => {
    const place = { weddingId, guestId, daysAgo, addresses: ['full'] };
    return seedSending(db.admin, place);
  };

  it('stop an address at the fifth in a row', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const { guestId } = await seedGuest(db.admin, { weddingId });
    for (const daysAgo of [40, 30, 20, 10]) await soften(weddingId, guestId, daysAgo);
    expect(await stopsOf(weddingId)).toEqual([]);
    await soften(weddingId, guestId, 1);
    expect(await stopsOf(weddingId)).toEqual(['soft_bounced']);
  });

  it('begin anew after a delivery between', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const { guestId } = await seedGuest(db.admin, { weddingId });
    for (const daysAgo of [50, 40, 30]) await soften(weddingId, guestId, daysAgo);
    await arrive(weddingId, guestId, 25);
    for (const daysAgo of [20, 10]) await soften(weddingId, guestId, daysAgo);
    expect(await stopsOf(weddingId)).toEqual([]);
  });

  it('are not interrupted by a message whose report may still come', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const { guestId } = await seedGuest(db.admin, { weddingId });
    for (const daysAgo of [40, 30, 20, 10]) await soften(weddingId, guestId, daysAgo);
    await arrive(weddingId, guestId, 2);
    await soften(weddingId, guestId, 1);
    expect(await stopsOf(weddingId)).toEqual(['soft_bounced']);
  });
});
