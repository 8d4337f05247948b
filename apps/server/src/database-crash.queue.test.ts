import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@wedsync/db/migrate';
import { cloneDatabase, type TestDatabase } from '@wedsync/db/testing/database';
import { testPasswords, withDatabase } from '@wedsync/db/testing/test-cluster';
import { type EmbeddedPostgres, startPostgres } from '@wedsync/platform/embedded/postgres';
import { until } from '@wedsync/queue/testing/rig';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { plannerPassword, reconcile, seedMailing } from './testing/mailing.ts';

const email = 'ines@planner.example';
const guests = 400;
const template = 'crash_template';

let folder = '';
let server: EmbeddedPostgres;
let db: TestDatabase;
let stack: Stack;

// As an installation runs it: what was committed is on disk.
const start = () =>
  startPostgres({ dir: join(folder, 'postgres'), profile: 'development', database: template });

describe('a database that is stopped immediately', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wedsync-crash-'));
    server = await start();
    await migrate({ adminUrl: server.adminUrl, passwords: testPasswords });
    db = await cloneDatabase({ adminUrl: withDatabase(server.adminUrl, 'postgres'), template });
    stack = await startStack(db);
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await db?.drop();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('in the middle of a mailing, twice, doubles nobody and loses nobody', async () => {
    const { weddingId, messageId: id } = await seedMailing(db, email, guests);
    const planner = new Browser(stack.webUrl);
    await planner.signIn(email, plannerPassword);
    const sent = await planner.mutate('communications.sendMessage', { weddingId, id, version: 1 });
    expect(sent.status).toBe(200);
    for (const point of [40, 200]) {
      await until(`${point} e-mails`, () => stack.mail.store.count().messages >= point, 60_000);
      const crashed = new Promise<void>((resolve) => server.onCrash(() => resolve()));
      // "Immediate shutdown": no checkpoint, every connection cut; recovery from the log at the start.
      process.kill(server.pid, 'SIGQUIT');
      await crashed;
      // Gives up the claim on the folder; there is no server left to stop.
      await server.stop();
      server = await start();
      expect(await readFile(server.logFile, 'utf8')).toContain('was not properly shut down');
    }
    const outcome = () => reconcile(db, id, stack.mail.store);
    await until(
      'the message to be sent',
      async () => (await outcome().catch(() => undefined))?.state === 'sent',
      90_000,
    );
    const { audience, sent: sentCount, inDoubt, ...faults } = await outcome();
    expect(faults).toEqual({ state: 'sent', sentButNotOnce: [], twice: [] });
    expect([audience, sentCount + inDoubt]).toEqual([guests, guests]);
  }, 240_000);
});
