import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { DeliveryId, newId } from '@wedsync/contracts/ids';
import { findFreePort } from '@wedsync/platform/embedded/free-port';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundSms, SendOutcome, SmsSource } from '../ports.ts';
import { createHttpSmsTransport, type HttpSmsOptions } from './sms-http.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: unknown) => void;
const accept: Handler = (_request, response) =>
  response.writeHead(202).end(JSON.stringify({ providerRef: 'ref-1' }));
let handle: Handler = accept;
let arrived: { headers: IncomingMessage['headers']; body: unknown }[] = [];
let atOnce = 0;
let atOnceMost = 0;

const provider = createServer((request, response) => {
  atOnceMost = Math.max(atOnceMost, ++atOnce);
  response.on('close', () => atOnce--);
  void json(request).then((body) => {
    arrived.push({ headers: request.headers, body });
    handle(request, response, body);
  });
});
await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
const { port } = provider.address() as AddressInfo;
afterAll(() => {
  provider.close();
  provider.closeAllConnections();
});
beforeEach(() => {
  handle = accept;
  arrived = [];
  atOnceMost = 0;
});

const transport = (options: Partial<HttpSmsOptions> = {}) =>
  createHttpSmsTransport({
    name: 'test',
    url: `http://127.0.0.1:${port}/texts`,
    isIdempotent: false,
    timeoutMs: 300,
    ...options,
  });
const texts = (count: number): OutboundSms[] =>
  Array.from({ length: count }, (_, n) => ({
    id: newId(DeliveryId),
    reference: `b-${n}@sms`,
    from: '+15550001111',
    to: `+35191234${1000 + n}`,
    text: `Text ${n}`,
  }));

/** A source that gives texts out in order and keeps what became of them. */
function sourceOf(list: OutboundSms[], allowed: (text: OutboundSms) => boolean = () => true) {
  const outcomes: SendOutcome[] = [];
  let next = 0;
  const byId = new Map(list.map((text) => [text.id, text]));
  const source: SmsSource = {
    next: () => list[next++],
    starting: (id) => allowed(byId.get(id) as OutboundSms),
    settled: (_id, outcome) => outcomes.push(outcome),
  };
  return { source, outcomes };
}
const never = new AbortController().signal;

async function outcomeOf(options: Partial<HttpSmsOptions> = {}): Promise<SendOutcome | undefined> {
  const { source, outcomes } = sourceOf(texts(1));
  await transport(options).send(source, never);
  return outcomes[0];
}

describe('the HTTP transport of text messages', () => {
  it('posts a text with its id as idempotency key and the token', async () => {
    const [text] = texts(1);
    const { source, outcomes } = sourceOf([text as OutboundSms]);
    await transport({ token: 'secret' }).send(source, never);
    expect(outcomes).toEqual([{ kind: 'accepted', providerRef: 'ref-1' }]);
    expect(arrived[0]?.body).toEqual(text);
    expect(arrived[0]?.headers).toMatchObject({
      'idempotency-key': text?.id,
      authorization: 'Bearer secret',
    });
  });

  it('takes user and password out of the address', async () => {
    await outcomeOf({ url: `http://us%40er:p%3Aw@127.0.0.1:${port}/texts` });
    const basic = `Basic ${Buffer.from('us@er:p:w').toString('base64')}`;
    expect(arrived[0]?.headers.authorization).toBe(basic);
  });

  it('sends over no more connections than allowed, and settles every text exactly once', async () => {
    handle = (_request, response) =>
      setTimeout(() => response.writeHead(202).end('{}'), 2 + Math.random() * 5);
    const { source, outcomes } = sourceOf(texts(60));
    await transport({ connectionsMax: 4 }).send(source, never);
    expect(outcomes).toHaveLength(60);
    expect(atOnceMost).toBeLessThanOrEqual(4);
  });

  it('lets two callers take turns, so that one text does not wait for a mailing', async () => {
    handle = (_request, response) => setTimeout(() => response.writeHead(202).end('{}'), 5);
    const shared = transport({ connectionsMax: 2 });
    const bulk = sourceOf(texts(100));
    const sending = shared.send(bulk.source, never);
    const [single] = texts(1);
    expect(await shared.sendOne(single as OutboundSms, never)).toEqual({ kind: 'accepted' });
    expect(bulk.outcomes.length).toBeLessThan(20);
    await sending;
  });

  it('sends nothing that may not leave any more', async () => {
    const list = texts(3);
    const { source, outcomes } = sourceOf(list, ({ to }) => to !== list[1]?.to);
    await transport({ connectionsMax: 1 }).send(source, never);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'withheld', 'accepted']);
    expect(arrived).toHaveLength(2);
  });

  it.each([
    [400, 'rejected'],
    [422, 'rejected'],
    [401, 'unreachable'],
    [404, 'unreachable'],
    [409, 'deferred'],
    [500, 'unknown'],
    [502, 'unknown'],
    [503, 'unreachable'],
  ])('maps %s to %s where the provider knows no keys', async (status, kind) => {
    handle = (_request, response) => response.writeHead(status).end('{"code":"E 42"}');
    expect(await outcomeOf()).toEqual({ kind, code: 'E_42' });
  });

  it('asks again later, and doubts nothing, where the provider knows texts by their key', async () => {
    handle = (_request, response) => response.writeHead(500).end();
    expect(await outcomeOf({ isIdempotent: true })).toEqual({
      kind: 'unreachable',
      code: 'http_500',
    });
    handle = (request) => request.socket.destroy();
    expect(await outcomeOf({ isIdempotent: true })).toMatchObject({ kind: 'unreachable' });
    expect(await outcomeOf()).toMatchObject({ kind: 'unknown' });
  });

  it('gives up on a provider that does not answer', async () => {
    handle = () => undefined;
    expect(await outcomeOf()).toEqual({ kind: 'unknown', code: 'no_answer_in_time' });
  });

  it('knows a request that never left', async () => {
    const closed = await findFreePort();
    expect(await outcomeOf({ url: `http://127.0.0.1:${closed}/texts` })).toEqual({
      kind: 'unreachable',
      code: 'ECONNREFUSED',
    });
  });

  it('follows no redirect: texts go where the operator said', async () => {
    handle = (_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
    expect(await outcomeOf()).toEqual({ kind: 'unreachable', code: 'http_302' });
    expect(arrived).toHaveLength(1);
  });

  it('waits as long as the provider asks where that is short, and stops where it is long', async () => {
    let refusals = 1;
    handle = (request, response, body) => {
      if (refusals-- > 0) response.writeHead(429, { 'retry-after': '0.2' }).end();
      else accept(request, response, body);
    };
    expect(await outcomeOf()).toMatchObject({ kind: 'accepted' });
    expect(arrived).toHaveLength(2);

    handle = (_request, response) => response.writeHead(429, { 'retry-after': '60' }).end();
    const shared = transport({ connectionsMax: 1 });
    const { source, outcomes } = sourceOf(texts(5));
    arrived = [];
    await shared.send(source, never);
    await shared.send(source, never);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unreachable', 'unreachable']);
    expect(arrived).toHaveLength(1);
  });

  it('reads no more of an answer than it needs', async () => {
    handle = (_request, response) => {
      response.writeHead(202);
      response.write('x'.repeat(200_000));
      // Never ended: a transport that waited for the rest would run into its time-out.
    };
    expect(await outcomeOf()).toEqual({ kind: 'accepted' });
  });

  it('believes the status of an answer that breaks off', async () => {
    handle = (request, response) => {
      response.writeHead(202, { 'content-length': '500' });
      response.write('{"providerRef":');
      setTimeout(() => request.socket.destroy(), 20);
    };
    expect(await outcomeOf()).toEqual({ kind: 'accepted' });
  });

  it('finishes what is under way when it is closed or stopped', async () => {
    handle = (_request, response) => setTimeout(() => response.writeHead(202).end('{}'), 50);
    const stop = new AbortController();
    const shared = transport({ connectionsMax: 2 });
    const { source, outcomes } = sourceOf(texts(10));
    const sending = shared.send(source, stop.signal);
    setTimeout(() => stop.abort(), 20);
    await sending;
    expect(outcomes).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }]);
    await shared.close();
  });
});
