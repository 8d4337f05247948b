import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import { rotateDataKey } from '@wedsync/privacy';
import { until } from '@wedsync/queue/testing/rig';
import { testKeyRing } from '@wedsync/testing/key-ring';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { plannerPassword, reconcile, seedMailing } from './testing/mailing.ts';

const guests = 400;
const email = 'ines@planner.example';
const db = await createTestDatabase();
let stack: Stack;
beforeAll(async () => {
  stack = await startStack(db, {});
});
afterAll(() => stack?.stop());

it('a mailing notices nothing while its wedding’s keys are replaced again and again', async () => {
  const { weddingId, messageId: id } = await seedMailing(db, email, guests);
  const planner = new Browser(stack.webUrl);
  await planner.signIn(email, plannerPassword);
  const sent = await planner.mutate('communications.sendMessage', { weddingId, id, version: 1 });
  expect(sent.status).toBe(200);
  await until('the first e-mails', () => stack.mail.store.count().messages >= 10, 60_000);

  const rotation = {
    db: db.worker,
    keyRing: testKeyRing,
    log: createLogger({ service: 'test', level: 'silent' }),
    signal: new AbortController().signal,
    restFactor: 0,
    graceMs: 200,
  };
  const outcome = () => reconcile(db, id, stack.mail.store);
  await until(
    'the message to be sent',
    async () => {
      await rotateDataKey(rotation, weddingId);
      return (await outcome()).state === 'sent';
    },
    120_000,
  );

  expect(await outcome()).toEqual({
    state: 'sent',
    audience: guests,
    sent: guests,
    inDoubt: 0,
    sentButNotOnce: [],
    twice: [],
  });
  const keys = await db.admin`
    select state, count(*)::int as count from ops.encryption_keys
    where wedding_id = ${weddingId} and purpose = 'wrap' group by state order by state`;
  expect(keys).toMatchObject([{ state: 'active', count: 1 }, { state: 'destroyed' }]);
  expect(stack.logged()).not.toContain('key-replaced');
}, 240_000);
