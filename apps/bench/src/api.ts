import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventId, GuestId } from '@wedsync/contracts/ids';
import { getGuest, listGuests, recordAnswers } from '@wedsync/guests';
import { findFreePort } from '@wedsync/platform/embedded/free-port';
import { startStack } from '@wedsync/testing/stack';
import autocannon from 'autocannon';
import { captureSql } from './captured-sql.ts';
import { pgbench } from './pgbench.ts';
import { atLeast, atMost, type BenchmarkResult, informs, type Measure, median } from './report.ts';
import { type BenchDatabase, cpuSeconds, openBenchDatabase, signIn, startProcess } from './rig.ts';
import { measureRlsCost } from './rls-cost.ts';

const connections = 50;
const rounds = 3;
/** V8 compiles what is hot only after some thousand requests. */
const warmUpS = 3;
const guestCount = 183;

interface Sample {
  perSecond: number;
  p99Ms: number;
  cpuMsPerRequest: number;
}

interface Target {
  pid: number | undefined;
  requests: autocannon.Request[];
  url: string;
}

async function shoot({ pid, requests, url }: Target, seconds: number): Promise<Sample> {
  const before = await cpuSeconds(pid);
  const result = await autocannon({ url, connections, duration: seconds, requests });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were refusals, ${result.errors} were errors`);
  }
  const cpu = (await cpuSeconds(pid)) - before;
  return {
    perSecond: result.requests.average,
    p99Ms: result.latency.p99,
    cpuMsPerRequest: (cpu * 1_000) / result.requests.total,
  };
}

const middle = (samples: Sample[], key: keyof Sample) => median(samples.map((one) => one[key]));

/** The three operations, as the browser sends them. */
function operations({ wedding }: BenchDatabase) {
  const { weddingId, eventId, guestIds } = wedding;
  const [guestId = ''] = guestIds;
  const answer = (value: 'yes' | 'no') => ({
    eventId: EventId.parse(eventId),
    answer: value,
    guests: [{ guestId: GuestId.parse(guestId) }],
  });
  const query = (name: string, input: object) =>
    `/trpc/${name}?input=${encodeURIComponent(JSON.stringify({ weddingId, ...input }))}`;
  return {
    'by-id': { path: query('guests.get', { guestId }), verb: { guestId: GuestId.parse(guestId) } },
    list: { path: query('guests.list', { limit: 200 }) },
    answer,
    weddingId,
  };
}

async function captureAll(bench: BenchDatabase): Promise<string> {
  const { db, wedding } = bench;
  const { 'by-id': byId, answer } = operations(bench);
  const capture = (verb: Parameters<typeof captureSql>[2]) => captureSql(db.admin, wedding, verb);
  // A running server remembers the wedding's keys.
  await capture((ctx) => getGuest(ctx, byId.verb));
  const statements = {
    'by-id': await capture((ctx) => getGuest(ctx, byId.verb)),
    list: await capture((ctx) => listGuests(ctx, { limit: 200 })),
    'write-yes': await capture((ctx) => recordAnswers(ctx, answer('yes'))),
    'write-no': await capture((ctx) => recordAnswers(ctx, answer('no'))),
  };
  const folder = await mkdtemp(join(tmpdir(), 'wedsync-bench-'));
  const file = join(folder, 'statements.json');
  await writeFile(file, JSON.stringify(statements));
  return file;
}

interface Pair {
  name: string;
  ours: Target;
  raw: Target;
}

/** A/B/A/B: the two targets in turn, so that a drift of the machine hits both alike. */
async function compare({ name, ours, raw }: Pair, seconds: number): Promise<Measure[]> {
  const [mine, theirs]: [Sample[], Sample[]] = [[], []];
  await shoot(ours, warmUpS);
  await shoot(raw, warmUpS);
  for (let round = 0; round < rounds; round++) {
    mine.push(await shoot(ours, seconds));
    theirs.push(await shoot(raw, seconds));
  }
  const yardstick = `raw loop ${middle(theirs, 'perSecond').toFixed(0)}/s, p99 ${middle(theirs, 'p99Ms')} ms, ${middle(theirs, 'cpuMsPerRequest').toFixed(3)} ms CPU`;
  const ratio = median(mine.map((one, round) => one.perSecond / (theirs[round]?.perSecond ?? 1)));
  const measure = { measure: `${name}: throughput ÷ raw loop`, value: ratio, unit: '', yardstick };
  return [
    name === 'by-id' ? atLeast(0.5, measure) : informs(measure),
    informs({
      measure: `${name}: requests`,
      value: middle(mine, 'perSecond'),
      unit: '/s',
      yardstick,
    }),
    informs({ measure: `${name}: p99`, value: middle(mine, 'p99Ms'), unit: 'ms', yardstick }),
    informs({
      measure: `${name}: server CPU per request`,
      value: middle(mine, 'cpuMsPerRequest'),
      unit: 'ms',
      yardstick,
    }),
  ];
}

/** `pnpm bench api`: the whole chain against the same SQL in a raw loop, and row-level security. */
export async function benchApi(seconds: number): Promise<BenchmarkResult> {
  const bench = await openBenchDatabase({ guests: guestCount });
  const { db, wedding } = bench;
  const statements = await captureAll(bench);
  const stack = await startStack(db, {
    API_REQUESTS_PER_MINUTE: '0',
    LOG_LEVEL: 'silent',
    DATABASE_POOL_MAX: '20',
  });
  const port = await findFreePort();
  const rawUrl = `http://127.0.0.1:${port}`;
  const rawFile = fileURLToPath(new URL('raw-server.ts', import.meta.url));
  const raw = await startProcess(
    [rawFile, db.adminUrl, String(port), statements],
    {},
    `${rawUrl}/ready`,
  );
  try {
    const cookie = await signIn(db, {
      userId: wedding.ownerId,
      authSecret: stack.secrets.AUTH_SECRET,
    });
    const { 'by-id': byId, list, answer, weddingId } = operations(bench);
    const headers = { cookie, origin: stack.webUrl, 'content-type': 'application/json' };
    const ours = (requests: autocannon.Request[]): Target => ({
      pid: stack.server.pid,
      url: stack.webUrl.replace('localhost', '127.0.0.1'),
      requests: requests.map((request) => ({ ...request, headers })),
    });
    const theirs = (...names: string[]): Target => ({
      pid: raw.pid,
      url: rawUrl,
      requests: names.map((name) => ({ method: 'GET', path: `/${name}` })),
    });
    const write = (value: 'yes' | 'no'): autocannon.Request => ({
      method: 'POST',
      path: '/trpc/guests.recordAnswers',
      body: JSON.stringify({ weddingId, ...answer(value) }),
    });
    const pairs: Pair[] = [
      { name: 'by-id', ours: ours([{ method: 'GET', path: byId.path }]), raw: theirs('by-id') },
      {
        name: 'list of 183',
        ours: ours([{ method: 'GET', path: list.path }]),
        raw: theirs('list'),
      },
      {
        name: 'write',
        ours: ours([write('yes'), write('no')]),
        raw: theirs('write-yes', 'write-no'),
      },
    ];
    const measures: Measure[] = [];
    for (const pair of pairs) measures.push(...(await compare(pair, seconds)));
    measures.push(...(await pgbench({ statements, url: db.adminUrl, seconds })));
    measures.push(
      atMost(5, {
        measure: 'row-level security: reading 10,000 guests',
        ...(await measureRlsCost(db, 'rows')),
      }),
      informs({
        measure: 'row-level security: only counting 10,000 guests',
        ...(await measureRlsCost(db, 'count')),
      }),
    );
    return { name: 'api', measures };
  } finally {
    await raw.stop();
    await stack.stop();
    await bench.close();
    await rm(join(statements, '..'), { recursive: true, force: true });
  }
}
