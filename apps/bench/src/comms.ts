import { OrgId, WeddingId } from '@wedsync/contracts/ids';
import { missingPackage } from '@wedsync/platform/required-package';
import { startTestRedis } from '@wedsync/queue/testing/redis';
import { measureExpansion, seedOrdinaryAudience } from './comms/expansion.ts';
import { measureFloors } from './comms/floors.ts';
import { killCampaign } from './comms/kill.ts';
import { measureStatistics } from './comms/statistics.ts';
import { measureThroughput } from './comms/throughput.ts';
import { measureWhileSending } from './comms/while-sending.ts';
import { measureIngestion } from './feedback.ts';
import type { BenchmarkResult, Measure } from './report.ts';
import { type BenchDatabase, openBenchDatabase } from './rig.ts';

export interface CommsOptions {
  /** Also print what the customer asked for at least, on both backends. */
  floors: boolean;
  /** Instead of all else: kill the worker this often in one mailing. */
  kills: number | undefined;
  /** Guests of the mailings that are compared. */
  guests: number;
  /** Guests of the large mailing. */
  guestsLarge: number;
  /** Rows of the ledger under the statistics pages. */
  ledgerRows: number;
}

export const commsDefaults: CommsOptions = {
  floors: false,
  kills: undefined,
  guests: 20_000,
  guestsLarge: 100_000,
  ledgerRows: 10_000_000,
};

const rounds = 3;

const say = (text: string) => process.stderr.write(`${text}\n`);

async function measureAll(
  { db, wedding }: BenchDatabase,
  options: CommsOptions & { redisUrl: string | undefined },
): Promise<Measure[]> {
  const { guests, guestsLarge, redisUrl } = options;
  say('1/5 throughput, four contestants in turn');
  const throughput = await measureThroughput(db, { guests, rounds, redisUrl });
  say('2/5 expansion');
  const place = await seedOrdinaryAudience(db, guestsLarge);
  const expansion = await measureExpansion(db, { place, guests: guestsLarge });
  say('3/5 while sending');
  const sending = await measureWhileSending(db, { place, guests: guestsLarge });
  say('4/5 events');
  const events = await measureIngestion(db, wedding.weddingId);
  const floors = options.floors
    ? await measureFloors(db, {
        place,
        guests: guestsLarge,
        redisUrl,
        eventsPerSecond: events.value,
      })
    : [];
  say(`5/5 statistics, on ${options.ledgerRows.toLocaleString('en')} rows of the ledger`);
  const userId = wedding.ownerId;
  const statistics = await measureStatistics(db, {
    place: { orgId: OrgId.parse(wedding.orgId), weddingId: WeddingId.parse(wedding.weddingId) },
    userId,
    rows: options.ledgerRows,
  });
  return [...throughput, expansion, ...sending, events, ...statistics, ...floors];
}

/** `pnpm bench comms`: mailings against other ways to send them, and what else their planners feel. */
export async function benchComms(options: CommsOptions): Promise<BenchmarkResult> {
  const bench = await openBenchDatabase({ guests: 1 });
  const redis = missingPackage('redis-server') ? undefined : await startTestRedis();
  try {
    const measures =
      options.kills === undefined
        ? await measureAll(bench, { ...options, redisUrl: redis?.url })
        : await killCampaign(bench.db, options.kills);
    return { name: 'comms', measures };
  } finally {
    await redis?.stop();
    await bench.close();
  }
}
