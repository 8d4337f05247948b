import type { EventId } from '@wedsync/contracts/ids';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { createLogger } from '@wedsync/platform/log';
import { searchGuests } from '@wedsync/seating';
import { userContext } from '@wedsync/testing/contexts';
import { type SeedPlan, seedPlan } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { startStack } from '@wedsync/testing/stack';
import autocannon from 'autocannon';
import { atLeast, atMost, type BenchmarkResult, informs, type Measure } from './report.ts';
import { openBenchDatabase, signIn } from './rig.ts';

const clients = 1_000;
const weddings = 50;
const guestsPerWedding = 183;
const tablesPerWedding = 40;
const seatsPerTable = 8;
/** 64 people at one plan have two guests each as well. */
const guestsPerClient = 2;
const writersOfOnePlan = 64;
const searchable = 5_000;

interface BenchPlan extends SeedPlan {
  orgId: string;
  weddingId: string;
  ownerId: string;
  eventId: EventId;
}

async function seedBenchPlan(db: TestDatabase, guests: number): Promise<BenchPlan> {
  const wedding = await seedWedding(db.admin, { events: 1 });
  const [eventId] = wedding.eventIds;
  if (!eventId) throw new Error('an event was seeded');
  const { weddingId } = wedding;
  const plan = await seedPlan(db.admin, {
    weddingId,
    eventId,
    guests,
    tables: tablesPerWedding,
    seatCount: seatsPerTable,
  });
  return { ...wedding, ...plan, eventId };
}

/**
 * What one planner does, over and over: the eight kinds of operations, with guests of their own, so
 * that a refusal is a fault and not a quarrel over a seat.
 */
function requestsOf(plan: BenchPlan, place: number, headers: Record<string, string>) {
  const { weddingId, eventId, tables } = plan;
  const own = plan.guestIds.slice(place * guestsPerClient, (place + 1) * guestsPerClient);
  // Two tables each, so that there is always room.
  let turn = 0;
  const tableId = () => tables[(place + (turn++ % 2) * 20) % tables.length]?.id;
  const get = (name: string, input: object = {}): autocannon.Request => ({
    method: 'GET',
    path: `/trpc/seating.${name}?input=${encodeURIComponent(JSON.stringify({ weddingId, eventId, ...input }))}`,
    headers,
  });
  const post = (name: string, input: object): autocannon.Request => ({
    method: 'POST',
    path: `/trpc/seating.${name}`,
    headers,
    body: JSON.stringify({ weddingId, eventId, ...input }),
  });
  const [one, other] = own;
  const seat = (guestId: string | undefined) => ({ guestId, tableId: tableId() });
  const lock = (isLocked: boolean) => post('lockSeats', { guestIds: [one], isLocked });
  return [
    post('assignSeats', { placements: [seat(one)] }),
    get('searchGuests', { text: 'garc' }),
    post('assignSeats', { placements: own.map(seat) }),
    get('getSummary'),
    post('swapSeats', { guestIds: [one, other] }),
    lock(true),
    get('listMobileTables', { limit: 10 }),
    lock(false),
    get('check'),
    post('unassignSeats', { guestIds: [other] }),
    post('assignSeats', { placements: [seat(other)] }),
    get('searchGuests', { text: 'oliv', onlyUnseated: true }),
    post('unassignSeats', { guestIds: own }),
  ];
}

interface Figures {
  successPercent: number;
  perSecond: number;
  averageMs: number;
  p95Ms: number;
  worstMs: number;
}

async function drive(
  db: TestDatabase,
  plans: readonly BenchPlan[],
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Figures> {
  const stack = await startStack(db, { API_REQUESTS_PER_MINUTE: '0', DATABASE_POOL_MAX: '24' });
  try {
    const { AUTH_SECRET: authSecret } = stack.secrets;
    const cookies = await Promise.all(
      plans.map(({ ownerId: userId }) => signIn(db, { userId, authSecret })),
    );
    let next = 0;
    const result = await autocannon({
      url: stack.webUrl.replace('localhost', '127.0.0.1'),
      connections,
      duration: seconds,
      timeout: 30,
      setupClient(client) {
        const index = next++;
        const plan = plans[index % plans.length];
        const cookie = cookies[index % plans.length];
        if (!plan || !cookie) return;
        const place = Math.floor(index / plans.length);
        const headers = { cookie, origin: stack.webUrl, 'content-type': 'application/json' };
        client.setRequests(requestsOf(plan, place, headers));
      },
    });
    const attempts = result.requests.total + result.errors;
    return {
      successPercent: ((attempts - result.non2xx - result.errors) / attempts) * 100,
      perSecond: result.requests.average,
      averageMs: result.latency.average,
      p95Ms: result.latency.p97_5,
      worstMs: result.latency.max,
    };
  } finally {
    await stack.stop();
  }
}

async function measureMany(db: TestDatabase, seconds: number): Promise<Measure[]> {
  const plans: BenchPlan[] = [];
  while (plans.length < weddings) plans.push(await seedBenchPlan(db, guestsPerWedding));
  await db.admin`analyze`;
  const figures = await drive(db, plans, { connections: clients, seconds });
  const yardstick = `${clients} at once, eight kinds, ${weddings} plans of ${guestsPerWedding} guests, ${seconds} s`;
  const of = (measure: string, value: number, unit: string) => ({
    measure,
    value,
    unit,
    yardstick,
  });
  return [
    atLeast(500, of('operations', figures.perSecond, '/s')),
    atLeast(95, of('success', figures.successPercent, '%')),
    atMost(2_000, of('latency, average', figures.averageMs, 'ms')),
    atMost(5_000, of('latency, worst', figures.worstMs, 'ms')),
  ];
}

async function measureOnePlan(db: TestDatabase, seconds: number): Promise<Measure[]> {
  const plan = await seedBenchPlan(db, guestsPerWedding);
  await db.admin`analyze`;
  const figures = await drive(db, [plan], { connections: writersOfOnePlan, seconds });
  const yardstick = `${writersOfOnePlan} people at one plan, ${seconds} s`;
  const of = (measure: string, value: number, unit: string) => ({
    measure,
    value,
    unit,
    yardstick,
  });
  return [
    informs(of('operations on one plan', figures.perSecond, '/s')),
    atLeast(95, of('success on one plan', figures.successPercent, '%')),
    informs(of('latency on one plan, p97.5', figures.p95Ms, 'ms')),
  ];
}

/** Waits for the next line of the change feed about seating, each call for one more. */
async function listenToChanges(url: URL, cookie: string) {
  const stop = new AbortController();
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', cookie },
    signal: stop.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    stop: () => stop.abort(),
    async heard() {
      while (!text.includes('"entity":"seating"')) {
        const chunk = await reader?.read();
        if (!chunk || chunk.done) throw new Error('the change feed ended');
        text += chunk.value;
      }
      text = '';
    },
  };
}

/** From the click of one planner until the other one's browser has read what it did. */
async function measureSeen(db: TestDatabase): Promise<Measure[]> {
  const plan = await seedBenchPlan(db, guestsPerWedding);
  await db.admin`analyze`;
  const { weddingId, eventId, ownerId: userId, guestIds, tables } = plan;
  const stack = await startStack(db, { API_REQUESTS_PER_MINUTE: '0' });
  const web = stack.webUrl.replace('localhost', '127.0.0.1');
  try {
    const cookie = await signIn(db, { userId, authSecret: stack.secrets.AUTH_SECRET });
    const headers = { cookie, origin: stack.webUrl, 'content-type': 'application/json' };
    const at = (path: string, input: object) =>
      new URL(
        `/trpc/${path}?input=${encodeURIComponent(JSON.stringify({ weddingId, ...input }))}`,
        web,
      );
    const feed = await listenToChanges(at('weddings.onChanges', {}), cookie);
    const times: number[] = [];
    const changes = 50;
    for (let revision = 0; revision < changes; revision++) {
      const placements = [
        { guestId: guestIds[revision], tableId: tables[revision % tables.length]?.id },
      ];
      const startedAt = performance.now();
      const body = JSON.stringify({ weddingId, eventId, placements });
      const sent = fetch(`${web}/trpc/seating.assignSeats`, { method: 'POST', headers, body });
      await feed.heard();
      await (
        await fetch(at('seating.listChanges', { eventId, sinceRevision: revision }), { headers })
      ).json();
      times.push(performance.now() - startedAt);
      await (await sent).text();
    }
    feed.stop();
    times.sort((a, b) => a - b);
    const value = times[Math.floor(changes * 0.95)] ?? 0;
    const yardstick = `${changes} changes, one after the other, through the server and its change feed`;
    return [atMost(300, { measure: 'seen by another browser, p95', value, unit: 'ms', yardstick })];
  } finally {
    await stack.stop();
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** The name with one letter changed, left out, added or exchanged with the next one. */
function misspell(name: string, turn: number): string {
  const place = 1 + ((turn * 7) % (name.length - 2));
  const letter = letters[(turn * 11) % letters.length] ?? 'x';
  const [head, rest] = [name.slice(0, place), name.slice(place)];
  const edits = [
    head + letter + rest.slice(1),
    head + rest.slice(1),
    head + letter + rest,
    head + (rest[1] ?? '') + (rest[0] ?? '') + rest.slice(2),
  ];
  return edits[turn % edits.length] ?? name;
}

async function measureSearch(db: TestDatabase): Promise<Measure[]> {
  const plan = await seedBenchPlan(db, searchable);
  await db.admin`analyze`;
  const log = createLogger({ service: 'bench', level: 'silent' });
  const { orgId, weddingId, ownerId, eventId } = plan;
  const ctx = userContext(db.app, { orgId, weddingId, userId: ownerId, log });
  const people = await db.admin<{ name: string }[]>`
    select distinct first_name || ' ' || last_name as name from wedding.guests
    where wedding_id = ${weddingId} order by 1`;
  const times: number[] = [];
  let found = 0;
  const tries = 400;
  for (let turn = 0; turn < tries; turn++) {
    const name = people[(turn * 37) % people.length]?.name ?? '';
    const text = misspell(name, turn);
    const startedAt = performance.now();
    const hits = await searchGuests(ctx, { eventId, text, limit: 20 });
    times.push(performance.now() - startedAt);
    if (hits.some((hit) => hit.name === name)) found++;
  }
  times.sort((a, b) => a - b);
  const yardstick = `${searchable} guests, ${tries} names with one mistake`;
  return [
    atMost(30, {
      measure: 'autocomplete p95',
      value: times[Math.floor(tries * 0.95)] ?? 0,
      unit: 'ms',
      yardstick,
    }),
    atLeast(95, {
      measure: 'autocomplete recall',
      value: (found / tries) * 100,
      unit: '%',
      yardstick,
    }),
  ];
}

/** `pnpm bench seating --floors`: many people at many plans, many at one, and the search for a guest. */
export async function benchSeatingFloors(seconds: number): Promise<BenchmarkResult> {
  const { db, close } = await openBenchDatabase({ guests: 1 });
  try {
    const measures = [
      ...(await measureMany(db, seconds)),
      ...(await measureOnePlan(db, seconds)),
      ...(await measureSeen(db)),
      ...(await measureSearch(db)),
    ];
    return { name: 'seating-floors', measures };
  } finally {
    await close();
  }
}
