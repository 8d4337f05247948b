import { request } from 'node:http';
import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedGuest, seedHousehold } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { createAccount } from '@wedsync/weddings/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, Browser } from './testing/browser.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const db = await createTestDatabase();
const account = { email: 'ines@planner.example', name: 'Ines', password: 'seven green umbrellas' };
let server: TestServer;
let page: Browser;
let weddingId = '';
let householdId = '';
let guestId = '';

beforeAll(async () => {
  server = await startTestServer(db);
  const userId = await createAccount(server.dependencies.authDatabase, account);
  const place = await seedWedding(db.admin);
  ({ weddingId } = place);
  await db.admin`
    insert into wedding.org_members (org_id, user_id, role)
    values (${place.orgId}, ${userId}, 'owner')`;
  householdId = await seedHousehold(db.admin, { weddingId });
  ({ guestId } = await seedGuest(db.admin, { weddingId, householdId }));
  page = new Browser(server.webUrl);
  await page.signIn(account.email, account.password);
});
afterAll(() => server.stop());

/** What was stored so far; a refusal must not change it. */
const rows = async () => {
  const [row] = await db.admin`
    select (select count(*) from wedding.guests) as guests,
      (select count(*) from wedding.guest_imports) as imports,
      (select count(*) from wedding.audit_log) as audits`;
  return row;
};
const file = (content: string | Uint8Array, fileName = 'guests.csv') => ({
  weddingId,
  fileName,
  content: Buffer.from(content).toString('base64'),
});
const wordsOf = ({ json }: Answer) => (json as { error: { message: string } }).error.message;

/** Says it will send `bytes`, starts to, and reports the answer and how much was taken. */
function upload(path: string, bytes: number): Promise<{ status: number; taken: number }> {
  return new Promise((resolve, reject) => {
    const url = new URL(path, server.webUrl);
    const headers = {
      'content-type': 'application/json',
      'content-length': String(bytes),
      origin: server.webUrl,
      cookie: page.cookieHeader,
    };
    const outgoing = request(url, { method: 'POST', headers });
    let taken = 0;
    outgoing.on('response', (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, taken });
      outgoing.destroy();
    });
    outgoing.on('error', reject);
    outgoing.write(Buffer.alloc(65_536, 32), () => {
      taken += 65_536;
    });
  });
}

describe('a file of a guest list', () => {
  it.each([
    ['/trpc/guests.previewImport', 100_000_000],
    ['/trpc/guests.applyImport', 100_000_000],
    // Only a request for the import alone may be large.
    ['/trpc/guests.previewImport,account.me?batch=1', 5_000_000],
  ])('sent to %s with %i bytes is refused before it is read', async (path, bytes) => {
    const { status, taken } = await upload(path, bytes);
    expect(status).toBe(413);
    expect(taken).toBeLessThan(1_000_000);
  });

  it('may fill the limit, and is told when it is over it', async () => {
    const megabytes = (count: number) => file(`Name\n${'x'.repeat(count * 1_048_576)}`);
    const full = await page.mutate('guests.previewImport', megabytes(9.9));
    expect(full.status).toBe(200);
    const over = await page.mutate('guests.previewImport', megabytes(10.2));
    expect(over.status).toBeGreaterThanOrEqual(400);
    expect(over.status).toBeLessThan(500);
    expect(wordsOf(over)).toContain('10 MB');
  });

  it.each([
    ['with 10,000 columns', Array.from({ length: 10_000 }, (_, n) => `Column ${n}`).join(',')],
    ['of NUL bytes', 'Name,Email\nAnn\0Lee,ann@example.com\n'],
    ['that is no spreadsheet', Buffer.from('PK\x03\x04 not a workbook', 'latin1')],
    ['of nothing', ''],
    ['of binary noise', Uint8Array.from({ length: 5_000 }, (_, n) => (n * 131) % 256)],
  ])('%s is refused in words, and nothing is written', async (_, content) => {
    const before = await rows();
    const answer = await page.mutate('guests.previewImport', file(content));
    expect([400, 413, 429]).toContain(answer.status);
    expect(wordsOf(answer).length).toBeGreaterThan(40);
    expect(answer.text).not.toMatch(/node_modules|at .*\.ts|SELECT|insert into/);
    expect(await rows()).toEqual(before);
  });

  it.each([
    ['UTF-16', Buffer.from('\ufeffFirst name,Last name\nZoë,Müller\n', 'utf16le')],
    ['Windows-1252', Buffer.from('First name,Last name\nZoë,Müller\n', 'latin1')],
    ['duplicate headings', 'First name,Last name,First name,Last name\nZoë,Müller,,\n'],
  ])('in %s is read right', async (_, content) => {
    const answer = await page.mutate('guests.previewImport', file(content));
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Müller');
  });
});

describe('text that cannot be stored', () => {
  const texts = {
    NUL: 'a\0b',
    'half a surrogate pair': 'a\ud800b',
    'only controls': '\u0001\u0007',
  };
  it.each(Object.entries(texts))('%s is refused or cleaned, and never a crash', async (_, text) => {
    const guest = { weddingId, guestId, version: 1 };
    const message = { weddingId, kind: 'other', title: text, subject: 'x', body: `${text} x` };
    const wedding = { weddingId, firstName: text, lastName: text, notes: text };
    const answers = [
      await page.mutate('guests.create', wedding),
      await page.mutate('guests.update', { ...guest, patch: { notes: text }, notes: text }),
      await page.mutate('guests.createTag', { weddingId, name: text }),
      await page.mutate('guests.createHousehold', { weddingId, name: text }),
      await page.query('guests.search', { weddingId, query: text }),
      await page.query('guests.list', { weddingId, search: text }),
      await page.mutate('communications.createMessage', message),
      await page.mutate('communications.createTemplate', { ...message, name: text }),
      await page.mutate('weddings.createEvent', { weddingId, kind: 'other', name: text }),
      await page.mutate('weddings.createOrganization', { name: text }),
      await page.mutate('account.update', { name: text }),
      await page.mutate('guests.previewImport', { ...file('Name\nAnn'), fileName: text }),
    ];
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
  });
});

describe('a request that makes no sense', () => {
  it.each([
    ['broken JSON', '{"weddingId": '],
    ['deep nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['a prototype', '{"__proto__": {"isOperator": true}, "constructor": {"prototype": {}}}'],
    ['a number beyond all', '{"weddingId": 1e999}'],
    ['nothing', ''],
  ])('%s is refused as a mistake of the sender', async (_, body) => {
    const answer = await page.fetch('/trpc/guests.create', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(400);
  });

  it.each(['x', '%00', `${'A'.repeat(5_000)}`, 'a.b.c', '..%2f..%2fetc%2fpasswd', '%E0%A4%A'])(
    'a session that says %s is nobody, and no error',
    async (value) => {
      for (const name of ['wedsync-web.session_token', '__Host-wedsync-web.session_token']) {
        const stranger = new Browser(server.webUrl);
        stranger.setCookie(name, value);
        expect((await stranger.query('account.me')).status).toBe(401);
        expect((await stranger.query('guests.list', { weddingId })).status).toBe(401);
      }
    },
  );

  it.each(['%E0%A4%A', '%', '%00', 'A'.repeat(22), "'; drop table--"])(
    'a link that ends in %s is a page that says so',
    async (token) => {
      for (const path of [`/r/${token}`, `/u/${token}`, `/r/${token}/done`]) {
        const answer = await new Browser(server.webUrl).fetch(path);
        expect([path, answer.status]).toEqual([path, 404]);
      }
    },
  );

  it('an id that leads nowhere, or elsewhere, is not found', async () => {
    const unknown = await page.query('guests.get', { weddingId, guestId: newUuid() });
    expect(unknown.status).toBe(404);
    const elsewhere = await page.query('guests.list', { weddingId: newUuid() });
    expect(elsewhere.status).toBe(404);
  });
});
