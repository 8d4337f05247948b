import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createAccount } from '@wedsync/weddings/accounts';
import { afterAll, expect, it } from 'vitest';
import { type Authenticator, createAuthenticator } from './testing/authenticator.ts';
import { Browser } from './testing/browser.ts';
import { startTestServer } from './testing/test-server.ts';

const db = await createTestDatabase();
const server = await startTestServer(db, { TRUST_PROXY: 'true' });
afterAll(() => server.stop());

const password = 'correct horse battery';
let people = 0;

async function signedIn(fields: { isOperator?: boolean } = {}, url = server.webUrl) {
  const email = `person-${++people}@example.com`;
  const { authDatabase } = server.dependencies;
  const userId = await createAccount(authDatabase, { email, name: 'Ana', password, ...fields });
  const page = new Browser(url);
  await page.signIn(email, password);
  return { page, email, userId };
}

const challengeOf = (json: unknown) => json as { challenge: string };

async function register(page: Browser, key: Authenticator) {
  const options = await page.fetch('/api/auth/passkey/generate-register-options');
  if (options.status !== 200) return options;
  const response = key.register(challengeOf(options.json));
  return page.post('/api/auth/passkey/verify-registration', { response, name: 'Laptop' });
}

async function authenticate(page: Browser, key: Authenticator) {
  const options = await page.fetch('/api/auth/passkey/generate-authenticate-options');
  const response = key.authenticate(challengeOf(options.json));
  return page.post('/api/auth/passkey/verify-authentication', { response });
}

it('a passkey signs in without a password, and its session token stays in the cookie', async () => {
  const { page } = await signedIn();
  const key = createAuthenticator(server.webUrl);
  expect((await register(page, key)).status).toBe(200);
  const other = new Browser(server.webUrl);
  const answer = await authenticate(other, key);
  expect(answer.status).toBe(200);
  const token = decodeURIComponent(other.cookie('session_token') ?? '').split('.')[0] ?? '';
  expect(token).toHaveLength(32);
  expect(answer.text).not.toContain(token);
  expect((await other.query('account.me')).text).toContain('"passkeys":1');
  const [session] = await db.admin`
    select strength from auth.sessions order by created_at desc limit 1`;
  expect(session).toEqual({ strength: 'passkey' });
});

it('a challenge works once, and a key that nobody registered not at all', async () => {
  const { page } = await signedIn();
  const key = createAuthenticator(server.webUrl);
  await register(page, key);
  const other = new Browser(server.webUrl);
  const options = await other.fetch('/api/auth/passkey/generate-authenticate-options');
  const response = key.authenticate(challengeOf(options.json));
  const send = () => other.post('/api/auth/passkey/verify-authentication', { response });
  expect((await send()).status).toBe(200);
  expect((await send()).status).toBeGreaterThanOrEqual(400);
  const stranger = new Browser(server.webUrl);
  expect((await authenticate(stranger, createAuthenticator(server.webUrl))).status).toBe(401);
  expect((await stranger.query('account.me')).status).toBe(401);
});

it('a key that does not ask for its person, or speaks for another site, is refused', async () => {
  const { page } = await signedIn();
  const careless = createAuthenticator(server.webUrl, { verifiesUser: false });
  expect((await register(page, careless)).status).toBeGreaterThanOrEqual(400);
  const phished = createAuthenticator('https://evil.example');
  expect((await register(page, phished)).status).toBeGreaterThanOrEqual(400);
  const rows = await db.admin`
    select 1 from auth.passkeys p join auth.sessions s on s.user_id = p.user_id
    where s.id = ${JSON.parse((await page.query('account.me')).text).result.data.sessionId}`;
  expect(rows).toHaveLength(0);
});

it('an operator works after signing in by passkey, and not by password alone', async () => {
  const { page, email } = await signedIn({ isOperator: true }, server.adminUrl);
  const key = createAuthenticator(server.adminUrl);
  expect((await register(page, key)).status).toBe(200);
  expect((await page.query('monitoring.listServices')).status).toBe(412);
  const byKey = new Browser(server.adminUrl);
  await authenticate(byKey, key);
  expect((await byKey.query('monitoring.listServices')).status).toBe(200);

  // A stolen password opens a session, but can neither enrol a factor of its own nor remove one.
  const thief = new Browser(server.adminUrl);
  await thief.signIn(email, password);
  expect((await register(thief, createAuthenticator(server.adminUrl))).status).toBe(403);
  expect((await thief.post('/api/auth/two-factor/enable', { password })).status).toBe(403);
  const [passkey] = await db.admin`select id from auth.passkeys order by created_at desc limit 1`;
  const removed = await thief.post('/api/auth/passkey/delete-passkey', { id: passkey?.id });
  expect(removed.status).toBe(403);
});

it('a passkey is added only soon after signing in', async () => {
  const { page, userId } = await signedIn();
  await db.admin`
    update auth.sessions set created_at = now() - interval '2 hours' where user_id = ${userId}`;
  const refused = await register(page, createAuthenticator(server.webUrl));
  expect(refused.json).toMatchObject({ code: 'SESSION_NOT_FRESH' });
});
