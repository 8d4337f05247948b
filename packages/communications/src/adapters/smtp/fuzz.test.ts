import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { findFreePort } from '@wedsync/platform/embedded/free-port';
import { selfSigned } from '@wedsync/platform/embedded/self-signed';
import { missingPackage } from '@wedsync/platform/required-package';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import type { OutboundEmail, SendOutcome } from '../../ports.ts';
import { createEmail, createEmailList, type EmailList } from '../../testing/email-list.ts';
import {
  type SmtpAnswer,
  type SmtpCommand,
  startScriptedSmtp,
} from '../../testing/scripted-smtp.ts';
import { createNodemailerTransport } from '../nodemailer.ts';
import { createSmtpTransport } from './transport.ts';

/** A linear congruential generator (Numerical Recipes): the same faults in every run. */
function createDice(seed: number) {
  let state = seed >>> 0;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const refusals = [
  '450 4.2.1 greylisted',
  '451 4.3.0 try again',
  '452 4.3.1 full',
  '454 4.7.0 slower',
];
const finals = ['550 5.1.1 unknown', '552 5.3.4 too big', '553 5.1.3 syntax', '554 5.7.1 no'];
// Silence is not among it: whoever leaves an answer out makes the next one look like it.
const noise = [
  'garbage',
  '200',
  '25',
  '250+ok',
  '\u0000\u0001',
  '600 what',
  '354 go on',
  '220 hello',
];

/** A server in a bad mood: one command in `oneIn` gets something else than it should. */
function misbehave(dice: (below: number) => number, oneIn: number) {
  return ({ verb }: SmtpCommand): SmtpAnswer | undefined => {
    if (verb === 'QUIT' || dice(oneIn) > 0) return undefined;
    const pick = (list: readonly string[]) => list[dice(list.length)] ?? '';
    switch (dice(8)) {
      case 0:
      case 1:
        return pick(refusals);
      case 2:
      case 3:
        return pick(finals);
      case 4:
        return 'drop';
      case 5:
        return { drop: '421 4.4.2 closing' };
      case 6:
        return verb === 'DATA' || verb === 'DOT' ? pick(noise.slice(0, 6)) : pick(noise);
      default:
        return verb === 'DATA' ? undefined : '250-ok\n250-still ok\n250 Ok: queued as ABCDEF';
    }
  };
}

const nothingLeft = new Set<SendOutcome['kind']>([
  'rejected',
  'deferred',
  'unreachable',
  'withheld',
]);

/** Every e-mail settled once, and by what the server really has. */
function expectTruth(list: EmailList, stored: readonly { to: string }[]) {
  expect(list.violations).toEqual([]);
  expect(list.outcomes.size).toBe(list.emails.length);
  const copies = new Map<string, number>();
  for (const { to } of stored) copies.set(to, (copies.get(to) ?? 0) + 1);
  for (const { id, envelopeTo } of list.emails) {
    const kind = list.outcomes.get(id)?.kind ?? 'unreachable';
    const count = copies.get(envelopeTo) ?? 0;
    if (kind === 'accepted') expect([id, count]).toEqual([id, 1]);
    else if (nothingLeft.has(kind)) expect([id, count]).toEqual([id, 0]);
    else expect(count).toBeLessThanOrEqual(1);
  }
}

const pair = selfSigned();
const several = (count: number) => Array.from({ length: count }, () => createEmail());
const never = new AbortController().signal;

async function run(seed: number): Promise<Record<string, number>> {
  const dice = createDice(seed);
  const server = await startScriptedSmtp({
    answer: misbehave(dice, 4 + dice(30)),
    ...(dice(2) ? { packet: () => dice(12) } : {}),
    ...(dice(3) ? {} : { offers: ['SIZE 100000'], isStrict: true }),
    ...(dice(3) ? {} : { tls: pair }),
  });
  const transport = createSmtpTransport({
    url: server.url,
    ca: pair.cert,
    connectionsMax: 1 + dice(6),
    emailsPerConnectionMax: 5 + dice(50),
    timeouts: { commandMs: 300, dotMs: 300, greetingMs: 300, dataMs: 300 },
  });
  const list = createEmailList(several(60), { isGivenUp: () => false });
  await transport.send(list, never);
  await transport.close();
  await server.close();
  expectTruth(list, server.stored);
  expect(server.violations).toEqual([]);
  return list.tally();
}

describe('a hostile server', () => {
  it('never makes an e-mail vanish, be sent twice, or be taken for sent', {
    timeout: 60_000,
  }, async () => {
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 16; seed++) {
      for (const name of Object.keys(await run(seed))) kinds.add(name.split(' ')[0] ?? '');
    }
    expect([...kinds].sort()).toEqual([
      'accepted',
      'deferred',
      'rejected',
      'unknown',
      'unreachable',
    ]);
  });

  it('may drop the connection after every dot: all is in doubt, and none is sent twice', async () => {
    const server = await startScriptedSmtp({
      answer: ({ verb }) => (verb === 'DOT' ? 'drop' : undefined),
    });
    const transport = createSmtpTransport({ url: server.url, connectionsMax: 3 });
    const list = createEmailList(several(30));
    await transport.send(list, never);
    expect(list.tally()).toEqual({ 'unknown ECONNRESET': 30 });
    expectTruth(list, server.stored);
    await transport.close();
    await server.close();
  });

  it('has at most one e-mail in doubt per connection when it dies', async () => {
    const server = await startScriptedSmtp();
    const transport = createSmtpTransport({ url: server.url, connectionsMax: 4 });
    const list = createEmailList(several(5_000));
    const sending = transport.send(list, never);
    while (list.outcomes.size < 300) await setTimeout(1);
    await server.close();
    await sending;
    await transport.close();
    expect(list.violations).toEqual([]);
    const unsettled = list.started.filter((id) => list.outcomes.get(id)?.kind !== 'accepted');
    expect(unsettled.length).toBeLessThanOrEqual(4);
    for (const id of unsettled) expect(list.outcomes.get(id)?.kind).toBe('unknown');
  });
});

const transports = { smtp: createSmtpTransport, nodemailer: createNodemailerTransport };

async function startSmtpServer(rejects: (to: string) => string | undefined) {
  const stored: { to: string; data: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      const refusal = rejects(address);
      if (refusal)
        done(
          Object.assign(new Error(refusal.slice(4)), { responseCode: Number(refusal.slice(0, 3)) }),
        );
      else done();
    },
    onData(stream, { envelope }, done) {
      let data = '';
      stream.on('data', (bytes: Buffer) => {
        data += bytes.toString('latin1');
      });
      stream.on('end', () => {
        for (const { address } of envelope.rcptTo) stored.push({ to: address, data });
        done(null);
      });
    },
  });
  server.on('error', () => undefined);
  const listening = once(server.server, 'listening');
  server.listen(0, '127.0.0.1');
  await listening;
  const { port } = server.server.address() as AddressInfo;
  return {
    stored,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Contents made of what mail servers trip over. */
function trickyEmail(dice: (below: number) => number): OutboundEmail {
  const pieces = [
    '.',
    '..',
    '.\r\n',
    '\r\n',
    '\r\n.',
    'From x',
    'a'.repeat(400),
    ' ',
    '=',
    'MAIL FROM:<x@y>\r\n',
  ];
  const body = Array.from({ length: dice(40) }, () => pieces[dice(pieces.length)]).join('');
  return createEmail({ content: Buffer.from(`Subject: x\r\n\r\n${body}\r\n`) });
}

describe.each(Object.entries(transports))('%s against smtp-server', (_name, create) => {
  it('delivers contents of any shape unchanged, and reports each refusal', async () => {
    const dice = createDice(7);
    const emails = Array.from({ length: 150 }, () => trickyEmail(dice));
    const refused = new Map(
      emails
        .filter(() => dice(5) === 0)
        .map(({ envelopeTo }) => [envelopeTo, dice(2) ? '550 5.1.1 unknown' : '450 4.2.1 later']),
    );
    const server = await startSmtpServer((to) => refused.get(to));
    const transport = create({ url: server.url, connectionsMax: 5 });
    const list = createEmailList(emails);
    await transport.send(list, never);
    await transport.close();
    await server.close();
    expectTruth(list, server.stored);
    for (const { envelopeTo, content, id } of emails) {
      const refusal = refused.get(envelopeTo);
      if (refusal) {
        const kind = refusal.startsWith('5') ? 'rejected' : 'deferred';
        expect(list.outcomes.get(id)).toEqual({ kind, code: refusal.slice(4, 9) });
      } else {
        const { data } = server.stored.find(({ to }) => to === envelopeTo) ?? {};
        expect(data).toBe(content.toString('latin1'));
      }
    }
  });

  it('stops when told to, with everything settled', async () => {
    const server = await startSmtpServer(() => undefined);
    const transport = create({ url: server.url, connectionsMax: 3 });
    const stopping = new AbortController();
    let settled = 0;
    const list = createEmailList(several(300), {
      onSettled: () => {
        if (++settled === 20) stopping.abort();
      },
    });
    await transport.send(list, stopping.signal);
    await transport.close();
    await server.close();
    expect(list.violations).toEqual([]);
    const { accepted = 0, withheld = 0, ...others } = list.tally();
    expect(others).toEqual({});
    expect(accepted).toBeLessThanOrEqual(24);
    expect(accepted + withheld).toBeGreaterThanOrEqual(20);
    expect(server.stored).toHaveLength(accepted);
  });
});

const missing = missingPackage('postfix');

describe.skipIf(missing)(`smtp-sink ${missing ?? ''}`, () => {
  async function startSink(...faults: string[]) {
    const port = await findFreePort();
    const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
    const sink = spawn('/usr/sbin/smtp-sink', [...user, ...faults, `127.0.0.1:${port}`, '200'], {
      stdio: 'ignore',
    });
    for (let tries = 0; tries < 100; tries++) {
      const socket = connect(port, '127.0.0.1');
      const isUp = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      socket.destroy();
      if (isUp) break;
      await setTimeout(50);
    }
    return { url: `smtp://127.0.0.1:${port}`, close: () => sink.kill() };
  }

  it.each([
    ['plain', [], { accepted: 2_000 }],
    ['without PIPELINING', ['-p'], { accepted: 2_000 }],
    ['without ESMTP', ['-e'], { accepted: 2_000 }],
    ['refusing every recipient for good', ['-f', 'RCPT'], { rejected: 2_000 }],
    ['deferring every content', ['-r', '.'], { deferred: 2_000 }],
  ] as const)('takes 2,000 e-mails: %s', { timeout: 30_000 }, async (_what, faults, expected) => {
    const sink = await startSink(...faults);
    const transport = createSmtpTransport({ url: sink.url });
    const list = createEmailList(several(2_000), { isGivenUp: () => false });
    await transport.send(list, never);
    await transport.close();
    sink.close();
    expect(list.violations).toEqual([]);
    const kinds: Record<string, number> = {};
    for (const { kind } of list.outcomes.values()) kinds[kind] = (kinds[kind] ?? 0) + 1;
    expect(kinds).toEqual(expected);
  });
});
