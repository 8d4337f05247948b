import { missingPackage } from '@wedsync/platform/required-package';
import { startTestRedis } from '@wedsync/queue/testing/redis';
import postgres from 'postgres';
import {
  type Arena,
  type Contestant,
  startBare,
  startOurs,
  type Work,
} from './queue-contestants.ts';
import { atLeast, type BenchmarkResult, informs, type Measure, median } from './report.ts';
import { openBenchDatabase } from './rig.ts';

/** Jobs at once, in both contestants. */
const concurrency = 50;
const rounds = 5;
const warmUpJobs = 1_000;
const loneJobs = 200;
const ratioGoal = 0.8;

/**
 * Jobs per second from handing them over to the last one done, in one process: bare BullMQ (addBulk
 * and a worker) against our pipeline (rows committed to the outbox, relay, ticket, claim under a
 * lease, handler, result recorded in the row). Both run the same handler: one that does nothing,
 * which shows the cost of the machinery, and one that commits a row, as the least of our jobs does.
 * Both hand over 500 jobs a call. PostgreSQL is durable (fsync on); Redis is not (no append-only file), in favour of bare BullMQ.
 */
export async function benchQueue(seconds: number): Promise<BenchmarkResult> {
  const { db: database, close } = await openBenchDatabase({ guests: 1 });
  const redis = missingPackage('redis-server') ? undefined : await startTestRedis();
  await database.admin.unsafe(`
    create schema bench;
    create table bench.effects (at timestamptz not null);
    grant usage on schema bench to wedsync_worker;
    grant insert on bench.effects to wedsync_worker;`);
  const sql = postgres(database.url('worker'), { max: 16 });
  const works: Record<string, Work> = {
    'no work': () => Promise.resolve(),
    'one committed row': () => sql`insert into bench.effects (at) values (now())`,
  };
  const measures: Measure[] = [];
  try {
    const postgresOnly = { database, concurrency };
    measures.push(...(await compare('PostgreSQL', { arena: postgresOnly, works, seconds })));
    if (redis) {
      const arena = { ...postgresOnly, redisUrl: redis.url };
      measures.push(...(await compare('Redis', { arena, works, seconds })));
    }
  } finally {
    await sql.end();
    await redis?.stop();
    await close();
  }
  return { name: 'queue', measures };
}

interface Comparison {
  arena: Arena;
  works: Readonly<Record<string, Work>>;
  seconds: number;
}

async function compare(backend: string, { arena, works, seconds }: Comparison): Promise<Measure[]> {
  // Ours first: it makes the tables that BullMQ needs on PostgreSQL.
  const ours = await startOurs(arena);
  const bare = await startBare(arena);
  const measures: Measure[] = [];
  try {
    for (const [name, work] of Object.entries(works)) {
      measures.push(
        ...(await race({ bare, ours }, { title: `${backend}, ${name}`, work, seconds })),
      );
    }
    measures.push(...(await loneJobLatency({ bare, ours }, backend)));
  } finally {
    await bare.close();
    await ours.close();
  }
  return measures;
}

interface Pair {
  bare: Contestant;
  ours: Contestant;
}

/** Both in turn, A B A B, each for about `seconds / 2`; the medians of the rounds. */
async function race(
  { bare, ours }: Pair,
  { title, work, seconds }: { title: string; work: Work; seconds: number },
): Promise<Measure[]> {
  await ours.run(warmUpJobs, work);
  const warmUpMs = await bare.run(warmUpJobs, work);
  const jobs = Math.max(warmUpJobs, Math.round((warmUpJobs / warmUpMs) * seconds * 500));
  const samples: { bare: Sample; ours: Sample }[] = [];
  for (let round = 0; round < rounds; round++) {
    samples.push({ bare: await sample(bare, jobs, work), ours: await sample(ours, jobs, work) });
  }
  const of = (pick: (pair: { bare: Sample; ours: Sample }) => number) => median(samples.map(pick));
  const bareRate = of((pair) => pair.bare.jobsPerSecond);
  return [
    atLeast(ratioGoal, {
      measure: `${title}: jobs/s, ours / bare`,
      value: of((pair) => pair.ours.jobsPerSecond / pair.bare.jobsPerSecond),
      unit: 'x',
      yardstick: `bare BullMQ, ${Math.round(bareRate)} jobs/s`,
    }),
    informs({
      measure: `${title}: throughput`,
      value: Math.round(of((pair) => pair.ours.jobsPerSecond)),
      unit: 'jobs/s',
      yardstick: `bare BullMQ, ${Math.round(bareRate)} jobs/s`,
    }),
    informs({
      measure: `${title}: CPU of the process`,
      value: Math.round(of((pair) => pair.ours.cpuUs)),
      unit: 'µs/job',
      yardstick: `bare BullMQ, ${Math.round(of((pair) => pair.bare.cpuUs))} µs/job`,
    }),
  ];
}

interface Sample {
  jobsPerSecond: number;
  cpuUs: number;
}

async function sample(contestant: Contestant, jobs: number, work: Work): Promise<Sample> {
  const before = process.cpuUsage();
  const tookMs = await contestant.run(jobs, work);
  const { user, system } = process.cpuUsage(before);
  return { jobsPerSecond: (jobs / tookMs) * 1_000, cpuUs: (user + system) / jobs };
}

/** From handing over one job to its end, while nothing else is going on. */
async function loneJobLatency({ bare, ours }: Pair, backend: string): Promise<Measure[]> {
  const times = { bare: [] as number[], ours: [] as number[] };
  const nothing: Work = () => Promise.resolve();
  for (let index = 0; index < loneJobs; index++) {
    times.bare.push(await bare.run(1, nothing));
    times.ours.push(await ours.run(1, nothing));
  }
  return [50, 95, 99].map((percent) =>
    informs({
      measure: `${backend}, lone job: p${percent}`,
      value: percentile(times.ours, percent),
      unit: 'ms',
      yardstick: `bare BullMQ, ${percentile(times.bare, percent).toFixed(1)} ms`,
    }),
  );
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
  );
}
