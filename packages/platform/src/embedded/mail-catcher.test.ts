import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MailCatcher, startMailCatcher } from './mail-catcher.ts';
import { createMailClient } from './mail-client.ts';

const token = 'a-token-that-only-this-test-knows';
let dir: string;
let catcher: MailCatcher;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wedsync-mail-'));
  catcher = await startMailCatcher({ dir, token });
});
afterEach(async () => {
  await catcher.stop();
  await rm(dir, { recursive: true });
});

/** Sends over one connection, a whole mail per round trip where the server allows it. */
async function send(port: number, mails: { to: string; data: string }[]): Promise<void> {
  const socket = createConnection(port, '127.0.0.1');
  const replies = createInterface(socket)[Symbol.asyncIterator]();
  async function say(command: string | undefined, code: string): Promise<void> {
    if (command !== undefined) socket.write(`${command}\r\n`);
    for (;;) {
      const line: string = (await replies.next()).value ?? 'closed';
      if (!line.startsWith(code)) throw new Error(line);
      if (line[3] !== '-') return;
    }
  }
  try {
    await say(undefined, '220');
    await say('EHLO test', '250');
    for (const { to, data } of mails) {
      await say('MAIL FROM:<bounce@sender.example>', '250');
      await say(`RCPT TO:<${to}>`, '250');
      await say('DATA', '354');
      await say(`${data.replaceAll('\n', '\r\n')}\r\n.`, '250');
    }
    await say('QUIT', '221');
  } finally {
    socket.destroy();
  }
}

const mail = (n: number, subject = `Invitation ${n}`) => ({
  to: `guest${n}@people.example`,
  data: `From: =?UTF-8?Q?Zo=C3=AB?= <zoe@sender.example>\nTo: someone@else.example\nSubject: ${subject}\nContent-Type: text/plain; charset=utf-8\n\nDear guest ${n}, grüße`,
});

describe('the mail catcher', () => {
  it('shows a mail with its envelope, decoded header and text', async () => {
    await send(catcher.smtpPort, [mail(1, '=?UTF-8?B?R3LDvMOfZQ==?=')]);
    const client = createMailClient({ url: catcher.url, token });
    const { items, total } = await client.list();
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      from: 'Zoë <zoe@sender.example>',
      to: ['guest1@people.example'],
      subject: 'Grüße',
    });
    const detail = await client.get(items[0]?.id ?? '');
    expect(detail?.text.trim()).toBe('Dear guest 1, grüße');
    expect(await client.raw(items[0]?.id ?? '')).toContain('To: someone@else.example');
  });

  it('pages newest first and searches sender, recipient and subject', async () => {
    await send(
      catcher.smtpPort,
      Array.from({ length: 12 }, (_, n) => mail(n)),
    );
    const client = createMailClient({ url: catcher.url, token });
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await client.list({ limit: 5, ...(after ? { after } : {}) });
      seen.push(...page.items.map(({ subject }) => subject));
      after = page.next;
      if (!after) break;
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, n) => `Invitation ${11 - n}`));
    expect((await client.list({ search: 'GUEST11@' })).total).toBe(1);
    expect((await client.list({ search: 'invitation 1' })).total).toBe(3);
  });

  it('gives nothing to a caller without the token and nothing outside its folder', async () => {
    await send(catcher.smtpPort, [mail(1)]);
    expect((await fetch(`${catcher.url}/messages`)).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    for (const id of ['..%2Findex.jsonl', 'index', '%00']) {
      expect((await fetch(`${catcher.url}/messages/${id}/raw`, { headers })).status).toBe(404);
    }
  });

  it('keeps mails over a restart and survives an index cut short by a crash', async () => {
    await send(catcher.smtpPort, [mail(1), mail(2)]);
    await catcher.stop();
    const index = join(dir, 'index.jsonl');
    await truncate(index, 200);
    catcher = await startMailCatcher({ dir, token });
    expect(catcher.store.list().items.map(({ subject }) => subject)).toEqual(['Invitation 1']);
    await send(catcher.smtpPort, [mail(3)]);
    await catcher.stop();
    catcher = await startMailCatcher({ dir, token });
    expect(catcher.store.count().messages).toBe(2);
  });

  it('drops the oldest when it holds too many', async () => {
    await catcher.stop();
    catcher = await startMailCatcher({ dir, token, limits: { messagesMax: 3 } });
    await send(
      catcher.smtpPort,
      Array.from({ length: 5 }, (_, n) => mail(n)),
    );
    const subjects = catcher.store.list().items.map(({ subject }) => subject);
    expect(subjects).toEqual(['Invitation 4', 'Invitation 3', 'Invitation 2']);
    expect((await readdir(dir)).filter((name) => name.endsWith('.eml'))).toHaveLength(3);
  });

  it('forgets all mails when told to', async () => {
    await send(catcher.smtpPort, [mail(1)]);
    const client = createMailClient({ url: catcher.url, token });
    await client.clear();
    expect(await client.count()).toEqual({ messages: 0, bytes: 0 });
    expect(await readdir(dir)).toEqual(['index.jsonl']);
  });

  it('takes bursts over several connections without losing one', async () => {
    const burst = (from: number) => Array.from({ length: 100 }, (_, n) => mail(from + n));
    await Promise.all([0, 100, 200, 300].map((from) => send(catcher.smtpPort, burst(from))));
    expect(catcher.store.count().messages).toBe(400);
    const subjects = new Set<string>();
    for (const { subject } of catcher.store.list({ limit: 200 }).items) subjects.add(subject);
    expect(subjects.size).toBe(200);
  });

  it('says which port is taken', async () => {
    const other = join(dir, 'other');
    await expect(
      startMailCatcher({ dir: other, token, smtpPort: catcher.smtpPort }),
    ).rejects.toThrow(`Port ${catcher.smtpPort}, meant for the mail catcher (SMTP), is taken`);
  });
});
