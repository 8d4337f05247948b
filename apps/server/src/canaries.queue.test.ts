import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GuestImportPreview } from '@wedsync/contracts/guest-imports';
import type { Guest } from '@wedsync/contracts/guests';
import type { Household } from '@wedsync/contracts/households';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { type Backend, describeOnBothBackends } from '@wedsync/queue/testing/both-backends';
import { until } from '@wedsync/queue/testing/rig';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { createAccount, openAuthDatabase } from '@wedsync/weddings/accounts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { flushedDataDirectory, scanFolder } from './testing/scan-disk.ts';
import { storedText, tablesWith } from './testing/stored-text.ts';

const db = await createTestDatabase();
/** Where it is day now, so that a text leaves at once: Jamaica, Japan or France. */
const daylight = ((hour) =>
  hour >= 14 || hour < 1 ? '1876234' : hour < 11 ? '81901234' : '3361234')(
  new Date().getUTCHours(),
);
const password = 'canary seven green umbrellas';

const dataOf = <T>({ status, json, text }: { status: number; json: unknown; text: string }): T => {
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return (json as { result: { data: T } }).result.data;
};

/** Everything that Redis holds, as text. */
async function redisText(url: string): Promise<string> {
  const redis = new Redis(url);
  const texts: string[] = [];
  for (const key of await redis.keys('*')) {
    const dump = await redis.dumpBuffer(key);
    texts.push(key, dump?.toString('latin1') ?? '');
    // Dumps compress long values.
    if ((await redis.type(key)) === 'hash') texts.push(JSON.stringify(await redis.hgetall(key)));
  }
  redis.disconnect();
  return texts.join('\n');
}

/** Everything that a job leaves behind: the outbox and the queue's own tables. */
async function queueText(backend: Backend): Promise<string> {
  const tables = await db.admin<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('bullmq', 'ops')`;
  const texts: string[] = [];
  for (const { name } of tables) {
    const [row] = await db.admin.unsafe(
      `select string_agg(t::text, E'\\n') as text from ${name} t`,
    );
    texts.push(row?.text ?? '');
  }
  const { redisUrl } = backend.place();
  if (redisUrl) texts.push(await redisText(redisUrl));
  return texts.join('\n');
}

describeOnBothBackends('personal data and secrets', db, (backend) => {
  let stack: Stack;
  const startedAt = Date.now() - 1_000;
  const processDir = mkdtempSync(join(tmpdir(), 'wedsync-canary-'));
  const tag = backend.name;
  const canaries: Record<string, string> = {
    email: `canary.guest.${tag}@example.com`,
    phone: `${daylight}${tag === 'redis' ? '5671' : '5672'}`,
    name: `Canarina${tag}`,
    street: `Canary Wharf ${tag} 12`,
    secondEmail: `canary.second.${tag}@example.com`,
    secondPhone: tag === 'redis' ? '351912345673' : '351912345674',
    secondStreet: `Canary Row ${tag} 34`,
    testPhone: `${daylight}${tag === 'redis' ? '6671' : '6672'}`,
    planner: `canary.planner.${tag}@example.com`,
    password,
  };
  beforeAll(async () => {
    const overrides = {
      LOG_LEVEL: 'debug',
      REDIS_URL: backend.place().redisUrl,
      // Whatever the processes write beside the database, they write here.
      TMPDIR: processDir,
      WORKER_STATE_DIR: `${processDir}/worker`,
    };
    stack = await startStack(db, overrides);
  });
  afterAll(() => stack?.stop());

  /** The newest e-mail to an address, as its reader sees it. */
  async function mailTo(address: string, containing: string): Promise<string> {
    let found = '';
    await until(`a mail to ${address}`, async () => {
      for (const { id, to } of stack.mail.store.list({ limit: 50 }).items) {
        const text = to.includes(address) ? (await stack.mail.store.parsed(id))?.text : '';
        if (text?.includes(containing)) found = text;
      }
      return found !== '';
    });
    return found;
  }
  const tokenIn = (text: string, path: string) =>
    new RegExp(`${path}([\\w%.-]{16,})`).exec(text)?.[1] ?? '';

  async function plannerOf(): Promise<{ page: Browser; weddingId: string; eventIds: string[] }> {
    const { planner = '' } = canaries;
    const accounts = openAuthDatabase({ url: db.url('auth'), max: 1 });
    const userId = await createAccount(accounts, { email: planner, name: 'Ines', password });
    await accounts.end();
    const { orgId, weddingId, eventIds } = await seedWedding(db.admin);
    await db.admin`
      insert into wedding.org_members (org_id, user_id, role) values (${orgId}, ${userId}, 'owner')`;
    const page = new Browser(stack.webUrl);
    await page.signIn(planner, 'canary wrong password');
    await page.signIn(planner, password);
    canaries.session = page.cookie('session_token')?.slice(0, 24) ?? '';
    return { page, weddingId, eventIds };
  }

  async function importAndSend({
    page,
    weddingId,
    eventIds,
  }: Awaited<ReturnType<typeof plannerOf>>) {
    const { email, phone, name } = canaries;
    const head = 'First name,Last name,E-mail,Phone,Street';
    const csv = `${head}\n${name},Test,${email},+${phone},${canaries.street}\n`;
    const file = { weddingId, fileName: 'g.csv', content: Buffer.from(csv).toString('base64') };
    const preview = await page.mutate('guests.previewImport', file);
    const { digest } = dataOf<GuestImportPreview>(preview);
    // Refused, with what was sent: errors must not carry it along either.
    await page.mutate('guests.applyImport', { ...file, digest: digest.replace(/^./, '_') });
    await page.mutate('guests.previewImport', {
      ...file,
      content: Buffer.from(`${csv}${email}\0`).toString('base64'),
    });
    dataOf(await page.mutate('guests.applyImport', { ...file, digest }));
    const [guest] = await db.admin`select id from wedding.guests where wedding_id = ${weddingId}`;
    dataOf(
      await page.mutate('guests.invite', {
        weddingId,
        eventId: eventIds[0],
        guestIds: [guest?.id],
      }),
    );
    await page.query('guests.search', { weddingId, query: email });
    const draft = dataOf<{ id: string; version: number }>(
      await page.mutate('communications.createMessage', {
        weddingId,
        title: 'Invitation',
        kind: 'invitation',
        wordings: [
          {
            language: 'en',
            subject: 'Hello {{ names }}',
            body: 'Dear {{ names }},\n\n{{ rsvp_link }}',
          },
        ],
      }),
    );
    const { id, version } = draft;
    dataOf(await page.mutate('communications.sendMessage', { weddingId, id, version }));
    return String(guest?.id);
  }

  /** A text to the number, and one to try it on the planner's own telephone. */
  async function textToo(page: Browser, weddingId: string, guestId: string): Promise<void> {
    const consent = { channel: 'sms', status: 'granted', how: 'verbal' };
    dataOf(await page.mutate('privacy.recordConsent', { weddingId, guestId, ...consent }));
    const wordings = [{ channel: 'sms', language: 'en', body: 'The bus leaves at two.' }];
    const fields = { weddingId, title: 'The bus', kind: 'logistics', channel: 'sms', wordings };
    const draft = dataOf<{ id: string; version: number }>(
      await page.mutate('communications.createMessage', fields),
    );
    const { id, version } = draft;
    const test = { weddingId, id, phone: `+${canaries.testPhone}` };
    dataOf(await page.mutate('communications.sendTestText', test));
    dataOf(await page.mutate('communications.sendMessage', { weddingId, id, version }));
    await until('the text', async () =>
      stack.sms.store.list({ limit: 50 }).items.some(({ to }) => to === `+${canaries.phone}`),
    );
  }

  /** Files of the database, its write-ahead log and what the processes wrote, with what stands in them. */
  async function onDisk(kinds: readonly string[]): Promise<string[]> {
    const needles = kinds.map((what) => canaries[what] ?? '');
    const dataDir = await flushedDataDirectory(db.admin);
    return [
      ...(await scanFolder(dataDir, needles, startedAt)),
      ...(await scanFolder(processDir, needles, startedAt)),
    ];
  }

  /** Edits, changes the household, asks for the history, and takes the import back. */
  async function editAndUndo(page: Browser, weddingId: string, guestId: string): Promise<void> {
    const { id, version, householdId } = dataOf<Guest>(
      await page.query('guests.get', { weddingId, guestId }),
    );
    const patch = { email: canaries.secondEmail, otherPhones: [`+${canaries.secondPhone}`] };
    dataOf(await page.mutate('guests.update', { weddingId, guestId: id, version, patch }));
    const home = dataOf<Household>(
      await page.query('guests.getHousehold', { weddingId, householdId }),
    );
    const address = {
      householdId,
      version: home.version,
      patch: { street: canaries.secondStreet },
    };
    dataOf(await page.mutate('guests.updateHousehold', { weddingId, ...address }));
    const history = await page.query('guests.history', { weddingId, guestId });
    for (const what of ['email', 'secondEmail']) expect(history.text).toContain(canaries[what]);
    const [last] = await db.admin`
      select id from wedding.guest_imports where wedding_id = ${weddingId}`;
    const undo = { weddingId, importId: last?.id, skipChanged: true };
    dataOf(await page.mutate('guests.undoImport', undo));
  }

  async function answerAndLeave(): Promise<void> {
    const text = await mailTo(canaries.email ?? '', '/r/');
    canaries.rsvpToken = tokenIn(text, '/r/');
    canaries.unsubscribeToken = tokenIn(text, '/u/');
    const guest = new Browser(stack.webUrl);
    const form = await guest.fetch(`/r/${canaries.rsvpToken}`);
    const revision = /name="revision" value="([^"]+)"/.exec(form.text)?.[1] ?? '';
    const body = new URLSearchParams({ revision, all: 'yes' });
    const path = `/r/${canaries.rsvpToken}`;
    expect((await guest.fetch(path, { method: 'POST', body })).status).toBe(303);
    await guest.fetch(`${path}?token=${canaries.rsvpToken}`, { method: 'PUT' });
    const left = await guest.fetch(`/u/${canaries.unsubscribeToken}`, { method: 'POST' });
    expect(left.status).toBe(200);
  }

  async function resetPassword(): Promise<void> {
    const { planner = '' } = canaries;
    const visitor = new Browser(stack.webUrl);
    await visitor.post('/api/auth/request-password-reset', { email: planner });
    const mail = await mailTo(planner, '/reset-password');
    canaries.resetToken = decodeURIComponent(tokenIn(mail, 'reset-password\\?token='));
    await visitor.fetch(`/api/auth/reset-password/${canaries.resetToken}`);
    const newPassword = `canary another ${tag} umbrella`;
    canaries.newPassword = newPassword;
    const reset = { token: canaries.resetToken, newPassword };
    expect((await visitor.post('/api/auth/reset-password', reset)).status).toBe(200);
  }

  const contacts = ['email', 'phone', 'street', 'secondEmail', 'secondPhone', 'secondStreet'];
  const stored = async (kinds: readonly string[]) => {
    const texts = await storedText(db.admin);
    return kinds.flatMap((what) =>
      tablesWith(texts, canaries[what] ?? '').map((table) => `${what} in ${table}`),
    );
  };

  it('are in no log line and in no job, contacts in no table, and after erasing nowhere', async () => {
    const place = await plannerOf();
    const { page, weddingId } = place;
    const guestId = await importAndSend(place);
    await textToo(page, weddingId, guestId);
    await answerAndLeave();
    await editAndUndo(page, weddingId, guestId);
    await resetPassword();
    await until('the jobs to be done', async () => {
      const open = await db.admin`
        select from ops.outbox where state in ('pending', 'relayed') and job_name not like '%sweep%'`;
      return open.length === 0;
    });
    for (const [what, value] of Object.entries(canaries)) {
      expect([what, value.length]).toEqual([what, expect.toSatisfy((n: number) => n >= 12)]);
    }
    const places = { log: stack.logged(), queue: await queueText(backend) };
    // The places are the right ones: what may be there is.
    expect(places.log).toContain('"path":"/r/[link]"');
    expect(places.queue).toContain('communications.send-shard');
    const found = Object.entries(places).flatMap(([place, text]) =>
      Object.entries(canaries)
        .filter(([, value]) => text.includes(value))
        .map(([what]) => `${what} in the ${place}`),
    );
    expect(found).toEqual([]);

    // The look is sharp enough: a name stands where it may.
    expect(await stored(['name'])).toContain('name in wedding.guests');
    expect(await stored(contacts)).toEqual([]);
    // The write-ahead log holds what any page ever held: the look into it is sharp as well.
    expect((await onDisk(['name'])).join('\n')).toMatch(/pg_wal/);
    expect(await onDisk([...contacts, 'testPhone'])).toEqual([]);
    expect(await stored(['rsvpToken', 'unsubscribeToken', 'session', 'resetToken'])).toEqual([]);
    await page.signIn(canaries.planner ?? '', canaries.newPassword ?? '');
    dataOf(await page.mutate('privacy.eraseGuest', { weddingId, guestId }));
    expect(await stored([...contacts, 'name'])).toEqual([]);
    expect(await onDisk(contacts)).toEqual([]);
    // Whoever still has the file imports it again: nobody writes to the address.
    const content = Buffer.from(`First name,E-mail\nAgain,${canaries.secondEmail}\n`);
    const file = { weddingId, fileName: 'g.csv', content: content.toString('base64') };
    const { digest } = dataOf<GuestImportPreview>(await page.mutate('guests.previewImport', file));
    dataOf(await page.mutate('guests.applyImport', { ...file, digest }));
    const check = await page.query('communications.checkAudience', { weddingId });
    expect(dataOf(check)).toMatchObject({ emails: 0, skips: [{ reason: 'erased', count: 1 }] });
  });
});
