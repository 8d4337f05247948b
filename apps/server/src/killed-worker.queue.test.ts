import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { describeOnBothBackends } from '@wedsync/queue/testing/both-backends';
import { until } from '@wedsync/queue/testing/rig';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { plannerPassword, reconcile, seedMailing } from './testing/mailing.ts';

const guests = 300;
/** Each kill may leave in doubt what was on its connections at that moment. */
const connectionsMax = 10;
const db = await createTestDatabase();

describeOnBothBackends('a mailing whose worker is killed twice', db, (backend) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(db, { REDIS_URL: backend.place().redisUrl });
  });
  afterAll(() => stack?.stop());

  const sentMails = () => stack.mail.store.count().messages;

  it('misses nobody, doubles nobody, and finishes although the queue forgot it', async () => {
    const email = `${backend.name}@planner.example`;
    const { weddingId, messageId: id } = await seedMailing(db, email, guests);
    const planner = new Browser(stack.webUrl);
    await planner.signIn(email, plannerPassword);
    const sent = await planner.mutate('communications.sendMessage', { weddingId, id, version: 1 });
    expect(sent.status).toBe(200);

    for (const point of [30, 120]) {
      await until(`${point} e-mails`, () => sentMails() >= point, 60_000);
      await stack.killWorker();
      expect(sentMails()).toBeLessThan(guests);
      // The queue loses everything along with the second kill.
      if (point > 100) await backend.wipe();
      await stack.startWorker();
    }
    const outcome = () => reconcile(db, id, stack.mail.store);
    await until('the message to be sent', async () => (await outcome()).state === 'sent', 90_000);

    const { audience, sent: sentCount, inDoubt, ...faults } = await outcome();
    expect(faults).toEqual({ state: 'sent', sentButNotOnce: [], twice: [] });
    expect([audience, sentCount + inDoubt]).toEqual([guests, guests]);
    expect(inDoubt).toBeLessThanOrEqual(2 * connectionsMax);
  }, 240_000);
});
