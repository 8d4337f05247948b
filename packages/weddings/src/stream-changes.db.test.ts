import type { ChangeBatch } from '@wedsync/contracts/weddings';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { writeTx } from '@wedsync/service/transaction';
import { createTestWake, userContext } from '@wedsync/testing/contexts';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { expect, it } from 'vitest';
import { streamChanges } from './index.ts';

const db = await createTestDatabase();
const always = { mayContinue: async () => true };

async function wedding() {
  const { orgId, weddingId, ownerId } = await seedWedding(db.admin);
  const wake = createTestWake();
  const stop = new AbortController();
  const ctx = {
    ...userContext(db.app, { userId: ownerId, orgId, weddingId, wake }),
    signal: stop.signal,
  };
  const change = (entity: string) =>
    writeTx(ctx, (scope) => scope.change({ entity, kind: 'bulk' }));
  return { ctx, change, stop, wake };
}

const entities = (batches: ChangeBatch[]) =>
  batches.flatMap((batch) => batch.changes.map(({ entity, seq }) => `${seq} ${entity}`));

/** Reads until `count` changes have come. */
async function take(stream: AsyncGenerator<ChangeBatch>, count: number): Promise<ChangeBatch[]> {
  const batches: ChangeBatch[] = [];
  while (entities(batches).length < count) {
    const next = await stream.next();
    if (next.done) break;
    batches.push(next.value);
  }
  return batches;
}

it('starts where the feed stands and goes on with what comes', async () => {
  const { ctx, change } = await wedding();
  await change('before');
  const stream = streamChanges(ctx, {}, always);
  expect(await stream.next()).toEqual({ done: false, value: { seq: 1, changes: [] } });
  await change('guest');
  await change('event');
  expect(entities(await take(stream, 2))).toEqual(['2 guest', '3 event']);
  await stream.return();
});

it('hears of a change by the wake-up, long before it looks by itself', async () => {
  const { ctx, change } = await wedding();
  const stream = streamChanges(ctx, {}, always);
  await stream.next();
  const next = stream.next();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await change('guest');
  const committedAt = performance.now();
  await next;
  // It looks by itself every five seconds.
  expect(performance.now() - committedAt).toBeLessThan(2_500);
  await stream.return();
});

it('after a broken connection nothing is missed and nothing comes twice', async () => {
  const { ctx, change } = await wedding();
  const first = streamChanges(ctx, { lastEventId: '0' }, always);
  await change('a');
  await change('b');
  const before = await take(first, 2);
  await first.return();
  await Promise.all(['c', 'd', 'e'].map(change));
  const again = streamChanges(ctx, { lastEventId: String(before.at(-1)?.seq) }, always);
  const after = await take(again, 3);
  await again.return();
  const seqs = [...before, ...after].flatMap((batch) => batch.changes.map(({ seq }) => seq));
  expect(seqs).toEqual([1, 2, 3, 4, 5]);
});

it('misses nothing while many write at once', async () => {
  const { ctx, change } = await wedding();
  const stream = streamChanges(ctx, { lastEventId: '0' }, always);
  const reading = take(stream, 60);
  await Promise.all(Array.from({ length: 60 }, (_, index) => change(`e${index}`)));
  const seqs = (await reading).flatMap((batch) => batch.changes.map(({ seq }) => seq));
  expect(seqs).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  await stream.return();
});

it('finds changes by itself when every wake-up is lost', async () => {
  const { ctx, change } = await wedding();
  const deaf = { ...ctx, wake: { ...ctx.wake, subscribe: async () => async () => {} } };
  const stream = streamChanges(deaf, {}, always);
  await stream.next();
  await change('guest');
  expect(entities(await take(stream, 1))).toEqual(['1 guest']);
  await stream.return();
});

it('ends soon after access is gone, without a change to wake it', async () => {
  const { ctx } = await wedding();
  let allowed = true;
  const stream = streamChanges(ctx, {}, { mayContinue: async () => allowed });
  await stream.next();
  const next = stream.next();
  const endedAt = performance.now();
  allowed = false;
  await expect(next).rejects.toMatchObject({ kind: 'unauthenticated' });
  expect(performance.now() - endedAt).toBeLessThan(4_500);
});

it('tells a browser that is ahead of the database to fetch everything', async () => {
  const { ctx, change } = await wedding();
  await change('guest');
  const stream = streamChanges(ctx, { lastEventId: '900' }, always);
  expect((await stream.next()).value).toMatchObject({
    seq: 1,
    changes: [{ entity: '*', kind: 'bulk' }],
  });
  await stream.return();
});

it('ends with its request and stops listening', async () => {
  const { ctx, stop } = await wedding();
  const stream = streamChanges(ctx, {}, always);
  await stream.next();
  const next = stream.next();
  stop.abort();
  expect(await next).toEqual({ done: true, value: undefined });
});
