import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { MailTransport, SendOutcome } from '../../ports.ts';
import { createEmail, createEmailList, type EmailList } from '../../testing/email-list.ts';
import {
  type ScriptedSmtp,
  type SmtpScript,
  startScriptedSmtp,
} from '../../testing/scripted-smtp.ts';
import type { SmtpTransportOptions } from './options.ts';
import { createSmtpTransport } from './transport.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(script: SmtpScript = {}, options: Partial<SmtpTransportOptions> = {}) {
  const server = await startScriptedSmtp(script);
  const transport = createSmtpTransport({ url: server.url, clientName: 'me.example', ...options });
  ends.push(
    () => server.close(),
    () => transport.close(),
  );
  return { server, transport };
}

const never = new AbortController().signal;
const several = (count: number) => Array.from({ length: count }, () => createEmail());
const outcomesOf = (list: EmailList): (SendOutcome | undefined)[] =>
  list.emails.map(({ id }) => list.outcomes.get(id));

async function sendAll(transport: MailTransport, list: EmailList): Promise<EmailList> {
  await transport.send(list, never);
  expect(list.violations).toEqual([]);
  return list;
}

function expectStored(server: ScriptedSmtp, list: EmailList) {
  const accepted = list.emails.filter(({ id }) => list.outcomes.get(id)?.kind === 'accepted');
  expect(server.stored.map(({ to }) => to).sort()).toEqual(
    accepted.map(({ envelopeTo }) => envelopeTo).sort(),
  );
}

describe('a server that pipelines', () => {
  it('gets the end of an e-mail and the next envelope in one packet', async () => {
    const { server, transport } = await start({}, { connectionsMax: 1 });
    const list = await sendAll(transport, createEmailList(several(4)));
    expect(list.tally()).toEqual({ accepted: 4 });
    expect(list.outcomes.get(list.emails[0]?.id as never)).toEqual({
      kind: 'accepted',
      providerRef: 'SCRIPTED',
    });
    expectStored(server, list);
    const groups = server.packets.filter((packet) => packet.includes('\r\n.\r\nMAIL FROM'));
    expect(groups).toHaveLength(3);
    expect(groups[0]).toMatch(/^From: .*\r\n\.\r\nMAIL FROM:.*\r\nRCPT TO:.*\r\nDATA\r\n$/s);
  });

  it('is told size, name and reports in its own terms', async () => {
    const { server, transport } = await start({}, { notify: 'FAILURE,DELAY' });
    const email = createEmail({ envelopeTo: 'a+b=c@guests.example' });
    await sendAll(transport, createEmailList([email]));
    expect(server.lines[0]).toEqual([
      'EHLO me.example',
      `MAIL FROM:<bounce@sender.example> SIZE=${email.content.length} RET=HDRS ENVID=${email.id}`,
      'RCPT TO:<a+b=c@guests.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;a+2Bb+3Dc@guests.example',
      'DATA',
    ]);
  });

  it('that says 354 although it refused the recipient is given a lone dot', async () => {
    const { server, transport } = await start(
      {
        answer: ({ verb, before }) => {
          if (verb === 'RCPT' && before === 1) return '550 5.1.1 no such user';
          return verb === 'DATA' ? '354 go on' : undefined;
        },
      },
      { connectionsMax: 1 },
    );
    const list = await sendAll(transport, createEmailList(several(3)));
    expect(outcomesOf(list)).toMatchObject([
      { kind: 'accepted' },
      { kind: 'rejected', code: '5.1.1' },
      { kind: 'accepted' },
    ]);
    expectStored(server, list);
    expect(server.packets.some((packet) => packet.startsWith('.\r\nMAIL FROM'))).toBe(true);
    expect(list.started).toHaveLength(2);
  });

  it('that refuses DATA after the recipient is reset', async () => {
    const { server, transport } = await start(
      {
        answer: ({ verb, before }) =>
          verb === 'RCPT' && before === 0 ? '450 4.2.1 later' : undefined,
      },
      { connectionsMax: 1 },
    );
    const list = await sendAll(transport, createEmailList(several(2)));
    expect(outcomesOf(list)).toMatchObject([
      { kind: 'deferred', code: '4.2.1' },
      { kind: 'accepted' },
    ]);
    expect(server.packets.some((packet) => packet.startsWith('RSET\r\nMAIL FROM'))).toBe(true);
    expectStored(server, list);
  });
});

describe('a server without pipelining', () => {
  it('is told one thing at a time', async () => {
    const { server, transport } = await start({ offers: [], isStrict: true });
    const list = await sendAll(transport, createEmailList(several(30)));
    expect(list.tally()).toEqual({ accepted: 30 });
    expect(server.violations).toEqual([]);
    expectStored(server, list);
  });

  it('may refuse at every step', async () => {
    const { server, transport } = await start(
      {
        offers: [],
        isStrict: true,
        answer: ({ verb, before }) => {
          if (verb === 'RCPT' && before === 0) return '550 5.1.1 no such user';
          if (verb === 'DATA' && before === 0) return '451 4.7.1 not now';
          return verb === 'DOT' && before === 0 ? '554 5.7.1 spam' : undefined;
        },
      },
      { connectionsMax: 1 },
    );
    const list = await sendAll(transport, createEmailList(several(4)));
    expect(outcomesOf(list)).toMatchObject([
      { kind: 'rejected', code: '5.1.1' },
      { kind: 'deferred', code: '4.7.1' },
      { kind: 'rejected', code: '5.7.1' },
      { kind: 'accepted' },
    ]);
    expect(server.violations).toEqual([]);
    expectStored(server, list);
  });

  it('may be one that knows no EHLO', async () => {
    const { server, transport } = await start({
      answer: ({ verb }) => (verb === 'EHLO' ? '502 5.5.2 what' : undefined),
    });
    const list = await sendAll(transport, createEmailList(several(2)));
    expect(list.tally()).toEqual({ accepted: 2 });
    expect(server.lines[0]?.slice(0, 2)).toEqual(['EHLO me.example', 'HELO me.example']);
  });
});

describe('replies', () => {
  it('may have several lines and come byte by byte', async () => {
    const { server, transport } = await start({
      packet: () => 1,
      answer: ({ verb }) => {
        if (verb === 'DOT') return '250-2.0.0 thank you\n250-very much\n250 Ok: queued as 4XyZ123';
        return verb === 'RCPT' ? '250-fine\n250 really' : undefined;
      },
    });
    const list = await sendAll(transport, createEmailList(several(3)));
    expect(list.outcomes.get(list.emails[2]?.id as never)).toEqual({
      kind: 'accepted',
      providerRef: '4XyZ123',
    });
    expectStored(server, list);
  });

  it.each([
    ['no reply at all', 'HTTP/1.1 400 Bad Request'],
    ['a code that does not exist', '999 hello'],
    ['a line without end', 'x'.repeat(10_000)],
    ['two at once', '250 ok\n250 and again\n250 and again'],
  ])('that are %s end the connection, and what had left is in doubt', async (_what, garbage) => {
    const { transport } = await start(
      { answer: ({ verb }) => (verb === 'DOT' ? garbage : undefined) },
      { connectionsMax: 1, timeouts: { dotMs: 400 } },
    );
    const list = await sendAll(transport, createEmailList(several(1)));
    // Two answers at once: the first is right, the second ends the connection.
    const expected = garbage.startsWith('250') ? { accepted: 1 } : { 'unknown EPROTOCOL': 1 };
    expect(list.tally()).toEqual(expected);
  });
});

describe('what the server says of itself', () => {
  it.each(['MAIL', 'RCPT', 'DATA', 'DOT'])(
    '421 at %s takes nothing, and is nobody’s fault',
    async (at) => {
      const { server, transport } = await start({
        answer: ({ verb }) => (verb === at ? { drop: '421 4.3.2 going down' } : undefined),
      });
      const list = await sendAll(transport, createEmailList(several(2)));
      expect([...list.outcomes.values()].every(({ kind }) => kind === 'unreachable')).toBe(true);
      expect(list.outcomes.size).toBeGreaterThan(0);
      expect(server.stored).toEqual([]);
    },
  );

  it('a refused sender burns no attempt', async () => {
    const { transport } = await start({
      answer: ({ verb }) => (verb === 'MAIL' ? '550 5.1.8 unknown domain' : undefined),
    });
    const list = await sendAll(transport, createEmailList(several(2)));
    expect([...list.outcomes.values()][0]).toEqual({ kind: 'unreachable', code: '5.1.8' });
  });

  it('that it takes no more on this connection moves the e-mail to another', async () => {
    const { server, transport } = await start(
      {
        answer: ({ verb, before }) =>
          verb === 'MAIL' && before % 4 === 3 ? { drop: '421 enough' } : undefined,
      },
      { connectionsMax: 1 },
    );
    const list = await sendAll(transport, createEmailList(several(20)));
    expect(list.tally()).toEqual({ accepted: 20 });
    expectStored(server, list);
    expect(server.lines.length).toBeGreaterThan(5);
  });

  it('size and alphabet are respected before anything is sent', async () => {
    const { server, transport } = await start({ offers: ['PIPELINING', 'SIZE 100'] });
    const long = createEmail({ content: Buffer.alloc(101, 'x') });
    const wide = createEmail({ envelopeTo: 'jürgen@guests.example', needsSmtpUtf8: true });
    const eight = createEmail({ content: Buffer.from('Subject: ü\r\n\r\n\r\n') });
    const short = createEmail({ content: Buffer.from('Subject: x\r\n\r\nx\r\n') });
    const list = await sendAll(transport, createEmailList([long, wide, eight, short]));
    expect(outcomesOf(list)).toMatchObject([
      { kind: 'rejected', code: '5.3.4' },
      { kind: 'rejected', code: '5.6.7' },
      { kind: 'rejected', code: '5.6.3' },
      { kind: 'accepted' },
    ]);
    expectStored(server, list);
  });

  it('SMTPUTF8 lets addresses of any alphabet through', async () => {
    const { server, transport } = await start();
    const wide = createEmail({
      envelopeTo: 'jürgen@guests.example',
      needsSmtpUtf8: true,
      content: Buffer.from('To: jürgen@guests.example\r\n\r\nHello\r\n'),
    });
    await sendAll(transport, createEmailList([wide]));
    expect(server.stored[0]?.to).toBe('jürgen@guests.example');
    expect(server.lines[0]?.[1]).toMatch(/ BODY=8BITMIME SMTPUTF8 /);
  });
});

describe('what is sent', () => {
  it.each([
    ['begins with a dot', '.hidden\r\nSubject: x\r\n\r\nx\r\n', undefined],
    ['has lines of dots', 'Subject: x\r\n\r\n.\r\n..\r\n.x\r\n', undefined],
    ['does not end its last line', 'Subject: x\r\n\r\nx', 'Subject: x\r\n\r\nx\r\n'],
    [
      'smuggles an end between bare line feeds',
      'Subject: x\r\n\r\nx\n.\nMAIL FROM:<>\r\n',
      'Subject: x\r\n\r\nx\r\n.\r\nMAIL FROM:<>\r\n',
    ],
    [
      'smuggles an end between carriage returns',
      'Subject: x\r\n\r\nx\r.\rMAIL\r\n',
      'Subject: x\r\n\r\nx\r\n.\r\nMAIL\r\n',
    ],
  ])('arrives as it was when it %s', async (_what, text, arrives) => {
    const { server, transport } = await start({}, { connectionsMax: 1 });
    const emails = [createEmail({ content: Buffer.from(text) }), createEmail()];
    await sendAll(transport, createEmailList(emails));
    expect(server.stored.map(({ data }) => data)).toEqual([
      arrives ?? text,
      emails[1]?.content.toString(),
    ]);
  });

  it.each([
    'a@b.example>\r\nRCPT TO:<victim@example.com',
    'a b@c.example',
    '',
    'a\u0000@c.example',
    'ü@c.example',
  ])('never goes to an address such as %j', async (envelopeTo) => {
    const { server, transport } = await start();
    const list = await sendAll(
      transport,
      createEmailList([createEmail({ envelopeTo }), createEmail()]),
    );
    expect(list.tally()).toEqual({ 'rejected 5.1.3': 1, accepted: 1 });
    expect(server.stored).toHaveLength(1);
  });

  it('may be of several megabytes', async () => {
    const { server, transport } = await start();
    const big = Buffer.from(`Subject: big\r\n\r\n${'y'.repeat(70)}\r\n`.repeat(60_000));
    const list = await sendAll(
      transport,
      createEmailList([createEmail({ content: big }), createEmail()]),
    );
    expect(list.tally()).toEqual({ accepted: 2 });
    expect(server.stored.some(({ data }) => data.length === big.length)).toBe(true);
  });
});

describe('time', () => {
  const order = ['EHLO', 'MAIL', 'RCPT', 'DATA', 'DOT'];
  const slow = { greetingMs: 150, commandMs: 150, dataMs: 150, dotMs: 150, connectMs: 1_000 };

  it.each([
    ['EHLO', 'unreachable'],
    ['MAIL', 'unreachable'],
    ['RCPT', 'unreachable'],
    ['DATA', 'unreachable'],
    ['DOT', 'unknown'],
  ])('is limited when a server says nothing to %s', async (at, kind) => {
    const { transport } = await start(
      { answer: ({ verb }) => (order.indexOf(verb) >= order.indexOf(at) ? 'silence' : undefined) },
      { timeouts: slow, connectionsMax: 1 },
    );
    const list = await sendAll(transport, createEmailList(several(1), { isGivenUp: () => true }));
    expect([...list.outcomes.values()]).toEqual([{ kind, code: 'ETIMEDOUT' }]);
  });

  it('is not won by a server that drips', async () => {
    const { transport } = await start(
      {
        packet: () => 1,
        answer: ({ verb }) => (verb === 'MAIL' ? `250-${'x'.repeat(50)}\n`.repeat(80) : undefined),
      },
      { timeouts: { ...slow, commandMs: 60 }, connectionsMax: 1 },
    );
    const list = await sendAll(transport, createEmailList(several(1)));
    expect([...list.outcomes.values()]).toMatchObject([{ kind: 'unreachable' }]);
  });

  it('ends a connection that nobody uses with a word', async () => {
    const { server, transport } = await start({}, { timeouts: { idleMs: 80 } });
    await sendAll(transport, createEmailList(several(1)));
    await setTimeout(300);
    expect(server.lines[0]?.at(-1)).toBe('QUIT');
    await sendAll(transport, createEmailList(several(1)));
    expect(server.lines).toHaveLength(2);
  });
});

describe('connections', () => {
  it('are kept between sendings, and replaced unnoticed where the server closed them', async () => {
    const { server, transport } = await start({
      answer: ({ verb, session, before }) =>
        verb === 'MAIL' && session === 0 && before === 1 ? 'drop' : undefined,
    });
    const first = await sendAll(transport, createEmailList(several(1)));
    const second = await sendAll(transport, createEmailList(several(1)));
    expect([first.tally(), second.tally()]).toEqual([{ accepted: 1 }, { accepted: 1 }]);
    expect(server.lines).toHaveLength(2);
  });

  it('end after so many e-mails', async () => {
    const { server, transport } = await start({}, { connectionsMax: 1, emailsPerConnectionMax: 3 });
    const list = await sendAll(transport, createEmailList(several(10)));
    expect(list.tally()).toEqual({ accepted: 10 });
    expect(server.lines.map((lines) => lines.filter((line) => line === 'DATA').length)).toEqual([
      3, 3, 3, 1,
    ]);
  });

  it('are one for one e-mail, and at most as many as allowed for many', async () => {
    const { server, transport } = await start({}, { connectionsMax: 4 });
    await sendAll(transport, createEmailList(several(1)));
    expect(server.lines).toHaveLength(1);
    await sendAll(transport, createEmailList(several(400)));
    expect(server.lines.length).toBeGreaterThan(1);
    expect(server.lines.length).toBeLessThanOrEqual(4);
  });

  it('that the server does not want stay away, and the others go on', async () => {
    const { server, transport } = await start(
      {
        answer: ({ verb, session }) =>
          verb === 'EHLO' && session >= 2 ? { drop: '421 too many' } : undefined,
      },
      { connectionsMax: 8 },
    );
    const list = await sendAll(transport, createEmailList(several(200)));
    expect(list.tally()).toEqual({ accepted: 200 });
    expect(server.lines.length).toBeLessThan(8);
  });

  it('that cannot be had are told to the source by one e-mail', async () => {
    const server = await startScriptedSmtp();
    await server.close();
    const transport = createSmtpTransport({ url: server.url });
    const list = createEmailList(several(5));
    await transport.send(list, never);
    expect(list.tally()).toEqual({ 'unreachable ECONNREFUSED': 1 });
    await transport.close();
  });

  it('are tried again after a while for a source that goes on asking', async () => {
    let refusals = 3;
    const { server, transport } = await start({
      answer: ({ verb }) =>
        verb === 'EHLO' && refusals-- > 0 ? { drop: '421 not yet' } : undefined,
    });
    const list = createEmailList(several(5), { isGivenUp: () => false });
    await transport.send(list, never);
    expect(list.tally()).toEqual({ 'unreachable 421': 3, accepted: 2 });
    expect(server.stored).toHaveLength(2);
  });
});

describe('the source', () => {
  it('may take back what has not left, and the server gets nothing of it', async () => {
    const { server, transport } = await start({}, { connectionsMax: 1 });
    const emails = several(4);
    const held = emails[2]?.id;
    const list = await sendAll(
      transport,
      createEmailList(emails, { starting: (id) => id !== held }),
    );
    expect(list.tally()).toEqual({ accepted: 3, withheld: 1 });
    expectStored(server, list);
  });

  it('hears of everything it gave out when it is told to stop', async () => {
    const { server, transport } = await start({}, { connectionsMax: 3 });
    const stopping = new AbortController();
    let settled = 0;
    const list = createEmailList(several(500), {
      onSettled: () => {
        if (++settled === 40) stopping.abort();
      },
    });
    await transport.send(list, stopping.signal);
    expect(list.violations).toEqual([]);
    const { accepted = 0, withheld = 0, ...others } = list.tally();
    expect(others).toEqual({});
    expect(accepted).toBeLessThanOrEqual(43);
    expect(withheld).toBeLessThanOrEqual(3);
    expectStored(server, list);
  });

  it('that breaks ends its own sending and no other', async () => {
    const { transport } = await start({}, { connectionsMax: 2 });
    const good = createEmailList(several(50));
    const broken = createEmailList(several(50), {
      onSettled: () => {
        throw new Error('out of order');
      },
    });
    const [first, second] = await Promise.allSettled([
      transport.send(broken, never),
      transport.send(good, never),
    ]);
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'out of order' } });
    expect(second.status).toBe('fulfilled');
    expect(good.tally()).toEqual({ accepted: 50 });
  });

  it('of one e-mail does not wait for one of many', async () => {
    const { transport } = await start({}, { connectionsMax: 2 });
    let sent = 0;
    const many = createEmailList(several(2_000), { onSettled: () => sent++ });
    const mailing = transport.send(many, never);
    while (sent < 200) await setTimeout(1);
    const before = sent;
    await sendAll(transport, createEmailList(several(1)));
    expect(sent - before).toBeLessThan(100);
    await mailing;
    expect(many.tally()).toEqual({ accepted: 2_000 });
  });
});

describe('closing', () => {
  it('lets what has left be answered, and takes nothing more', async () => {
    const { server, transport } = await start({}, { connectionsMax: 2 });
    const list = createEmailList(several(300));
    const sending = transport.send(list, never);
    while (list.outcomes.size < 20) await setTimeout(1);
    await transport.close();
    await sending;
    expect(list.violations).toEqual([]);
    expect(list.tally().accepted).toBeLessThan(300);
    expectStored(server, list);
    const after = createEmailList(several(1));
    await transport.send(after, never);
    expect(after.outcomes.size).toBe(0);
  });

  it('gives up a connection that is still being made', async () => {
    const { server, transport } = await start({ greeting: 'silence' });
    const list = createEmailList(several(1));
    const sending = transport.send(list, never);
    while (server.lines.length === 0) await setTimeout(1);
    await transport.close();
    await sending;
    expect(list.outcomes.size).toBe(0);
  });

  it('does not wait for ever for a server that is silent', async () => {
    const { transport } = await start(
      { answer: ({ verb }) => (verb === 'DOT' ? 'silence' : undefined) },
      { timeouts: { stopMs: 100 } },
    );
    const list = createEmailList(several(1));
    const sending = transport.send(list, never);
    while (list.started.length === 0) await setTimeout(1);
    await transport.close();
    await sending;
    expect(list.tally()).toEqual({ 'unknown ETIMEDOUT': 1 });
  });
});
