import { DomainError } from '@wedsync/contracts/errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import { assetUrls } from './assets.ts';
import { seedUnsubscribeToken, startTestSite } from './test-site.ts';

const db = await createTestDatabase();
const site = await startTestSite(db);
afterAll(() => site.close());

async function link() {
  const { weddingId } = await seedWedding(db.admin);
  const { guestId } = await seedGuest(db.admin, { weddingId, email: 'ana@example.com' });
  const token = await seedUnsubscribeToken(db, { weddingId, guestId });
  return { url: `${site.url}/u/${token}`, weddingId, guestId };
}
const suppressed = async (weddingId: string) =>
  (await db.admin`select from wedding.suppressions where wedding_id = ${weddingId}`).length;

describe('an unsubscribe link', () => {
  it('asks first when it is opened, however often', async () => {
    const { url, weddingId } = await link();
    for (let time = 0; time < 5; time++) {
      const answer = await fetch(url);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('<button class="button" name="confirm"');
    }
    expect(await suppressed(weddingId)).toBe(0);
  });

  it('works in one click of a mail program: no cookie, no origin, no redirect', async () => {
    const { url, weddingId } = await link();
    const answer = await fetch(url, {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      redirect: 'error',
    });
    expect(answer.status).toBe(200);
    expect(await suppressed(weddingId)).toBe(1);
  });

  it('takes multipart too, and says the same again for somebody who is already off', async () => {
    const { url, weddingId, guestId } = await link();
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');
    for (let time = 0; time < 3; time++) {
      const answer = await fetch(url, { method: 'POST', body });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('You are unsubscribed');
    }
    expect(await suppressed(weddingId)).toBe(1);
    await db.admin`delete from wedding.guests where id = ${guestId}`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(200);
    expect(await (await fetch(url)).text()).toContain('You are unsubscribed');
  });

  it.each(['nonsense', 'C'.repeat(22)])('that is %s says what to do', async (token) => {
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${site.url}/u/${token}`, { method });
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('reply to the e-mail');
    }
  });
});

describe('too many requests', () => {
  it('get a page that says when to come back', async () => {
    const link = {
      consume: () =>
        Promise.reject(
          new DomainError(
            'limit',
            'server.too-many-requests',
            'Too many requests. Wait 7 seconds.',
            {
              retryAfterS: 7,
            },
          ),
        ),
      reset: async () => {},
    };
    const busy = await startTestSite(db, { link });
    const answer = await fetch(`${busy.url}/r/${'D'.repeat(22)}`);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(await answer.text()).toContain('Wait 7 seconds');
    await busy.close();
  });
});

describe('style sheet and script', () => {
  it('come from our own origin, small, and may be kept', async () => {
    for (const url of Object.values(assetUrls)) {
      const answer = await fetch(`${site.url}${url}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      expect((await answer.text()).length).toBeLessThan(20_000);
    }
  });
});
