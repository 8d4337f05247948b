import { MessageId, newId, newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { organizationStatistics, weddingStatistics } from './queries/statistics.ts';
import { seedAudience } from './testing/seed-audience.ts';

const db = await createTestDatabase();

/** Counts that do not agree with the ledger. */
const differences = (messageId: string) => db.admin`
  select * from (
    select channel, shard, state, coalesce(reason, '') as reason, count(*)::int as n
    from wedding.deliveries where message_id = ${messageId} group by 1, 2, 3, 4) l
  full join (
    select channel, shard, state, reason, n from wedding.delivery_counts
    where message_id = ${messageId} and n <> 0) c using (channel, shard, state, reason)
  where l.n is distinct from c.n`;

async function expanded(guests: number) {
  const place = await seedAudience(db.admin, guests);
  const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
  await db.admin.begin(async (tx) => {
    await tx`select set_config('app.wedding_id', ${place.weddingId}, true)`;
    await tx`select wedding.expand_message(${place.weddingId}, ${messageId}, 50)`;
    await tx`update wedding.messages set state = 'sending' where id = ${messageId}`;
  });
  return { place, messageId };
}

describe('counts', () => {
  it('agree with the ledger through everything that changes it, also at the same time', async () => {
    const { messageId } = await expanded(300);
    const change = () => db.admin`
      update wedding.deliveries d set state = 'failed', reason = 'rejected'
      from (select id from wedding.deliveries where message_id = ${messageId} and state = 'ready'
        order by random() limit 7 for update skip locked) x
      where d.message_id = ${messageId} and d.id = x.id`;
    const send = () => db.admin`
      update wedding.deliveries d set state = 'sent', sent_at = now()
      from (select id from wedding.deliveries where message_id = ${messageId} and state = 'ready'
        order by random() limit 11 for update skip locked) x
      where d.message_id = ${messageId} and d.id = x.id`;
    await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? change() : send())));
    expect(await differences(messageId)).toEqual([]);
    await db.admin`delete from wedding.deliveries where message_id = ${messageId} and state = 'failed'`;
    expect(await differences(messageId)).toEqual([]);
  });

  it('cannot exist without their message, so no delivery can either', async () => {
    const { weddingId } = await seedWedding(db.admin);
    const orphan = db.admin`
      insert into wedding.deliveries (wedding_id, message_id, id, channel, state, reason)
      values (${weddingId}, ${newId(MessageId)}, ${newUuid()}, 'email', 'skipped', 'no_address')`;
    await expect(orphan).rejects.toMatchObject({ code: '23503' });
  });

  it('go with the wedding, and so does the ledger', async () => {
    const { place, messageId } = await expanded(20);
    await db.admin`delete from wedding.weddings where id = ${place.weddingId}`;
    const left = await db.admin`
      select from wedding.deliveries where message_id = ${messageId}
      union all select from wedding.delivery_counts where message_id = ${messageId}`;
    expect(left).toHaveLength(0);
  });
});

describe('the ledger', () => {
  it('keeps a message from being finished while a guest is not accounted for', async () => {
    const { messageId } = await expanded(5);
    const finish = db.admin`
      update wedding.messages set state = 'sent', finished_at = now() where id = ${messageId}`;
    await expect(finish).rejects.toMatchObject({ constraint_name: 'messages_sent_is_complete' });
    await db.admin`
      update wedding.deliveries set state = 'sent', sent_at = now() where message_id = ${messageId}`;
    await db.admin`
      update wedding.messages set audience_count = 6 where id = ${messageId}`;
    const short = db.admin`
      update wedding.messages set state = 'sent', finished_at = now() where id = ${messageId}`;
    await expect(short).rejects.toMatchObject({ constraint_name: 'messages_sent_is_complete' });
  });

  it.each([
    ['sent', 'ready'],
    ['delivered', 'sent'],
    ['bounced', 'delivered'],
    ['complained', 'bounced'],
    ['sent', 'failed'],
  ])('never takes a delivery from %s back to %s', async (from, to) => {
    const { messageId } = await expanded(1);
    await db.admin`
      update wedding.deliveries set state = ${from}, sent_at = now() where message_id = ${messageId}`;
    const back = db.admin`
      update wedding.deliveries set state = ${to}, reason = 'rejected' where message_id = ${messageId}`;
    await expect(back).rejects.toMatchObject({ constraint_name: 'deliveries_only_climb' });
  });
});

describe('statistics', () => {
  it("add up a wedding, and a company over its weddings and nobody else's", async () => {
    const { place, messageId } = await expanded(30);
    await expanded(10);
    await db.admin`
      update wedding.deliveries set state = 'failed', reason = 'rejected'
      where message_id = ${messageId} and id in (
        select id from wedding.deliveries where message_id = ${messageId} limit 4)`;
    const planner = userContext(db.app, place);
    expect(await weddingStatistics(planner)).toEqual({
      messages: 1,
      channels: [{ channel: 'email', counts: { ready: 26, failed: 4 } }],
      reasons: [{ reason: 'rejected', count: 4 }],
    });
    const company = await organizationStatistics(planner);
    expect(company.channels).toEqual([{ channel: 'email', counts: { ready: 26, failed: 4 } }]);
    expect(company.weddings.map(({ weddingId }) => weddingId)).toEqual([place.weddingId]);
  });
});
