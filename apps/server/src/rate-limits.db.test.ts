import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createAccount } from '@wedsync/weddings/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const db = await createTestDatabase();
const password = 'seven green umbrellas';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(db, { API_REQUESTS_PER_MINUTE: '4', TRUST_PROXY: 'true' });
  for (const name of ['ana', 'rui']) {
    const account = { email: `${name}@example.com`, name, password };
    await createAccount(server.dependencies.authDatabase, account);
  }
});
afterAll(() => server.stop());

const statuses = async (count: number, ask: (index: number) => Promise<{ status: number }>) => {
  const seen: number[] = [];
  for (let index = 0; index < count; index++) seen.push((await ask(index)).status);
  return seen;
};
const signedIn = async (name: string, address: string) => {
  const page = new Browser(server.webUrl, address);
  await page.signIn(`${name}@example.com`, password);
  return page;
};

describe('the number of requests', () => {
  it('is counted per user: others at the same address have their own, other addresses do not help', async () => {
    const ana = await signedIn('ana', '198.51.100.1');
    const rui = await signedIn('rui', '198.51.100.1');
    const anaElsewhere = await signedIn('ana', '198.51.100.2');
    expect(await statuses(4, () => ana.query('account.me'))).toEqual([200, 200, 200, 200]);
    expect((await anaElsewhere.query('account.me')).status).toBe(429);
    expect((await rui.query('account.me')).status).toBe(200);
  });

  it('is counted per /64 without a user, and a forged session makes nobody of a user', async () => {
    const visitor = (index: number) => {
      const page = new Browser(server.webUrl, `2001:db8:1:2::${index + 1}`);
      page.setCookie('wedsync-web.session_token', `forged-${index}.signature`);
      return page.query('account.me');
    };
    expect(await statuses(5, visitor)).toEqual([401, 401, 401, 401, 429]);
    const neighbour = new Browser(server.webUrl, '2001:db8:1:3::1');
    expect((await neighbour.query('account.me')).status).toBe(401);
  });

  it('of one public link is counted from wherever it is opened, however it is spelled', async () => {
    const token = 'AAAAAAAAAAAAAAAAAAAAAA';
    const spellings = [token, `%41${token.slice(1)}`, `${token}/done`, `${token}?x=1`];
    const seen = await statuses(121, (index) => {
      const page = new Browser(server.webUrl, `203.0.113.${index}`);
      return page.fetch(`/r/${spellings[index % spellings.length]}`);
    });
    expect(seen.slice(0, 120).every((status) => status === 404)).toBe(true);
    expect(seen[120]).toBe(429);
    const other = new Browser(server.webUrl, '203.0.113.200');
    expect((await other.fetch(`/r/${token.replace('A', 'B')}`)).status).toBe(404);
  });

  it('of guesses at one account is counted from everywhere together', async () => {
    const guess = async (index: number) => {
      const page = new Browser(server.webUrl, `2001:db8:${(index + 16).toString(16)}::1`);
      return (await page.signIn('RUI@example.com', 'wrong password')).status;
    };
    for (let start = 0; start < 100; start += 20) {
      const batch = Array.from({ length: 20 }, (_, index) => guess(start + index));
      expect(new Set(await Promise.all(batch))).toEqual(new Set([401]));
    }
    expect(await guess(100)).toBe(429);
  });
});
