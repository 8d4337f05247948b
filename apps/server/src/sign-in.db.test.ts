import { createHmac } from 'node:crypto';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createAccount, openToken } from '@wedsync/weddings/accounts';
import { afterAll, describe, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { startTestServer } from './testing/test-server.ts';

const db = await createTestDatabase();
const authSecret = 'sign-in-test-secret-0123456789abcdefghij';
const server = await startTestServer(db, { AUTH_SECRET: authSecret, TRUST_PROXY: 'true' });
afterAll(() => server.stop());

const password = 'correct horse battery';
let accounts = 0;
async function account(fields: { isOperator?: boolean } = {}) {
  const email = `person-${++accounts}@example.com`;
  const { authDatabase } = server.dependencies;
  const userId = await createAccount(authDatabase, { email, name: 'Ana', password, ...fields });
  return { email, userId };
}

/** Each browser is at an address of its own, as if behind our proxy. */
const browser = (url = server.webUrl) => new Browser(url);

/** The token of the newest account mail to somebody, as the worker would open it. */
async function mailedToken(email: string, kind: string): Promise<string> {
  const [row] = await db.admin<{ id: string; sealed_token: string | null }[]>`
    select e.id, e.sealed_token from auth.account_emails e join auth.users u on u.id = e.user_id
    where u.email = ${email} and e.kind = ${kind} order by e.id desc limit 1`;
  if (!row?.sealed_token) throw new Error(`no ${kind} was requested for ${email}`);
  const query = openToken(authSecret, row.sealed_token, row.id);
  return new URLSearchParams(query).get('token') ?? '';
}

/** RFC 6238 with SHA-1, six digits, thirty seconds. */
function totp(uri: string): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(secret.replace(/=+$/, ''), (char) =>
    alphabet.indexOf(char).toString(2).padStart(5, '0'),
  ).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  const code = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(code).padStart(6, '0');
}

const errorOf = (answer: { json: unknown }) => answer.json as { code?: string; message?: string };

describe('signing in', () => {
  it('opens a session whose cookie scripts cannot read and other sites cannot use', async () => {
    const { email } = await account();
    const page = browser();
    const answer = await page.signIn(email, password);
    expect(answer.status).toBe(200);
    const [cookie = ''] = answer.cookies.filter((line) => line.includes('session_token'));
    expect(cookie).toMatch(/^wedsync-web\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Path=\//i);
    expect(cookie).not.toMatch(/Domain=/i);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    // The token is the browser's alone: not in the body, and hashed in the table.
    expect(answer.json).toMatchObject({ token: null });
    const token = decodeURIComponent(page.cookie('session_token') ?? '').split('.')[0] ?? '';
    expect(token).toHaveLength(32);
    expect(answer.text).not.toContain(token);
    const stored = await db.admin`select 1 from auth.sessions where token = ${token}`;
    expect(stored).toHaveLength(0);
    expect(await page.query('account.me')).toMatchObject({ status: 200 });
  });

  it('makes a new session each time and leaves the old cookie dead after signing out', async () => {
    const { email } = await account();
    const page = browser();
    await page.signIn(email, password);
    const first = page.cookie('session_token') ?? '';
    await page.signIn(email, password);
    expect(page.cookie('session_token')).not.toBe(first);
    const second = page.cookie('session_token') ?? '';
    await page.post('/api/auth/sign-out', {});
    expect(page.cookie('session_token')).toBeUndefined();
    const replay = browser();
    replay.setCookie('wedsync-web.session_token', second);
    expect((await replay.query('account.me')).status).toBe(401);
  });

  it('does not accept a forged or altered cookie', async () => {
    const { email } = await account();
    const page = browser();
    await page.signIn(email, password);
    const good = page.cookie('session_token') ?? '';
    for (const bad of [good.slice(0, -6), good.replace(/^./, 'x'), 'x', '%E0%A4%A', '']) {
      const forger = browser();
      forger.setCookie('wedsync-web.session_token', bad);
      expect((await forger.query('account.me')).status).toBe(401);
    }
  });

  it('answers a wrong password and an unknown address alike, in words and in time', async () => {
    const { email } = await account();
    const timed = async (address: string) => {
      const startedAt = performance.now();
      const answer = await browser().signIn(address, 'not the password');
      return { answer, tookMs: performance.now() - startedAt };
    };
    const known = await timed(email);
    const unknown = await timed('nobody@example.com');
    expect(known.answer.status).toBe(401);
    expect(unknown.answer.text).toBe(known.answer.text);
    // Both wait for the same floor, which is longer than the hash of a password takes.
    expect(Math.min(known.tookMs, unknown.tookMs)).toBeGreaterThanOrEqual(249);
  });

  it('counts every character of a long password', async () => {
    const email = 'long@example.com';
    const long = `${'a long sentence '.repeat(8)}!`;
    const { authDatabase } = server.dependencies;
    await createAccount(authDatabase, { email, name: 'Lo', password: long });
    expect((await browser().signIn(email, long.slice(0, -1))).status).toBe(401);
    expect((await browser().signIn(email, long)).status).toBe(200);
  });

  it('ends for whoever guesses too often, and not for the person who owns the account', async () => {
    const { email } = await account();
    const attacker = browser();
    for (let attempt = 0; attempt < 10; attempt++) await attacker.signIn(email, 'guess number 1');
    const refused = await attacker.signIn(email, password);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(errorOf(refused)).toMatchObject({ code: 'server.too-many-requests' });
    // The attacker can neither go on nor keep the person out.
    expect((await browser().signIn(email, password)).status).toBe(200);
  });
});

describe('signing up', () => {
  const signUp = (email: string, secret = password, name = 'Tom') =>
    browser().post('/api/auth/sign-up/email', { email, name, password: secret });

  it('asks for the address to be confirmed, then lets the person in', async () => {
    const email = 'new@example.com';
    const answer = await signUp(email);
    expect(answer.status).toBe(200);
    expect(answer.cookies.join()).not.toContain('session_token=');
    expect(errorOf(await browser().signIn(email, password)).code).toBe('EMAIL_NOT_VERIFIED');
    const token = await mailedToken(email, 'email-verification');
    const verified = await browser().fetch(`/api/auth/verify-email?token=${token}`);
    expect(verified.status).toBe(200);
    expect(verified.cookies.join()).not.toContain('session_token=');
    expect((await browser().signIn(email, password)).status).toBe(200);
  });

  it('answers an address that has an account like any other', async () => {
    const { email } = await account();
    const startedAt = performance.now();
    const taken = await signUp(email);
    const tookMs = performance.now() - startedAt;
    const fresh = await signUp('fresh@example.com');
    expect(taken.status).toBe(fresh.status);
    const shape = (value: unknown) => Object.keys((value as { user: object }).user).sort();
    expect(shape(taken.json)).toEqual(shape(fresh.json));
    expect(tookMs).toBeGreaterThanOrEqual(399);
    const [mail] = await db.admin`
      select e.kind from auth.account_emails e join auth.users u on u.id = e.user_id where u.email = ${email}`;
    expect(mail).toEqual({ kind: 'already-registered' });
  });

  it('refuses what attackers try first, whatever is wrapped around it, and nothing else', async () => {
    for (const [index, weak] of [
      'short7!',
      'Password123!',
      'qwertyuiop',
      '12345678',
      'aaaaaaaaaa',
      'weak-6@example.com',
    ].entries()) {
      const answer = await signUp(`weak-${index + 1}@example.com`, weak);
      expect([weak, answer.status]).toEqual([weak, 400]);
      expect(errorOf(answer).message?.length).toBeGreaterThan(20);
    }
    expect((await signUp('plain@example.com', 'lowercase only words')).status).toBe(200);
  });

  it('takes nothing from the request but name, address and password', async () => {
    const email = 'sneaky@example.com';
    await browser().post('/api/auth/sign-up/email', {
      email,
      name: 'Eve',
      password,
      isOperator: true,
      emailVerified: true,
      image: 'https://evil.example/x.png',
    });
    const [row] = await db.admin`
      select is_operator, email_verified, image from auth.users where email = ${email}`;
    expect(row).toEqual({ is_operator: false, email_verified: false, image: null });
  });
});

describe('a forgotten password', () => {
  it('is replaced by the link in the mail, once, and every session ends', async () => {
    const { email } = await account();
    const page = browser();
    await page.signIn(email, password);
    const asked = await browser().post('/api/auth/request-password-reset', { email });
    expect(asked.status).toBe(200);
    const token = await mailedToken(email, 'password-reset');
    // Neither the job nor the proof in the database carries the token.
    const jobs = await db.admin<{ payload: object }[]>`select payload from ops.outbox`;
    const proofs = await db.admin<
      { identifier: string }[]
    >`select identifier from auth.verifications`;
    expect(JSON.stringify([jobs, proofs])).not.toContain(token);

    const newPassword = 'an entirely new one';
    const reset = () => browser().post('/api/auth/reset-password', { token, newPassword });
    expect((await reset()).status).toBe(200);
    expect((await reset()).status).toBe(400);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await page.query('account.me')).status).toBe(401);
    expect((await browser().signIn(email, password)).status).toBe(401);
    expect((await browser().signIn(email, newPassword)).status).toBe(200);
  });

  it('is answered alike for addresses with and without an account', async () => {
    const { email } = await account();
    const known = await browser().post('/api/auth/request-password-reset', { email });
    const unknown = await browser().post('/api/auth/request-password-reset', {
      email: 'nobody-else@example.com',
    });
    expect(unknown.status).toBe(known.status);
    expect(unknown.text).toBe(known.text);
  });
});

describe('sessions', () => {
  it('are listed with their device and revoked everywhere within a second', async () => {
    const { email } = await account();
    const [here, there] = [browser(), browser()];
    await here.signIn(email, password);
    await there.signIn(email, password);
    expect((await there.query('account.me')).status).toBe(200);
    const listed = await here.query('account.listSessions');
    const sessions = (listed.json as { result: { data: { id: string; current: boolean }[] } })
      .result.data;
    expect(sessions).toHaveLength(2);
    const other = sessions.find(({ current }) => !current);
    expect((await here.mutate('account.revokeSession', { sessionId: other?.id })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await there.query('account.me')).status).toBe(401);
    expect((await here.query('account.me')).status).toBe(200);
  });

  it('of somebody else cannot be revoked', async () => {
    const [ana, eve] = [await account(), await account()];
    const [anas, eves] = [browser(), browser()];
    await anas.signIn(ana.email, password);
    await eves.signIn(eve.email, password);
    const [row] = await db.admin`select id from auth.sessions where user_id = ${ana.userId}`;
    expect((await eves.mutate('account.revokeSession', { sessionId: row?.id })).status).toBe(404);
    expect((await anas.query('account.me')).status).toBe(200);
  });

  it('end all but one when the password is changed', async () => {
    const { email } = await account();
    const [here, there] = [browser(), browser()];
    await here.signIn(email, password);
    await there.signIn(email, password);
    const body = { currentPassword: password, newPassword: 'another good sentence' };
    const changed = await here.post('/api/auth/change-password', body);
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({ token: null });
    const mails = await db.admin`
      select e.kind from auth.account_emails e join auth.users u on u.id = e.user_id where u.email = ${email}`;
    expect(mails).toMatchObject([{ kind: 'password-changed' }]);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await here.query('account.me')).status).toBe(200);
    expect((await there.query('account.me')).status).toBe(401);
  });

  it('end when nobody uses them, and in any case after their time', async () => {
    const { email, userId } = await account();
    const page = browser();
    await page.signIn(email, password);
    for (const column of ['last_seen_at', 'created_at']) {
      await db.admin.unsafe(
        `update auth.sessions set ${column} = now() - interval '31 days' where user_id = '${userId}'`,
      );
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect((await page.query('account.me')).status).toBe(401);
      await db.admin.unsafe(
        `update auth.sessions set ${column} = now() where user_id = '${userId}'`,
      );
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect((await page.query('account.me')).status).toBe(200);
    }
  });

  it('end when the account is disabled, which also cannot sign in again', async () => {
    const { email, userId } = await account();
    const page = browser();
    await page.signIn(email, password);
    await db.admin`update auth.users set disabled_at = now() where id = ${userId}`;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await page.query('account.me')).status).toBe(401);
    expect((await browser().signIn(email, password)).status).toBe(401);
  });
});

describe('the second factor', () => {
  async function enrol(page: Browser) {
    const enabled = await page.post('/api/auth/two-factor/enable', { password });
    const { totpURI, backupCodes } = enabled.json as { totpURI: string; backupCodes: string[] };
    const verified = await page.post('/api/auth/two-factor/verify-totp', { code: totp(totpURI) });
    expect(verified.status).toBe(200);
    return { totpURI, backupCodes };
  }

  it('is asked for after the password and before any session', async () => {
    const { email } = await account();
    const page = browser();
    await page.signIn(email, password);
    const { totpURI, backupCodes } = await enrol(page);

    const again = browser();
    const first = await again.signIn(email, password);
    expect(first.json).toMatchObject({ twoFactorRedirect: true });
    expect((await again.query('account.me')).status).toBe(401);
    const wrong = await again.post('/api/auth/two-factor/verify-totp', { code: '000000' });
    expect(wrong.status).toBe(401);
    expect((await again.query('account.me')).status).toBe(401);
    const right = await again.post('/api/auth/two-factor/verify-totp', { code: totp(totpURI) });
    expect(right.status).toBe(200);
    expect((await again.query('account.me')).status).toBe(200);

    const recovered = browser();
    await recovered.signIn(email, password);
    const recoverWith = (page: Browser) =>
      page.post('/api/auth/two-factor/verify-backup-code', { code: backupCodes[0] });
    expect((await recoverWith(recovered)).status).toBe(200);
    expect((await recovered.query('account.me')).status).toBe(200);
    const reused = browser();
    await reused.signIn(email, password);
    expect((await recoverWith(reused)).status).toBe(401);
  });

  it('is what operators need for anything but setting it up', async () => {
    const { email } = await account({ isOperator: true });
    const page = browser(server.adminUrl);
    await page.signIn(email, password);
    expect(await page.query('account.me')).toMatchObject({
      json: { result: { data: { isOperator: true, secondFactorRequired: true } } },
    });
    const refused = await page.query('monitoring.listServices');
    expect(refused.status).toBe(412);
    expect(refused.text).toContain('rpc.second-factor-required');
    await enrol(page);
    expect((await page.query('monitoring.listServices')).status).toBe(200);
  });

  it('does not open the operators’ surface to others, nor operators’ work to the web surface', async () => {
    const plain = await account();
    const page = browser(server.adminUrl);
    await page.signIn(plain.email, password);
    expect((await page.query('monitoring.listServices')).status).toBe(403);
    const operator = await account({ isOperator: true });
    const web = browser();
    await web.signIn(operator.email, password);
    await enrol(web);
    expect((await web.query('monitoring.listServices')).status).toBe(403);
  });
});
