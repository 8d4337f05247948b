import type { PlanChange } from '@wedsync/contracts/seating';
import type { SeatingPresence } from '@wedsync/contracts/seating-presence';
import type { ChangeBatch } from '@wedsync/contracts/weddings';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedPlan } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { createAccount } from '@wedsync/weddings/accounts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { openEventStream } from './testing/event-stream.ts';
import { startTestServer } from './testing/test-server.ts';

// Two planners at one plan, each at a server of their own.
const db = await createTestDatabase();
const server = await startTestServer(db);
const second = await startTestServer(db);
afterAll(async () => {
  await server.stop();
});

const password = 'correct horse battery';
const { orgId, weddingId, eventIds } = await seedWedding(db.admin, { events: 1 });
const [eventId = ''] = eventIds;
const { tables, guestIds } = await seedPlan(db.admin, { weddingId, eventId });

async function planner(name: string) {
  const email = `${name.toLowerCase()}@example.com`;
  const { authDatabase } = server.dependencies;
  const userId = await createAccount(authDatabase, { email, name, password });
  await db.admin`
    insert into wedding.org_members (org_id, user_id, role) values (${orgId}, ${userId}, 'planner')`;
  const page = new Browser(server.webUrl);
  await page.signIn(email, password);
  return page;
}
let ana: Browser;
let bea: Browser;
beforeAll(async () => {
  ana = await planner('Ana');
  bea = await planner('Bea');
});

const ask = async <T>(page: Browser, path: string, input: object): Promise<T> => {
  const url = new URL(`/trpc/seating.${path}`, second.webUrl);
  url.searchParams.set('input', JSON.stringify({ weddingId, eventId, ...input }));
  const answer = await fetch(url, { headers: { cookie: page.cookieHeader } });
  const body = (await answer.json()) as { result: { data: T } };
  return body.result.data;
};
const listen = (page: Browser, path: string, input: object) => {
  const target = new URL(`/trpc/${path}`, second.webUrl);
  target.searchParams.set('input', JSON.stringify(input));
  return openEventStream(target, { accept: 'text/event-stream', cookie: page.cookieHeader });
};
/** Streams look by themselves after this long; what comes sooner came by the wake-up. */
const safetyPollMs = 5_000;

it('what one planner does, the other one hears of and reads as a delta', async () => {
  const stream = await listen(bea, 'weddings.onChanges', { weddingId });
  await stream.next();
  const heard = stream.next();
  const [guestId] = guestIds;
  const startedAt = performance.now();
  const answer = await ana.mutate('seating.assignSeats', {
    weddingId,
    eventId,
    placements: [{ guestId, tableId: tables[0]?.id }],
  });
  expect(answer.status).toBe(200);
  const batch = (await heard)?.data as ChangeBatch;
  expect(batch.changes).toMatchObject([{ entity: 'seating', entityId: eventId, kind: 'updated' }]);
  const seen = await ask<PlanChange[]>(bea, 'listChanges', { sinceRevision: 0 });
  expect(performance.now() - startedAt).toBeLessThan(safetyPollMs / 2);
  expect(seen).toMatchObject([
    {
      revision: 1,
      kind: 'assigned',
      userName: 'Ana',
      canUndo: false,
      assignments: [{ guestId, seatNumber: 1 }],
    },
  ]);
  stream.kill();
});

it('where one planner looks, the other one sees', async () => {
  const stream = await listen(bea, 'seating.onPresence', { weddingId, eventId });
  expect((await stream.next())?.data).toEqual([]);
  const next = stream.next();
  const tableId = tables[1]?.id;
  const shown = await ana.mutate('seating.showPresence', {
    weddingId,
    eventId,
    tableId,
    guestIds: [],
  });
  expect(shown.status).toBe(200);
  const present = (await next)?.data as SeatingPresence[];
  expect(present).toMatchObject([{ userName: 'Ana', tableId }]);
  stream.kill();
});
