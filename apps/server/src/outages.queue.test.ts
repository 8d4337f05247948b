import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@wedsync/db/migrate';
import { cloneDatabase, type TestDatabase } from '@wedsync/db/testing/database';
import { testPasswords, withDatabase } from '@wedsync/db/testing/test-cluster';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { type EmbeddedPostgres, startPostgres } from '@wedsync/platform/embedded/postgres';
import { missingPackage } from '@wedsync/platform/required-package';
import { startTestRedis, type TestRedis } from '@wedsync/queue/testing/redis';
import { until } from '@wedsync/queue/testing/rig';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { plannerPassword, reconcile, seedMailing } from './testing/mailing.ts';

const email = 'ines@planner.example';
const shared = await createTestDatabase();

const alive = ({ server, worker }: Stack) =>
  [server, worker].every(({ exitCode, signalCode }) => exitCode === null && signalCode === null);

/** Everything about one mailing to `count` guests through `stack`. */
async function mailing(db: TestDatabase, stack: Stack, count: number) {
  const { weddingId, messageId } = await seedMailing(db, email, count);
  const planner = new Browser(stack.webUrl);
  await planner.signIn(email, plannerPassword);
  return {
    planner,
    weddingId,
    send: () =>
      planner.mutate('communications.sendMessage', { weddingId, id: messageId, version: 1 }),
    outcome: () => reconcile(db, messageId, stack.mail.store),
  };
}

const noRedis = missingPackage('redis-server');
describe.skipIf(noRedis)(`without its Redis ${noRedis ?? ''}`, () => {
  let redis: TestRedis;
  let stack: Stack;
  beforeAll(async () => {
    redis = await startTestRedis();
    stack = await startStack(shared, { REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await stack?.stop();
    await redis?.stop();
  });

  it('the application works on, and its jobs run once Redis is back', async () => {
    const { planner, weddingId, send, outcome } = await mailing(shared, stack, 20);
    await redis.stop();
    const startedAt = performance.now();
    const guest = { weddingId, firstName: 'Zoë', lastName: 'Late' };
    const statuses = [
      await planner.query('guests.list', { weddingId }),
      await planner.mutate('guests.create', guest),
      await new Browser(stack.webUrl).signIn(email, plannerPassword),
      await send(),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(stack.mail.store.count().messages).toBe(0);

    redis = await startTestRedis(redis.port);
    await until('the message to be sent', async () => (await outcome()).state === 'sent', 60_000);
    expect(await outcome()).toMatchObject({ sent: 20, twice: [], sentButNotOnce: [] });
    expect(alive(stack)).toBe(true);
  });
});

describe('without its database', () => {
  let folder = '';
  let server: EmbeddedPostgres;
  let db: TestDatabase;
  let stack: Stack;
  const template = 'outage_template';
  const start = () =>
    startPostgres({ dir: join(folder, 'postgres'), profile: 'test', database: template });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wedsync-outage-'));
    server = await start();
    await migrate({ adminUrl: server.adminUrl, passwords: testPasswords });
    db = await cloneDatabase({ adminUrl: withDatabase(server.adminUrl, 'postgres'), template });
    stack = await startStack(db);
  });
  afterAll(async () => {
    await stack?.stop();
    await db?.drop();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('server and worker live on, say so, and finish a mailing once it is back', async () => {
    const { planner, weddingId, send, outcome } = await mailing(db, stack, 300);
    expect((await send()).status).toBe(200);
    await until('40 e-mails', () => stack.mail.store.count().messages >= 40);
    const answers: string[] = [];
    let stopped = false;
    const stopping = server.stop().then(() => {
      stopped = true;
    });
    // Also while it goes down, an answer is either right or says what is wrong.
    while (!stopped || answers.length < 20) {
      const { status, text } = await planner.query('guests.list', { weddingId, limit: 1 });
      answers.push(`${status} ${status === 500 ? text : ''}`);
    }
    await stopping;
    const down = await planner.query('guests.list', { weddingId });
    expect(down.status).toBe(503);
    expect(down.text).toContain('Nothing was changed');
    expect(down.text).not.toMatch(/ECONN|127\.0\.0\.1|postgres/i);
    expect((await planner.fetch('/readyz')).status).toBe(503);
    expect((await planner.fetch('/healthz')).status).toBe(200);

    server = await start();
    await until(
      'the server to answer again',
      async () => (await planner.query('guests.list', { weddingId })).status === 200,
      15_000,
    );
    await until('the message to be sent', async () => (await outcome()).state === 'sent', 90_000);
    const { audience, sent, inDoubt, twice, sentButNotOnce } = await outcome();
    expect({ audience, decided: sent + inDoubt, twice, sentButNotOnce }).toEqual({
      audience: 300,
      decided: 300,
      twice: [],
      sentButNotOnce: [],
    });
    expect(alive(stack)).toBe(true);
  }, 240_000);
});
