import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createAccount } from '@wedsync/weddings/accounts';
import { afterAll, describe, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { startCuttableProxy } from './testing/cuttable-proxy.ts';
import { startTestServer } from './testing/test-server.ts';

const db = await createTestDatabase();
const server = await startTestServer(db);
const secure = await startTestServer(db, {
  PUBLIC_WEB_URL: 'https://app.example.com',
  PUBLIC_ADMIN_URL: 'https://admin.example.com',
  TRUST_PROXY: 'true',
});
afterAll(async () => {
  await Promise.all([server.stop(), secure.stop()]);
});

const password = 'correct horse battery';
const email = 'ana@example.com';
await createAccount(server.dependencies.authDatabase, { email, name: 'Ana', password });

async function signedIn() {
  const page = new Browser(server.webUrl);
  await page.signIn(email, password);
  return page;
}

/** The company the account has, by name; what a successful attack would add. */
const companies = async () => {
  const [row] = await db.admin<{ count: number }[]>`
    select count(*)::int as count from wedding.organizations`;
  return row?.count ?? 0;
};

describe('every answer', () => {
  it.each(['/trpc/account.me', '/api/auth/nothing'])(
    'of %s may be shown by a browser and then load and run nothing',
    async (path) => {
      const { headers } = await new Browser(server.webUrl).fetch(path);
      const csp = headers.get('content-security-policy');
      expect(csp).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    },
  );

  it.each(['/healthz', '/r/none', '/nowhere'])(
    'of %s carries the headers that keep a browser safe',
    async (path) => {
      const { headers } = await new Browser(server.webUrl).fetch(path);
      const csp = headers.get('content-security-policy') ?? '';
      for (const directive of [
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "connect-src 'self'",
      ]) {
        expect(csp).toContain(directive);
      }
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBeTruthy();
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it('over https asks for https for at least a year, and pins cookies to the host', async () => {
    const page = new Browser(secure.webUrl);
    const answer = await page.post(
      '/api/auth/sign-in/email',
      { email, password },
      { origin: 'https://app.example.com' },
    );
    expect(answer.status).toBe(200);
    const hsts = /max-age=(\d+)/.exec(answer.headers.get('strict-transport-security') ?? '');
    expect(Number(hsts?.[1])).toBeGreaterThanOrEqual(31_536_000);
    const [cookie = ''] = answer.cookies.filter((line) => line.includes('session_token'));
    expect(cookie).toMatch(/^__Host-wedsync-web\.session_token=/);
    expect(cookie).toMatch(/Secure/i);
    expect(cookie).toMatch(/HttpOnly/i);
    expect((await page.query('account.me')).status).toBe(200);
  });

  it('behind a capability link tells other sites and search engines nothing', async () => {
    const { headers } = await new Browser(server.webUrl).fetch('/r/AAAAAAAAAAAAAAAAAAAAAA');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('cache-control')).toBe('no-store');
    const admin = await new Browser(server.adminUrl).fetch('/r/AAAAAAAAAAAAAAAAAAAAAA');
    expect(admin.headers.get('x-robots-tag')).toBeNull();
  });

  it('shows nothing of our insides when something is wrong', async () => {
    const page = await signedIn();
    const broken = await page.fetch('/trpc/weddings.list?input=%7Bnonsense');
    expect(broken.status).toBe(400);
    const unknown = await page.query('weddings.doesNotExist');
    expect(unknown.status).toBe(404);
    for (const { text } of [broken, unknown])
      expect(text).not.toMatch(/stack|node_modules|at .*\.ts/);
  });
});

describe('a request that another site makes the browser send', () => {
  const attack = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };

  it('as a form changes nothing', async () => {
    const page = await signedIn();
    const before = await companies();
    const form = new FormData();
    form.set('name', 'Evil');
    const multipart = await page.fetch('/trpc/weddings.createOrganization', {
      method: 'POST',
      headers: attack,
      body: form,
    });
    expect(multipart.status).toBe(403);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json']) {
      const answer = await page.fetch('/trpc/weddings.createOrganization', {
        method: 'POST',
        headers: { ...attack, 'content-type': type },
        body: '{"name":"Evil"}',
      });
      expect([type, answer.status]).toEqual([type, 403]);
    }
    expect(await companies()).toBe(before);
  });

  it('signs nobody in or out', async () => {
    const page = await signedIn();
    const answer = await page.post('/api/auth/sign-out', {}, attack);
    expect(answer.status).toBe(403);
    expect((await page.query('account.me')).status).toBe(200);
    const login = await new Browser(server.webUrl).post(
      '/api/auth/sign-in/email',
      { email, password },
      attack,
    );
    expect(login.status).toBe(403);
    expect(login.cookies).toEqual([]);
  });

  it('is refused too when it hides where it comes from', async () => {
    const page = await signedIn();
    const answer = await page.post('/trpc/account.update', { name: 'Eve' }, { origin: 'null' });
    expect(answer.status).toBe(403);
  });
});

describe('a request of our own pages', () => {
  it('is taken as JSON and as nothing else', async () => {
    const page = await signedIn();
    const form = new FormData();
    form.set('name', 'Form');
    const multipart = await page.fetch('/trpc/weddings.createOrganization', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
      body: form,
    });
    expect(multipart.status).toBe(415);
    const json = await page.mutate('weddings.createOrganization', { name: 'Fairlight' });
    expect(json.status).toBe(200);
  });

  it('changes nothing by GET', async () => {
    const page = await signedIn();
    const before = await companies();
    const answer = await page.query('weddings.createOrganization', { name: 'By GET' });
    expect(answer.status).toBe(405);
    expect(await companies()).toBe(before);
  });

  it('holds at most ten calls', async () => {
    const page = await signedIn();
    const names = (count: number) => Array.from({ length: count }, () => 'account.me').join(',');
    expect((await page.fetch(`/trpc/${names(10)}?batch=1&input=%7B%7D`)).status).toBe(200);
    const eleven = await page.fetch(`/trpc/${names(11)}?batch=1&input=%7B%7D`);
    expect(eleven.status).toBe(400);
    const many = await page.fetch(`/trpc/${','.repeat(2_000)}?batch=1`);
    expect(many.status).toBeGreaterThanOrEqual(400);
    expect(many.text.length).toBeLessThan(5_000);
  });

  it('is refused before it is read when it is too large', async () => {
    const page = await signedIn();
    const name = 'x'.repeat(1_100_000);
    const answer = await page.mutate('account.update', { name });
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('1 MB');
    let chunks = 0;
    const withoutLength = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(65_536).fill(32));
        if (++chunks === 40) controller.close();
      },
    });
    const streamed = await page
      .fetch('/trpc/account.update', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: withoutLength,
        duplex: 'half',
      })
      .then(({ status }) => status)
      // The connection may be closed while the browser is still sending.
      .catch(() => 413);
    expect(streamed).toBe(413);
  });

  it('is compressed where that helps and never kept by a cache', async () => {
    const page = await signedIn();
    const answer = await page.fetch(
      `/trpc/${Array(10).fill('account.me').join(',')}?batch=1&input=%7B%7D`,
    );
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is limited, and told when to come back', async () => {
    const strict = await startTestServer(db, { API_REQUESTS_PER_MINUTE: '5' });
    try {
      const page = new Browser(strict.webUrl);
      const statuses: number[] = [];
      for (let call = 0; call < 6; call++) statuses.push((await page.query('account.me')).status);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
      const refused = await page.query('account.me');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.json).toMatchObject({ error: { data: { domain: { kind: 'limit' } } } });
    } finally {
      await strict.stop();
    }
  });
});

describe('paths', () => {
  it('of the authentication library that we do not use do not exist', async () => {
    const page = await signedIn();
    for (const path of [
      'get-session',
      'list-sessions',
      'update-user',
      'sign-in/social',
      'error',
      'ok',
    ]) {
      expect([path, (await page.fetch(`/api/auth/${path}`)).status]).toEqual([path, 404]);
      expect([path, (await page.post(`/api/auth/${path}`, {})).status]).toEqual([path, 404]);
    }
  });

  it('do not lead out of the folder of static files', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/..%2f..%2fpackage.json',
    ]) {
      const answer = await new Browser(server.webUrl).fetch(path);
      expect(answer.text).not.toContain('"name"');
    }
  });

  it('of metrics are open to this machine and closed to what comes through a proxy', async () => {
    const page = new Browser(server.webUrl);
    await page.fetch('/healthz');
    const local = await fetch(`${server.webUrl}/metrics`);
    expect(await local.text()).toContain('wedsync_http_request_duration_seconds');
    expect((await page.fetch('/metrics')).status).toBe(404);
  });
});

describe('the log', () => {
  it('names no secret, no address and no link', async () => {
    const page = await signedIn();
    await page.fetch('/r/AAAAAAAAAAAAAAAAAAAAAA');
    await page.fetch('/api/auth/verify-email?token=SECRETTOKEN');
    await page.signIn(email, 'a wrong password');
    const log = server.logLines.join('');
    for (const secret of [
      password,
      'a wrong password',
      email,
      'SECRETTOKEN',
      'AAAAAAAAAAAAAAAAAAAAAA',
    ]) {
      expect([secret, log.includes(secret)]).toEqual([secret, false]);
    }
    expect(log).not.toContain(page.cookie('session_token')?.slice(0, 20));
    expect(log).toContain('"action":"/sign-in/email","outcome":"refused"');
  });

  it('takes request ids from nobody but our own proxy', async () => {
    const forged = { 'x-request-id': 'forged-request-id' };
    const direct = await new Browser(server.webUrl).fetch('/nowhere', { headers: forged });
    expect(direct.headers.get('x-request-id')).not.toBe('forged-request-id');
    const proxied = await new Browser(secure.webUrl).fetch('/nowhere', { headers: forged });
    expect(proxied.headers.get('x-request-id')).toBe('forged-request-id');
    const injected = { 'x-request-id': 'evil"},{"level":"fatal' };
    const clean = await new Browser(secure.webUrl).fetch('/nowhere', { headers: injected });
    expect(clean.headers.get('x-request-id')).not.toContain('evil');
  });
});

describe('without its database', () => {
  it('the server says so at once, and goes on by itself when it is back', async () => {
    const { hostname, port } = new URL(db.adminUrl);
    const proxy = await startCuttableProxy({ host: hostname, port: Number(port) });
    const through = new URL(db.adminUrl);
    through.host = `127.0.0.1:${proxy.port}`;
    through.username = '';
    through.password = '';
    const fragile = await startTestServer(db, { DATABASE_URL: through.href });
    try {
      const page = new Browser(fragile.webUrl);
      await page.signIn(email, password);
      expect((await page.query('account.me')).status).toBe(200);
      await proxy.cut();
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const startedAt = performance.now();
      const down = await page.query('account.me');
      const signIn = await new Browser(fragile.webUrl).signIn(email, password);
      expect(performance.now() - startedAt).toBeLessThan(5_000);
      expect([down.status, signIn.status]).toEqual([503, 503]);
      expect(down.text).toContain('try again shortly');
      expect(down.headers.get('retry-after')).toBe('5');
      expect((await fetch(`${fragile.webUrl}/readyz`)).status).toBe(503);
      expect((await fetch(`${fragile.webUrl}/healthz`)).status).toBe(200);
      await proxy.mend();
      const deadline = Date.now() + 5_000;
      let status = 0;
      while (status !== 200 && Date.now() < deadline) {
        status = (await page.query('account.me')).status;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(status).toBe(200);
    } finally {
      await fragile.stop();
    }
  });
});
