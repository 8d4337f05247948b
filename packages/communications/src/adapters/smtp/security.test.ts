import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '@wedsync/platform/embedded/self-signed';
import { createLogger } from '@wedsync/platform/log';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createEmail, createEmailList } from '../../testing/email-list.ts';
import { startScriptedSmtp } from '../../testing/scripted-smtp.ts';
import type { SmtpTransportOptions } from './options.ts';
import { createSmtpTransport } from './transport.ts';

const never = new AbortController().signal;
const pair = selfSigned();
const secret = 'p@ss/wörd:1';
const login = `relay-user:${encodeURIComponent(secret)}@`;

const ends: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Received {
  user: unknown;
  isSecure: boolean;
}

async function startServer(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    ...pair,
    disableReverseLookup: true,
    authOptional: true,
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'relay-user' && password === secret) done(null, { user: username });
      else done(Object.assign(new Error('no'), { responseCode: 535 }));
    },
    onData(stream, { user, secure }, done) {
      stream.on('end', () => {
        received.push({ user, isSecure: secure });
        done(null);
      });
      stream.resume();
    },
    ...options,
  });
  server.on('error', () => undefined);
  const listening = once(server.server, 'listening');
  server.listen(0, '127.0.0.1');
  await listening;
  ends.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { received, port: (server.server.address() as AddressInfo).port };
}

async function sendTwo(options: SmtpTransportOptions) {
  const transport = createSmtpTransport(options);
  ends.push(() => transport.close());
  const list = createEmailList([createEmail(), createEmail()]);
  await transport.send(list, never);
  expect(list.violations).toEqual([]);
  return list.tally();
}

describe('an encrypted connection', () => {
  it('is made by STARTTLS wherever it is offered, before anything is told', async () => {
    const { port, received } = await startServer({ authOptional: false });
    const url = `smtp://${login}127.0.0.1:${port}`;
    expect(await sendTwo({ url, ca: pair.cert })).toEqual({ accepted: 2 });
    expect(received).toEqual([
      { user: 'relay-user', isSecure: true },
      { user: 'relay-user', isSecure: true },
    ]);
  });

  it('is there from the start with smtps', async () => {
    const { port, received } = await startServer({ secure: true });
    expect(await sendTwo({ url: `smtps://localhost:${port}`, ca: pair.cert })).toEqual({
      accepted: 2,
    });
    expect(received[0]?.isSecure).toBe(true);
  });

  it('carries contents of every size unchanged', async () => {
    const server = await startScriptedSmtp({ tls: pair });
    ends.push(() => server.close());
    const emails = Array.from({ length: 60 }, (_, index) => {
      const body = `${index} `.repeat(index ** 3);
      return createEmail({ content: Buffer.from(`Subject: ${index}\r\n\r\n${body}\r\n`) });
    });
    const transport = createSmtpTransport({ url: server.url, ca: pair.cert, connectionsMax: 3 });
    ends.push(() => transport.close());
    await transport.send(createEmailList(emails), never);
    const received = new Map(server.stored.map(({ to, data }) => [to, data]));
    expect(received.size).toBe(emails.length);
    for (const { envelopeTo, content } of emails) {
      expect(received.get(envelopeTo) === content.toString()).toBe(true);
    }
  });

  it.each(['smtp', 'smtps'])(
    'is refused with %s to a server that we do not trust',
    async (scheme) => {
      const { port, received } = await startServer({ secure: scheme === 'smtps' });
      const tally = await sendTwo({ url: `${scheme}://127.0.0.1:${port}` });
      expect(tally).toEqual({ 'unreachable DEPTH_ZERO_SELF_SIGNED_CERT': 1 });
      expect(received).toEqual([]);
    },
  );

  it('is refused where the certificate is for another name', async () => {
    const other = selfSigned({ name: 'mail.example', address: [192, 0, 2, 1] });
    const { port } = await startServer(other);
    for (const host of ['127.0.0.1', 'localhost']) {
      const tally = await sendTwo({ url: `smtp://${host}:${port}`, ca: other.cert });
      expect(tally).toEqual({ 'unreachable ERR_TLS_CERT_ALTNAME_INVALID': 1 });
    }
  });

  it('may be required', async () => {
    const server = await startScriptedSmtp();
    ends.push(() => server.close());
    expect(await sendTwo({ url: `${server.url}?requireTls=true` })).toEqual({
      'unreachable ENOTLS': 1,
    });
    expect(server.lines.flat().some((line) => line.startsWith('MAIL'))).toBe(false);
  });

  it('takes nothing that was put into the clear text before it', async () => {
    const server = await startScriptedSmtp({
      offers: ['STARTTLS', 'PIPELINING'],
      answer: ({ verb }) => (verb === 'STARTTLS' ? '220 go\n250 injected' : undefined),
    });
    ends.push(() => server.close());
    expect(await sendTwo({ url: server.url })).toEqual({ 'unreachable EPROTOCOL': 1 });
  });
});

describe('signing in', () => {
  it.each([['PLAIN'], ['LOGIN']])('works with %s', async (method) => {
    const { port, received } = await startServer({ authMethods: [method], authOptional: false });
    const url = `smtp://${login}localhost:${port}`;
    expect(await sendTwo({ url, ca: pair.cert })).toEqual({ accepted: 2 });
    expect(received[0]?.user).toBe('relay-user');
  });

  it('that fails is the relay’s matter, told without the password', async () => {
    const { port } = await startServer();
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const wrong = encodeURIComponent('not-the-password');
    const tally = await sendTwo({
      url: `smtp://relay-user:${wrong}@127.0.0.1:${port}`,
      ca: pair.cert,
      log: createLogger({ service: 'test', level: 'trace', destination }),
    });
    expect(tally).toEqual({ 'unreachable 535': 1 });
    expect(lines.join('')).toContain('relay_unreachable');
    expect(lines.join('')).not.toMatch(/not-the-password|relay-user/);
    expect(lines.join('')).not.toContain(
      Buffer.from('not-the-password').toString('base64').slice(0, 12),
    );
  });

  it('needs a method that we know', async () => {
    const server = await startScriptedSmtp({ offers: ['AUTH CRAM-MD5'] });
    ends.push(() => server.close());
    const url = server.url.replace('smtp://', `smtp://${login}`);
    expect(await sendTwo({ url })).toEqual({ 'unreachable ENOAUTH': 1 });
  });
});
