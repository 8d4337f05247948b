import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { SmsWebhook, type SmsWebhookEvent } from '@wedsync/contracts/communications-sms';
import { newUuid } from '@wedsync/contracts/ids';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyWebhook } from '../webhook-signature.ts';
import { createSmsClient } from './sms-client.ts';
import { type SmsSimulator, type SmsSimulatorOptions, startSmsSimulator } from './sms-simulator.ts';

const token = 'a-token-that-only-this-test-knows';
const secret = 'a-secret-of-this-test';
let dir: string;
let simulator: SmsSimulator;
let receiver: Server;
let events: SmsWebhookEvent[];
/** What the receiver answers; refusals are repeated. */
let answers: number[];

const start = async (options: Partial<SmsSimulatorOptions> = {}) => {
  const { port } = receiver.address() as AddressInfo;
  const webhook = { url: `http://127.0.0.1:${port}/`, secret };
  simulator = await startSmsSimulator({ dir, token, webhook, deliveryMs: 5, ...options });
};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wedsync-sms-'));
  events = [];
  answers = [];
  receiver = createServer((request, response) => {
    void readAll(request).then((body) => {
      const verdict = verifyWebhook(secret, { headers: request.headers, body, now: new Date() });
      const status = answers.shift() ?? (verdict === 'valid' ? 200 : 401);
      if (status === 200) events.push(...SmsWebhook.parse(JSON.parse(body)).events);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  await start();
});
afterEach(async () => {
  await simulator.stop();
  receiver.close();
  await rm(dir, { recursive: true });
});

const texted = (change: object = {}) => ({
  id: newUuid(),
  reference: 'b-abc@sms',
  from: '+15550001111',
  to: '+351912345678',
  text: 'We are so glad you come!',
  ...change,
});

async function submit(body: ReturnType<typeof texted>, headers: Record<string, string> = {}) {
  const answer = await fetch(simulator.providerUrl, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': body.id, ...headers },
    body: JSON.stringify(body),
  });
  const retryAfter = answer.headers.get('retry-after');
  return { status: answer.status, retryAfter, body: (await answer.json()) as object };
}

describe('the SMS simulator', () => {
  it('takes a text, counts its segments and reports it delivered, signed', async () => {
    const text = texted({ text: 'Olá, até já! '.repeat(8) });
    expect(await submit(text)).toMatchObject({ status: 202, body: { isRepeat: false } });
    await vi.waitFor(() => expect(events).toHaveLength(1));
    expect(events[0]).toMatchObject({
      kind: 'status',
      reference: 'b-abc@sms',
      status: 'delivered',
    });
    const { items } = await createSmsClient({ url: simulator.url, token }).list();
    expect(items).toMatchObject([
      { direction: 'to_guest', to: text.to, encoding: 'ucs2', segments: 2, status: 'delivered' },
    ]);
  });

  it('takes a text once, however often it is handed in, also after a restart', async () => {
    const text = texted();
    await Promise.all([submit(text), submit(text), submit(text)]);
    await simulator.stop();
    await appendFile(join(dir, 'texts.jsonl'), '{"id":"half a li');
    await start();
    expect(await submit(text)).toMatchObject({ status: 202, body: { isRepeat: true } });
    expect(simulator.store.count()).toBe(1);
  });

  it('takes nothing without the token, without the key, or for what is no number', async () => {
    expect((await submit(texted(), { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await submit(texted(), { 'idempotency-key': newUuid() })).status).toBe(400);
    expect((await submit(texted({ to: '0912 345' }))).status).toBe(400);
    expect(simulator.store.count()).toBe(0);
  });

  it('hands an answer of a guest to the webhook, and shows it', async () => {
    await submit(texted());
    const client = createSmsClient({ url: simulator.url, token });
    const [sent] = (await client.list()).items;
    const answer = await client.reply(sent?.id ?? '', 'STOP');
    expect(answer).toMatchObject({ direction: 'from_guest', from: '+351912345678', text: 'STOP' });
    await vi.waitFor(() => expect(events.some(({ kind }) => kind === 'inbound')).toBe(true));
    expect(events.find(({ kind }) => kind === 'inbound')).toMatchObject({
      from: '+351912345678',
      to: '+15550001111',
      text: 'STOP',
    });
    expect(await client.reply('no-such-text', 'STOP')).toBeUndefined();
  });

  it('repeats a report until it is taken, and reports after a restart what it could not before', async () => {
    answers = [503, 429];
    await submit(texted());
    await vi.waitFor(() => expect(events).toHaveLength(1), { timeout: 4_000 });
    answers = Array.from({ length: 100 }, () => 503);
    await simulator.receive({ from: '+351912345678', to: '+15550001111', text: 'HELP' });
    await simulator.stop();
    answers = [];
    await start();
    await vi.waitFor(() => expect(events).toHaveLength(2));
    expect(events[1]).toMatchObject({ kind: 'inbound', text: 'HELP' });
  });

  it('makes trouble when told to', async () => {
    simulator.rules = {
      submit: ({ to }) =>
        to.endsWith('1') ? { status: 429, code: 'too_many', retryAfterS: 7 } : 'accept',
      dropAnswer: ({ to }) => to.endsWith('2'),
      outcome: () => ({ status: 'undelivered', code: 'unreachable' }),
    };
    expect(await submit(texted({ to: '+351912345671' }))).toMatchObject({
      status: 429,
      retryAfter: '7',
    });
    await expect(submit(texted({ to: '+351912345672' }))).rejects.toThrow(/fetch failed/);
    expect(simulator.store.count()).toBe(1);
    await vi.waitFor(() => expect(events[0]).toMatchObject({ status: 'undelivered' }));
  });

  it('pages newest first, searches, and forgets when told to', async () => {
    for (let n = 0; n < 12; n++) await submit(texted({ text: `Text ${n}` }));
    const client = createSmsClient({ url: simulator.url, token });
    const first = await client.list({ limit: 5 });
    expect(first.items.map(({ text }) => text)).toEqual([11, 10, 9, 8, 7].map((n) => `Text ${n}`));
    const second = await client.list({ limit: 5, after: first.next ?? '' });
    expect(second.items[0]?.text).toBe('Text 6');
    expect((await client.list({ search: 'text 1' })).total).toBe(3);
    await client.clear();
    expect(await client.count()).toEqual({ texts: 0 });
  });
});
