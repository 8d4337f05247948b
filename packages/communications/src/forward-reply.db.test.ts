import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { MessageId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { selfSigned } from '@wedsync/platform/embedded/self-signed';
import { createLogger } from '@wedsync/platform/log';
import { createTestWake, userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { startSmtpSink } from '@wedsync/testing/smtp-sink';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmtpTransport } from './adapters/smtp/transport.ts';
import { getGuestTimeline } from './queries/guest-timeline.ts';
import { takeInboundMail } from './take-inbound-mail.ts';
import { createRig, linkSecret, type Place } from './testing/rig.ts';

// A message goes out, its reader answers, and the answer reaches the planner: every part is real.
const domain = 'bounce.example.com';
const mailbox = 'planner@fairlight.example';
const guest = 'ana@guests.example';
const db = await createTestDatabase();
const sink = await startSmtpSink();
const rig = createRig(db, { smtpUrl: sink.url, bounceDomain: domain, takesReplies: true });
const log = createLogger({ service: 'test', level: 'silent' });
const tls = selfSigned();
const listen = (transport = rig.deps.transport) =>
  takeInboundMail({
    ...{ host: '127.0.0.1', port: 0, domain, linkSecret, log, tls, transport },
    mailFrom: rig.deps.mailFrom,
    serviceDb: db.service,
    wake: createTestWake(),
  });
const inbound = await listen();
afterAll(async () => {
  await inbound.close();
  await rig.close();
  await sink.stop();
});
beforeEach(() => {
  sink.rules = {};
  sink.accepted.length = 0;
});

/** A message that left, and the address for answers as its reader's program sees it. */
async function mailed() {
  const place = await seedWedding(db.admin);
  await db.admin`
    update wedding.organizations set reply_to_email = ${mailbox} where id = ${place.orgId}`;
  const { guestId } = await seedGuest(db.admin, {
    ...{ weddingId: place.weddingId, firstName: 'Ana', lastName: 'Sousa', email: guest },
  });
  const messageId: MessageId = await seedMessage(db.admin, { ...place, state: 'queued' });
  await rig.expand(place as Place, messageId);
  await rig.send(place as Place, messageId);
  const [sent] = sink.accepted.splice(0);
  const email = await PostalMime.parse(sent?.raw ?? '');
  const events = async () => {
    const ctx = userContext(db.app, { ...place, userId: place.ownerId });
    const { items } = await getGuestTimeline(ctx, { guestId });
    return items.flatMap((entry) => entry.events.map(({ kind, code }) => [kind, code]));
  };
  return { address: email.replyTo?.[0]?.address ?? '', email, place, events };
}

interface Answer {
  subject?: string;
  text?: string;
  headers?: Record<string, string>;
  from?: string;
  mailFrom?: string;
}
async function answer(to: string, fields: Answer = {}, port = inbound.port): Promise<void> {
  const { from = guest, mailFrom = from } = fields;
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  try {
    await transport.sendMail({
      envelope: { from: mailFrom, to },
      from: { name: 'Ana', address: from },
      to,
      date: new Date('2027-03-01T10:00:00Z'),
      messageId: '<answer-1@guests.example>',
      subject: fields.subject ?? 'Re: You are invited',
      text: fields.text ?? 'We are looking forward to it! Is there parking?',
      headers: fields.headers ?? {},
    });
  } finally {
    transport.close();
  }
}

describe('an answer to a message', () => {
  it('goes to an address of ours that only fits this guest’s copy', async () => {
    const { address, email } = await mailed();
    expect(address).toMatch(/^reply\+[a-z2-7]{52}@bounce\.example\.com$/);
    expect(email.headers.filter(({ key }) => key === 'reply-to')).toHaveLength(1);
    expect((await mailed()).address).not.toBe(address);
  });

  it('reaches the planner’s mailbox with what was written, and can be answered from there', async () => {
    const { address, events } = await mailed();
    await answer(address, { text: 'Olá — há estacionamento? 🚗' });
    const [passedOn] = sink.accepted;
    expect(passedOn).toMatchObject({ to: mailbox, from: '' });
    const email = await PostalMime.parse(passedOn?.raw ?? '');
    expect(email.replyTo?.[0]?.address).toBe(guest);
    expect(email.from).toMatchObject({ name: 'Ana Sousa (answer)' });
    expect(email.from?.address).not.toBe(guest);
    expect(email.subject).toBe('Re: You are invited');
    expect(email.text).toContain('Olá — há estacionamento? 🚗');
    expect(email.text).toContain('Ana Sousa <ana@guests.example> answered');
    expect(email.attachments[0]?.filename).toBe('answer.eml');
    const header = (name: string) => email.headers.find(({ key }) => key === name)?.value;
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('x-wedsync-forwarded')).toBe(domain);
    expect(await events()).toEqual([['replied', 'forwarded']]);
  });

  it('is passed on once, however often it is brought', async () => {
    const { address, events } = await mailed();
    await answer(address);
    await answer(address);
    expect(sink.accepted).toHaveLength(1);
    expect(await events()).toHaveLength(1);
  });

  it('of a machine is no answer: noted as such, and passed on to nobody', async () => {
    const { address, events } = await mailed();
    await answer(address, { headers: { 'Auto-Submitted': 'auto-replied' } });
    await answer(address, { subject: 'Automatic reply: You are invited', mailFrom: '' });
    expect(sink.accepted).toEqual([]);
    expect((await events()).map(([kind]) => kind)).toEqual(['auto_replied', 'auto_replied']);
  });

  it('that has gone round, or comes from ourselves, ends here', async () => {
    const { address, events, place } = await mailed();
    await answer(address, { headers: { 'X-WedSync-Forwarded': 'other.example' } });
    await answer(address, { from: `someone@${domain}` });
    await db.admin`
      update wedding.organizations set reply_to_email = ${address} where id = ${place.orgId}`;
    await answer(address, { text: 'Once more' });
    expect(sink.accepted).toEqual([]);
    expect(await events()).toEqual([]);
  });

  it('waits at its sender while the relay cannot be reached, and is not lost', async () => {
    const { address, events } = await mailed();
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    const away = createSmtpTransport({ url: `smtp://127.0.0.1:${port}` });
    const lonely = await listen(away);
    await expect(answer(address, {}, lonely.port)).rejects.toMatchObject({ responseCode: 451 });
    await lonely.close();
    await away.close();
    expect(await events()).toEqual([]);
    await answer(address);
    expect(sink.accepted).toHaveLength(1);
  });

  it('goes back to its writer where nobody takes it, and is noted', async () => {
    const { address, events, place } = await mailed();
    await db.admin`
      update wedding.organizations set reply_to_email = null where id = ${place.orgId}`;
    await expect(answer(address)).rejects.toMatchObject({ responseCode: 550 });
    expect(await events()).toEqual([['replied', null]]);
  });

  it('comes twenty times a day at most', async () => {
    const { address } = await mailed();
    for (let n = 0; n < 20; n++) await answer(address, { text: `Number ${n}` });
    await expect(answer(address, { text: 'One more' })).rejects.toMatchObject({
      responseCode: 452,
    });
    expect(sink.accepted).toHaveLength(20);
  });

  it('to a forged address is refused', async () => {
    const { address } = await mailed();
    const forged = address.replace(/.@/, (end) => (end === 'a@' ? 'b@' : 'a@'));
    await expect(answer(forged)).rejects.toMatchObject({ responseCode: 550 });
  });
});

describe('the listener', () => {
  it('takes mail under STARTTLS, and offers a renewed certificate to the next', async () => {
    const { address } = await mailed();
    const secure = async (ca: string) => {
      const transport = createTransport({
        ...{ host: '127.0.0.1', port: inbound.port, requireTLS: true },
        tls: { ca, servername: 'localhost' },
      });
      const text = `Under TLS ${ca.length}${ca.slice(60, 90)}`;
      const sent = transport.sendMail({
        envelope: { from: guest, to: address },
        from: guest,
        text,
      });
      await sent.finally(() => transport.close());
    };
    await secure(tls.cert);
    const renewed = selfSigned();
    inbound.renew(renewed);
    await secure(renewed.cert);
    await expect(secure(tls.cert)).rejects.toThrow(/self-signed|certificate/);
    expect(sink.accepted).toHaveLength(2);
    inbound.renew(tls);
  });
});
