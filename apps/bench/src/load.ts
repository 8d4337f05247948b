import type { TestDatabase } from '@wedsync/db/testing/database';
import { startStack } from '@wedsync/testing/stack';
import autocannon from 'autocannon';
import { atLeast, type BenchmarkResult, informs, median } from './report.ts';
import { openBenchDatabase, residentMiB, signIn } from './rig.ts';
import { type SeededWedding, seedGuests } from './seed.ts';

const users = 1_000;
const weddings = 50;
const guestsPerWedding = 183;
const successGoalPercent = 99.9;

/** A planner at work, in the proportions of an ordinary day: mostly reading, one write in ten. */
function requestsOf(wedding: SeededWedding, index: number, headers: Record<string, string>) {
  const { weddingId, eventId, guestIds } = wedding;
  const guestAt = (step: number) => guestIds[(index * 7 + step * 13) % guestIds.length];
  const get = (name: string, input: object): autocannon.Request => ({
    method: 'GET',
    path: `/trpc/${name}?input=${encodeURIComponent(JSON.stringify({ weddingId, ...input }))}`,
    headers,
  });
  const answer = (value: 'yes' | 'no'): autocannon.Request => ({
    method: 'POST',
    path: '/trpc/guests.recordAnswers',
    headers,
    body: JSON.stringify({
      weddingId,
      eventId,
      answer: value,
      guests: [{ guestId: guestAt(0) }],
    }),
  });
  const read = (step: number) => get('guests.get', { guestId: guestAt(step) });
  const day = [
    ...[
      get('guests.list', { limit: 100 }),
      read(1),
      read(2),
      get('guests.search', { query: 'fam' }),
    ],
    ...[read(3), answer('yes'), get('guests.summary', {}), read(4), read(5)],
    ...[
      get('guests.list', { limit: 100 }),
      read(6),
      read(7),
      get('guests.search', { query: 'gest' }),
    ],
    ...[read(8), answer('no'), get('guests.summary', {}), read(9), read(10)],
  ];
  // Nobody begins the day at the same step.
  const start = index % day.length;
  return [...day.slice(start), ...day.slice(0, start)];
}

export interface LoadOptions {
  users: number;
  seconds: number;
  redisUrl?: string | undefined;
}

export interface LoadFigures {
  successPercent: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Resident memory of the server in MiB, once a second. */
  memory: number[];
}

/** Users of 50 weddings at once, each sends its next request when it has its answer. */
export async function measureLoad(
  db: TestDatabase,
  { users, seconds, redisUrl }: LoadOptions,
): Promise<LoadFigures> {
  const all: SeededWedding[] = [];
  while (all.length < weddings) all.push(await seedGuests(db.admin, guestsPerWedding));
  const stack = await startStack(db, {
    API_REQUESTS_PER_MINUTE: '0',
    DATABASE_POOL_MAX: '24',
    REDIS_URL: redisUrl,
  });
  const memory: number[] = [];
  const sampler = setInterval(async () => memory.push(await residentMiB(stack.server.pid)), 1_000);
  try {
    const planners = await Promise.all(
      all.map(async (wedding) => ({
        wedding,
        cookie: await signIn(db, {
          userId: wedding.ownerId,
          authSecret: stack.secrets.AUTH_SECRET,
        }),
      })),
    );
    let next = 0;
    const result = await autocannon({
      url: stack.webUrl.replace('localhost', '127.0.0.1'),
      connections: users,
      duration: seconds,
      timeout: 30,
      setupClient(client) {
        const index = next++;
        const planner = planners[index % planners.length];
        if (!planner) return;
        const { cookie, wedding } = planner;
        const headers = { cookie, origin: stack.webUrl, 'content-type': 'application/json' };
        client.setRequests(requestsOf(wedding, index, headers));
      },
    });
    const failed = result.non2xx + result.errors;
    const attempts = result.requests.total + result.errors;
    return {
      successPercent: ((attempts - failed) / attempts) * 100,
      perSecond: result.requests.average,
      p50Ms: result.latency.p50,
      p99Ms: result.latency.p99,
      memory,
    };
  } finally {
    clearInterval(sampler);
    await stack.stop();
  }
}

/** `pnpm bench load`: 1,000 virtual users. */
export async function benchLoad(seconds: number): Promise<BenchmarkResult> {
  const { db, close } = await openBenchDatabase({ guests: 1 });
  try {
    const figures = await measureLoad(db, { users, seconds });
    const { memory } = figures;
    const tenth = Math.max(1, Math.floor(memory.length / 10));
    const yardstick = `${users} users, ${weddings} weddings of ${guestsPerWedding}, ${seconds} s`;
    const of = (measure: string, value: number, unit: string) => ({
      measure,
      value,
      unit,
      yardstick,
    });
    return {
      name: 'load',
      measures: [
        atLeast(successGoalPercent, of('success', figures.successPercent, '%')),
        informs(of('requests', figures.perSecond, '/s')),
        informs(of('latency p50', figures.p50Ms, 'ms')),
        informs(of('latency p99', figures.p99Ms, 'ms')),
        informs({
          measure: 'server memory, last tenth of the run',
          value: median(memory.slice(-tenth)),
          unit: 'MiB',
          yardstick: `${median(memory.slice(tenth, 2 * tenth)).toFixed(0)} MiB in the second tenth`,
        }),
      ],
    };
  } finally {
    await close();
  }
}
