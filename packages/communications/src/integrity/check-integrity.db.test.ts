import type { IntegrityCheckName } from '@wedsync/contracts/communications-integrity';
import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import { systemContext } from '@wedsync/testing/contexts';
import { seededHash, seedSending } from '@wedsync/testing/factories/deliveries';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkIntegrity } from './check-integrity.ts';
import { retireFeedback } from './retire-feedback.ts';

const db = await createTestDatabase();
const log = createLogger({ service: 'test', level: 'silent' });
const check = (days = 40) =>
  checkIntegrity(
    {
      serviceDb: db.service,
      service: ({ orgId, weddingId }) =>
        systemContext(db.worker, {
          ...(orgId ? { orgId } : {}),
          ...(weddingId ? { weddingId } : {}),
        }),
      log,
    },
    { days },
  );
const findings = (state = 'open') =>
  db.admin<
    {
      check_name: IntegrityCheckName;
      message_id: string | null;
      details: Record<string, unknown>;
    }[]
  >`select check_name, message_id, details from ops.integrity_findings where state = ${state}`;
const names = async (state?: string) =>
  (await findings(state)).map(({ check_name }) => check_name).toSorted();

/** Triggers keep people from breaking the ledger; a broken disk or a wrong migration does not ask. */
const behindTheTriggers = (work: (sql: typeof db.admin) => Promise<unknown>) =>
  db.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    // A transaction of postgres.js is called like the connection it belongs to.
    await work(sql as typeof db.admin & typeof sql);
  });

beforeEach(async () => {
  await behindTheTriggers(async (sql) => {
    await sql`delete from wedding.delivery_events`;
    await sql`delete from wedding.deliveries`;
    await sql`delete from wedding.delivery_counts`;
    await sql`delete from wedding.messages`;
    await sql`delete from wedding.suppressions`;
    await sql`delete from wedding.message_templates`;
    await sql`delete from ops.integrity_findings`;
    await sql`delete from ops.integrity_runs`;
  });
});

describe('the integrity check', () => {
  it('finds nothing in a ledger that is whole, and says that it looked', async () => {
    const { weddingId } = await seedWedding(db.admin);
    for (const state of ['sent', 'ready', 'in_doubt', 'claimed'] as const) {
      await seedSending(db.admin, { weddingId, state, count: 3 });
    }
    await check();
    expect(await findings()).toEqual([]);
    const [run] = await db.admin`select finished_at, checks from ops.integrity_runs`;
    expect(run?.finished_at).toBeInstanceOf(Date);
    expect(run?.checks).toHaveLength(15);
  });

  it('counts anew where the counts differ, and says so', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const { messageId } = await seedSending(db.admin, { weddingId, count: 5 });
    await behindTheTriggers(
      (sql) => sql`update wedding.delivery_counts set n = 7 where message_id = ${messageId}`,
    );
    await check();
    expect(await findings()).toEqual([]);
    expect(await names('repaired')).toEqual(['ledger.counts']);
    const [row] = await db.admin`
      select sum(n)::int as n from wedding.delivery_counts where message_id = ${messageId}`;
    expect(row?.n).toBe(5);
  });

  it('ends a message that has nothing left to send', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const { messageId } = await seedSending(db.admin, { weddingId });
    await db.admin`update wedding.messages set queued_at = now() - interval '1 hour'
      where id = ${messageId}`;
    await check();
    expect(await names('repaired')).toEqual(['ledger.unfinished']);
    const [row] = await db.admin`select state from wedding.messages where id = ${messageId}`;
    expect(row?.state).toBe('sent');
  });

  it('removes reports about deliveries that are gone', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const { messageId } = await seedSending(db.admin, { weddingId });
    await db.admin`
      insert into wedding.delivery_events (wedding_id, message_id, delivery_id, id, kind, source, at)
      values (${weddingId}, ${messageId}, ${newUuid()}, ${newUuid()}, 'delivered', 'mail', now())`;
    await check();
    expect(await names('repaired')).toEqual(['ledger.orphan_events']);
    expect(await db.admin`select from wedding.delivery_events`).toHaveLength(0);
  });

  it('names what no machine may mend', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const missing = await seedSending(db.admin, { weddingId, count: 4 });
    await db.admin`update wedding.messages set audience_count = 9 where id = ${missing.messageId}`;
    const stuck = await seedSending(db.admin, { weddingId, state: 'claimed' });
    await db.admin`update wedding.deliveries set lease_until = now() - interval '1 hour'
      where message_id = ${stuck.messageId}`;
    const { guestId, householdId } = await seedGuest(db.admin, { weddingId });
    const twice = await seedSending(db.admin, { weddingId, guestId, addresses: ['a', 'a'] });
    await db.admin`update wedding.deliveries set household_id = ${householdId}
      where message_id = ${twice.messageId}`;
    await check();
    const found = await findings();
    expect(found.map(({ check_name, message_id }) => [check_name, message_id])).toEqual(
      expect.arrayContaining([
        ['ledger.audience', missing.messageId],
        ['ledger.stuck_lease', stuck.messageId],
        ['ledger.twice', twice.messageId],
      ]),
    );
    expect(found).toHaveLength(3);
  });

  it('finds what left against a guest’s wish', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const { guestId } = await seedGuest(db.admin, { weddingId });
    const mailed = await seedSending(db.admin, { weddingId, addresses: ['stopped'] });
    await db.admin`
      insert into wedding.suppressions (wedding_id, channel, address_hash, reason, created_at)
      values (${weddingId}, 'email', ${seededHash('stopped')}, 'unsubscribed', now() - interval '1 hour')`;
    const texted = await seedSending(db.admin, { weddingId, guestId, channel: 'sms' });
    await check();
    const found = await findings();
    expect(found.map(({ check_name, message_id }) => [check_name, message_id])).toEqual(
      expect.arrayContaining([
        ['rules.sent_after_suppression', mailed.messageId],
        ['rules.sent_without_consent', texted.messageId],
      ]),
    );
    expect(JSON.stringify(found)).not.toContain('stopped@');
  });

  it('finds texts that left at night where their number is at home', async () => {
    const { weddingId } = await seedWedding(db.admin, { timeZone: 'Europe/Lisbon' });
    const phones = { lisbon: '+351912345678', tokyo: '+819012345678' };
    const textAt = async (phone: string, sentAt: string) => {
      const { guestId } = await seedGuest(db.admin, { weddingId, phone });
      const { messageId } = await seedSending(db.admin, { weddingId, guestId, channel: 'sms' });
      await db.admin`
        update wedding.deliveries d set sent_at = ${sentAt}, address_cipher = g.phone_cipher
        from wedding.guests g where d.message_id = ${messageId} and g.id = ${guestId}`;
      await db.admin`
        insert into wedding.consents
          (wedding_id, id, guest_id, channel, purpose, status, how, recorded_by_kind, at)
        values (${weddingId}, ${newUuid()}, ${guestId}, 'sms', 'relationship', 'granted', 'verbal',
          'user', '2026-01-01')`;
      return messageId;
    };
    await textAt(phones.lisbon, '2026-07-01T11:00:00Z');
    await textAt(phones.tokyo, '2026-07-01T11:00:00Z');
    const nights = [
      await textAt(phones.lisbon, '2026-07-01T03:00:00Z'),
      await textAt(phones.tokyo, '2026-07-01T18:00:00Z'),
    ];
    await check();
    const found = await findings();
    expect(new Set(found.map(({ check_name }) => check_name))).toEqual(
      new Set(['rules.quiet_hours']),
    );
    expect(found.map(({ message_id }) => message_id).toSorted()).toEqual(nights.toSorted());
    expect(JSON.stringify(found)).not.toContain('912345678');
  });

  it('finds rows outside the months and templates that cannot be rendered', async () => {
    const { weddingId } = await seedWedding(db.admin);
    await db.admin`
      insert into wedding.messages (wedding_id, id, kind, title)
      values (${weddingId}, '00000000-0001-7000-8000-000000000001', 'other', 'old')`;
    const templateId = newUuid();
    await db.admin`
      insert into wedding.message_templates (wedding_id, id, kind, name)
      values (${weddingId}, ${templateId}, 'other', 'Broken')`;
    await db.admin`
      insert into wedding.template_versions
        (wedding_id, template_id, version, kind, name, default_language)
      values (${weddingId}, ${templateId}, 1, 'other', 'Broken', 'en')`;
    await db.admin`
      insert into wedding.template_wordings
        (wedding_id, template_id, version, channel, language, format, subject, body)
      values (${weddingId}, ${templateId}, 1, 'email', 'en', 'text', 'Hello', 'Dear {{ nobody }}')`;
    await check();
    expect(await names()).toEqual(['ledger.default_partition', 'templates.syntax']);
  });

  it('reports a break once however often it looks, and closes it when it is gone', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const { messageId } = await seedSending(db.admin, { weddingId, count: 2 });
    const setAudience = (n: number) =>
      db.admin`update wedding.messages set audience_count = ${n} where id = ${messageId}`;
    await setAudience(3);
    await check();
    await check();
    expect(await names()).toEqual(['ledger.audience']);
    await setAudience(2);
    await check();
    expect(await names()).toEqual([]);
    expect(await names('gone')).toEqual(['ledger.audience']);
    await setAudience(3);
    await check();
    await db.admin`
      update ops.integrity_findings set state = 'accepted', closed_at = now() where state = 'open'`;
    await check();
    expect(await names()).toEqual([]);
  });

  it('counts a running message rightly while it is being counted anew', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const sending = await seedSending(db.admin, { weddingId, count: 200, state: 'ready' });
    const send = async () => {
      for (const id of sending.deliveryIds) {
        await db.admin`update wedding.deliveries set state = 'sent', sent_at = now()
          where message_id = ${sending.messageId} and id = ${id}`;
      }
    };
    const recount = async () => {
      for (let time = 0; time < 40; time++) {
        await db.service.run('feedback.maintain', (tx) =>
          tx.execute(`select ops.recount_deliveries('${weddingId}', '${sending.messageId}')`),
        );
      }
    };
    await Promise.all([send(), recount()]);
    const rows = await db.admin`
      select state, sum(n)::int as n from wedding.delivery_counts
      where message_id = ${sending.messageId} group by state having sum(n) <> 0`;
    expect(rows).toEqual([{ state: 'sent', n: 200 }]);
  });
});

it('what is no longer needed is removed, and the rest is kept', async () => {
  await db.admin`
    insert into ops.webhook_receipts (channel, provider, receipt_hash, answer, received_at) values
      ('email', 'relay', sha256('old'), '{}', now() - interval '8 days'),
      ('email', 'relay', sha256('new'), '{}', now())`;
  await retireFeedback({ serviceDb: db.service });
  expect(await db.admin`select from ops.webhook_receipts`).toHaveLength(1);
});
