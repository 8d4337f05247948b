import { MessageId, newId, newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { keepMessagePartitions } from './keep-message-partitions.ts';

const db = await createTestDatabase();
const { weddingId } = await seedWedding(db.admin);
const parents = [
  'messages',
  'message_wordings',
  'delivery_counts',
  'deliveries',
  'delivery_events',
];
const keep = () =>
  keepMessagePartitions({
    serviceDb: db.service,
    log: createLogger({ service: 'test', level: 'silent' }),
  });

const partitionOf = async (table: string, messageId: string) => {
  const key = table === 'messages' ? 'id' : 'message_id';
  const [row] = await db.admin.unsafe(
    `select tableoid::regclass::text as part from wedding.${table} where ${key} = $1`,
    [messageId],
  );
  return row?.part as string | undefined;
};

/** A sent message of that id with one delivery. */
async function seedSent(messageId: string) {
  await db.admin`
    insert into wedding.messages (wedding_id, id, kind, title) values (${weddingId}, ${messageId}, 'other', 'Old')`;
  await db.admin`
    insert into wedding.message_wordings (wedding_id, message_id, channel, language, format, subject, body)
    values (${weddingId}, ${messageId}, 'email', 'en', 'text', 'Hello', 'Hello')`;
  await db.admin`
    insert into wedding.deliveries (wedding_id, message_id, id, channel, state, sent_at)
    values (${weddingId}, ${messageId}, ${newUuid()}, 'email', 'sent', now())`;
}

/** Attaches a month of long ago, as it stood there when it was new. */
async function makeMonth(name: string, from: string, to: string) {
  await db.admin.begin(async (tx) => {
    await tx`set local role wedsync_owner`;
    for (const parent of parents) {
      const part = `wedding.${parent}_${name}`;
      await tx.unsafe(`create table ${part} (like wedding.${parent} including all)`);
      await tx.unsafe(`alter table wedding.${parent} attach partition ${part}
        for values from ('${from}') to ('${to}')`);
    }
  });
}

const uuidOf = async (day: string) =>
  (await db.admin`select ops.uuid_of_moment(${day}::timestamptz)::text as id`)[0]?.id as string;

describe('months of the ledger', () => {
  it('stand ready, so that nothing falls into the default partitions', async () => {
    const messageId = newId(MessageId);
    await seedSent(messageId);
    const month = new Date().toISOString().slice(0, 7).replace('-', 'm');
    expect(await partitionOf('messages', messageId)).toBe(`wedding.messages_y${month}`);
    expect(await partitionOf('deliveries', messageId)).toBe(`wedding.deliveries_y${month}`);
    expect(await partitionOf('delivery_counts', messageId)).toBe(
      `wedding.delivery_counts_y${month}`,
    );
    for (const parent of parents) {
      expect(await db.admin.unsafe(`select from wedding.${parent}_default`)).toHaveLength(0);
    }
  });

  it('are made ahead once, however often it is asked for', async () => {
    await keep();
    const [again] = await db.admin`select ops.create_message_partitions(3) as made`;
    expect(again?.made).toBe(0);
    const [further] = await db.admin`select ops.create_message_partitions(5) as made`;
    expect(further?.made).toBe(2 * parents.length);
  });

  it('are retired whole after five years, with everything that hangs on their messages', async () => {
    const bounds = [await uuidOf('2020-03-01Z'), await uuidOf('2020-04-01Z')] as const;
    await makeMonth('y2020m03', ...bounds);
    const old = (await uuidOf('2020-03-15Z')).replace('-0000-0000-', '-7000-8000-');
    const young = newId(MessageId);
    await seedSent(old);
    await seedSent(young);
    // Held by a table that has no months.
    for (const id of [old, young]) {
      await db.admin`
        insert into wedding.message_checks (wedding_id, message_id, state, message_version)
        values (${weddingId}, ${id}, 'running', 1)`;
    }
    expect(await partitionOf('deliveries', old)).toBe('wedding.deliveries_y2020m03');
    await keep();
    for (const parent of parents.filter((name) => name !== 'delivery_events')) {
      expect(await partitionOf(parent, old)).toBeUndefined();
      expect(await partitionOf(parent, young)).toBeDefined();
    }
    const left = await db.admin`select from pg_class where relname like '%_y2020m03'`;
    expect(left).toHaveLength(0);
    expect(await db.admin`select message_id from wedding.message_checks`).toEqual([
      { message_id: young },
    ]);
  });

  it('are not retired before a year, whatever is asked for', async () => {
    const asked = db.admin`select ops.drop_message_partitions('11 months')`;
    await expect(asked).rejects.toMatchObject({ code: '22023' });
  });
});
