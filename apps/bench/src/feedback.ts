import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import {
  type DeliveryReport,
  findUnsubscribeLink,
  recordDeliveryEvents,
  unsubscribeAddress,
} from '@wedsync/communications';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { createTestWake, systemContext } from '@wedsync/testing/contexts';
import { type SeededSending, seedSending } from '@wedsync/testing/factories/deliveries';
import {
  atLeast,
  atMost,
  type BenchmarkResult,
  type Measure,
  median,
  percentile,
} from './report.ts';
import { openBenchDatabase } from './rig.ts';

const deliveries = 20_000;
const batchMax = 1_000;
const lanes = 2;
const rounds = 3;

/** Each delivery is reported delivered and a tenth bounced; a tenth comes twice; in no order. */
function reportsAbout({ messageId, prefixes }: SeededSending): DeliveryReport[] {
  const at = new Date().toISOString();
  const reports = prefixes.flatMap((deliveryPrefix, index): DeliveryReport[] => {
    const base = { messageId, deliveryPrefix, source: 'webhook', at } as const;
    const delivered = { ...base, kind: 'delivered', dedupe: `d${index}` } as const;
    if (index % 10 > 0) return [delivered];
    const bounceClass = index % 20 === 0 ? 'hard' : 'soft';
    const bounced = { ...base, kind: 'bounced', bounceClass, code: '5.2.2' } as const;
    return [delivered, { ...bounced, dedupe: `b${index}` }];
  });
  const twice = reports.filter((_, index) => index % 10 === 5);
  return [...reports, ...twice]
    .map((report) => ({ report, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ report }) => report);
}

async function rateOf(
  reports: readonly DeliveryReport[],
  work: (batch: DeliveryReport[]) => Promise<unknown>,
): Promise<number> {
  const batches: DeliveryReport[][] = [];
  for (let from = 0; from < reports.length; from += batchMax) {
    batches.push(reports.slice(from, from + batchMax));
  }
  const startedAt = performance.now();
  const lane = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) await work(batch);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return (reports.length / (performance.now() - startedAt)) * 1_000;
}

/** Events a second, next to storing the same events in a table without keys, rules or ledger. */
export async function measureIngestion(db: TestDatabase, weddingId: string): Promise<Measure> {
  await db.admin`create table public.bare_events (message_id uuid, prefix text, kind text, at timestamptz)`;
  const wake = createTestWake();
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const reports = reportsAbout(await seedSending(db.admin, { weddingId, count: deliveries }));
    bare.push(
      await rateOf(
        reports,
        (batch) => db.admin`
          insert into public.bare_events
          select r."messageId", r."deliveryPrefix", r.kind, r.at
          from jsonb_to_recordset(${JSON.stringify(batch)}::text::jsonb) as r (
            "messageId" uuid, "deliveryPrefix" text, kind text, at timestamptz)`,
      ),
    );
    ours.push(
      await rateOf(reports, (batch) =>
        recordDeliveryEvents({ serviceDb: db.service, wake }, batch),
      ),
    );
  }
  const yardstick = `plain insert of the same, ${Math.round(median(bare))}/s`;
  const value = Math.round(median(ours));
  return atLeast(5_000, { measure: 'events recorded', value, unit: '/s', yardstick }, 20_000);
}

/** One click while a message to many is under way in the same wedding. */
async function oneClick(db: TestDatabase, place: { orgId: string; weddingId: string }) {
  const { weddingId } = place;
  const clicks = 300;
  await seedSending(db.admin, { weddingId, count: deliveries, state: 'ready' });
  const tokens = Array.from(
    { length: clicks },
    (_, index) => `token-${String(index).padStart(16, '0')}`,
  );
  for (const token of tokens) {
    await db.admin`
      insert into wedding.unsubscribe_links (wedding_id, guest_id, channel, address_hash, token_hash)
      values (${weddingId}, gen_random_uuid(), 'email', ${createHash('sha256').update(`a${token}`).digest()},
        ${createHash('sha256').update(token).digest()})`;
  }
  const times: number[] = [];
  for (const token of tokens) {
    const startedAt = performance.now();
    const link = await findUnsubscribeLink(db.app, token);
    if (link) await unsubscribeAddress(systemContext(db.app, place), link);
    times.push(performance.now() - startedAt);
  }
  const yardstick = `p50 ${percentile(times, 50).toFixed(1)} ms, ${deliveries} rows ready`;
  const value = percentile(times, 99);
  return atMost(100, { measure: 'one-click unsubscribe p99', value, unit: 'ms', yardstick }, 20);
}

/** What comes back: reports recorded, and one click in the middle of a send. */
export async function benchFeedback(): Promise<BenchmarkResult> {
  const { db, wedding, close } = await openBenchDatabase({ guests: 10 });
  try {
    const { weddingId, orgId } = wedding;
    const measures = [
      await measureIngestion(db, weddingId),
      await oneClick(db, { weddingId, orgId }),
    ];
    return { name: 'feedback', measures };
  } finally {
    await close();
  }
}
