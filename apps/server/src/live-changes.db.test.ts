import type { ChangeBatch } from '@wedsync/contracts/weddings';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { createAccount } from '@wedsync/weddings/accounts';
import { afterAll, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { type EventStream, openEventStream } from './testing/event-stream.ts';
import { startTestServer } from './testing/test-server.ts';

const db = await createTestDatabase();
const server = await startTestServer(db);
const second = await startTestServer(db);
afterAll(async () => {
  await server.stop();
});

const password = 'correct horse battery';
let people = 0;

async function planner() {
  const { orgId, weddingId } = await seedWedding(db.admin);
  const email = `planner-${++people}@example.com`;
  const { authDatabase } = server.dependencies;
  const userId = await createAccount(authDatabase, { email, name: 'Ana', password });
  await db.admin`
    insert into wedding.org_members (org_id, user_id, role) values (${orgId}, ${userId}, 'planner')`;
  const page = new Browser(server.webUrl);
  await page.signIn(email, password);
  const stream = (lastEventId?: string, url = server.webUrl) => {
    const target = new URL('/trpc/weddings.onChanges', url);
    target.searchParams.set('input', JSON.stringify({ weddingId }));
    return openEventStream(target, {
      accept: 'text/event-stream',
      cookie: page.cookieHeader,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    });
  };
  let version = 1;
  const change = async () => {
    const patch = { venue: `Venue ${version}` };
    const answer = await page.mutate('weddings.update', { weddingId, version, patch });
    expect(answer.status).toBe(200);
    version++;
  };
  return { page, orgId, weddingId, userId, stream, change };
}

const batchOf = (data: unknown) => data as ChangeBatch;

async function seqs(stream: EventStream, count: number): Promise<{ seen: number[]; id: string }> {
  const seen: number[] = [];
  let id = '';
  while (seen.length < count) {
    const event = await stream.next();
    if (!event) break;
    id = event.id ?? id;
    seen.push(...batchOf(event.data).changes.map(({ seq }) => seq));
  }
  return { seen, id };
}

/** Streams look by themselves this often; what comes sooner came by the wake-up. */
const safetyPollMs = 5_000;

it('a change reaches another browser by the wake-up, not by the poll', async () => {
  const { stream, change } = await planner();
  const open = await stream();
  expect(open.contentType).toContain('text/event-stream');
  expect(batchOf((await open.next())?.data)).toEqual({ seq: 0, changes: [] });
  const next = open.next();
  await change();
  const changedAt = performance.now();
  expect(batchOf((await next)?.data).changes).toMatchObject([{ seq: 1, entity: 'wedding' }]);
  expect(performance.now() - changedAt).toBeLessThan(safetyPollMs / 2);
  open.kill();
});

it('a broken connection misses nothing and hears nothing twice', async () => {
  const { stream, change } = await planner();
  const first = await stream();
  await first.next();
  await change();
  await change();
  const before = await seqs(first, 2);
  first.kill();
  for (let missed = 0; missed < 5; missed++) await change();
  const again = await stream(before.id);
  const after = await seqs(again, 5);
  again.kill();
  expect([...before.seen, ...after.seen]).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

it('a connection that broke before the first change resumes from where it stood', async () => {
  const { stream, change } = await planner();
  await change();
  const first = await stream();
  const { id } = (await first.next()) ?? {};
  first.kill();
  await change();
  const again = await stream(id);
  expect((await seqs(again, 1)).seen).toEqual([2]);
  again.kill();
});

it('a change on one server process reaches browsers of another', async () => {
  const { stream, change } = await planner();
  const open = await stream(undefined, second.webUrl);
  await open.next();
  const next = open.next();
  await change();
  const changedAt = performance.now();
  expect(batchOf((await next)?.data).changes).toHaveLength(1);
  expect(performance.now() - changedAt).toBeLessThan(safetyPollMs / 2);
  open.kill();
});

it('the stream ends within two seconds when membership or session ends', async () => {
  for (const end of ['membership', 'session'] as const) {
    const { stream, orgId, userId } = await planner();
    const open = await stream();
    await open.next();
    const endedAt = performance.now();
    if (end === 'session') await db.admin`delete from auth.sessions where user_id = ${userId}`;
    else
      await db.admin`delete from wedding.org_members where org_id = ${orgId} and user_id = ${userId}`;
    const last = await open.next();
    expect(performance.now() - endedAt).toBeLessThan(2_500);
    expect(JSON.stringify(last?.data)).toContain('weddings.access-ended');
    open.kill();
  }
});

it('the feed of another company does not exist', async () => {
  const [mine, theirs] = [await planner(), await planner()];
  const target = new URL('/trpc/weddings.onChanges', server.webUrl);
  target.searchParams.set('input', JSON.stringify({ weddingId: theirs.weddingId }));
  const open = await openEventStream(target, {
    accept: 'text/event-stream',
    cookie: mine.page.cookieHeader,
  });
  expect(JSON.stringify((await open.next())?.data)).toContain('service.not-found');
  open.kill();
});

it('a stopping server ends its streams', async () => {
  const { stream } = await planner();
  const open = await stream(undefined, second.webUrl);
  await open.next();
  const stoppedAt = performance.now();
  await second.stop();
  expect(performance.now() - stoppedAt).toBeLessThan(4_000);
  while (await open.next().catch(() => undefined)) {
    // Whatever was still on its way.
  }
});
