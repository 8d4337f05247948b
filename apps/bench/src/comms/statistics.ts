import { getMessage, listMessages, weddingStatistics } from '@wedsync/communications';
import type { Place } from '@wedsync/communications/testing/rig';
import type { MessageId } from '@wedsync/contracts/ids';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { atMost, informs, type Measure, percentile } from '../report.ts';

const rowsPerMessage = 100_000;
const calls = 200;

/** A finished message whose ledger is written behind the pipeline's back, by the database alone. */
async function seedFinished(db: TestDatabase, place: Place, rows: number): Promise<MessageId> {
  const { weddingId } = place;
  const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
  await db.admin.begin(async (sql) => {
    await sql`
      update wedding.messages set state = 'sending', audience_count = ${rows}, expanded_at = now()
      where wedding_id = ${weddingId} and id = ${messageId}`;
    await sql`
      insert into wedding.deliveries (wedding_id, message_id, id, guest_id, channel, address_hash,
        shard, state, reason, sent_at)
      select ${weddingId}, ${messageId}, gen_random_uuid(), gen_random_uuid(), 'email',
        sha256(n::text::bytea), n / 2500,
        case when n % 100 < 90 then 'delivered' when n % 100 < 95 then 'sent'
          when n % 100 < 98 then 'bounced' else 'skipped' end,
        case when n % 100 >= 98 then 'suppressed' end,
        case when n % 100 < 98 then now() end
      from generate_series(1, ${rows}::int) n`;
    await sql`
      update wedding.messages set state = 'sent', finished_at = now()
      where wedding_id = ${weddingId} and id = ${messageId}`;
  });
  return messageId;
}

/** The pages with numbers, read as a planner reads them, on a ledger of `rows` rows. */
export async function measureStatistics(
  db: TestDatabase,
  { place, userId, rows }: { place: Place; userId: string; rows: number },
): Promise<Measure[]> {
  const ids: MessageId[] = [];
  for (let written = 0; written < rows; written += rowsPerMessage) {
    ids.push(await seedFinished(db, place, Math.min(rowsPerMessage, rows - written)));
  }
  await db.admin`vacuum analyze wedding.delivery_counts`;
  await db.admin`analyze wedding.messages`;
  const ctx = userContext(db.app, { ...place, userId });
  const pages = {
    statistics: () => weddingStatistics(ctx),
    message: (call: number) => getMessage(ctx, { id: ids[call % ids.length] ?? '' }),
    list: () => listMessages(ctx, { limit: 50 }),
  };
  const timesOf = async (page: (call: number) => Promise<unknown>) => {
    const times: number[] = [];
    for (let call = 0; call < calls; call++) {
      const startedAt = performance.now();
      await page(call);
      times.push(performance.now() - startedAt);
    }
    return times;
  };
  const statistics = await timesOf(pages.statistics);
  const [message, list] = [await timesOf(pages.message), await timesOf(pages.list)];
  const ledger = `${rows.toLocaleString('en')} rows in ${ids.length} messages, no cache`;
  const ms = (measure: string, times: readonly number[]) => ({
    measure,
    value: percentile(times, 95),
    unit: 'ms',
    yardstick: `${ledger}, p50 ${percentile(times, 50).toFixed(1)} ms`,
  });
  return [
    atMost(50, ms('statistics page p95', statistics), 15),
    informs(ms('report of one message p95', message)),
    informs(ms('list of 50 messages p95', list)),
  ];
}
