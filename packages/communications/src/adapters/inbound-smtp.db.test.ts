import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createServiceDb } from '@wedsync/db/client';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import { createTestWake } from '@wedsync/testing/contexts';
import { seedSending } from '@wedsync/testing/factories/deliveries';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { createTransport } from 'nodemailer';
import { afterAll, describe, expect, it } from 'vitest';
import { createRefusalCounter } from '../count-refusals.ts';
import { verpAddress, verpKey } from '../model/verp.ts';
import { recordDeliveryEvents } from '../record-delivery-events.ts';
import { inboundSamples } from '../testing/inbound-samples.ts';
import { startInboundSmtp } from './inbound-smtp.ts';

const db = await createTestDatabase();
const wake = createTestWake();
const log = createLogger({ service: 'test', level: 'silent' });
const key = verpKey('a-link-secret-of-this-test-0123456789');
const domain = 'bounce.example.com';
const refusals = createRefusalCounter(db.service, log);

const listen = (serviceDb = db.service) =>
  startInboundSmtp({
    host: '127.0.0.1',
    port: 0,
    domain,
    key,
    record: (reports) => recordDeliveryEvents({ serviceDb, wake }, reports),
    refused: (reason) => refusals.count('mail', reason),
    log,
  });
const inbound = await listen();
afterAll(async () => {
  await refusals.close();
  await inbound.close();
});

const sampleOf = (start: string) => {
  const sample = inboundSamples().find(({ name }) => name.startsWith(start));
  if (!sample) throw new Error(`no sample begins with ${start}`);
  return sample;
};
const send = async (to: string | string[], raw: Buffer, port = inbound.port) => {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  try {
    return await transport.sendMail({ envelope: { from: '', to }, raw });
  } finally {
    transport.close();
  }
};
const sent = async () => {
  const { weddingId } = await seedWedding(db.admin);
  const sending = await seedSending(db.admin, { weddingId });
  const [deliveryId = ''] = sending.deliveryIds;
  const address = verpAddress(key, { messageId: sending.messageId, deliveryId }, domain);
  const look = async () => {
    const [delivery] = await db.admin<{ state: string; reason: string | null }[]>`
      select state, reason from wedding.deliveries where message_id = ${sending.messageId}`;
    const events = await db.admin<{ kind: string }[]>`
      select kind from wedding.delivery_events where message_id = ${sending.messageId}`;
    const stops =
      await db.admin`select reason from wedding.suppressions where wedding_id = ${weddingId}`;
    return { ...delivery, events: events.map(({ kind }) => kind), stops: stops.length };
  };
  return { address, look };
};

describe('mail to a return path', () => {
  it('is recorded by the time it is answered: a hard bounce stops the address', async () => {
    const { address, look } = await sent();
    await send(address, sampleOf('report, relay: 5.1.1').raw);
    expect(await look()).toEqual({
      state: 'bounced',
      reason: 'bounced_hard',
      events: ['bounced'],
      stops: 1,
    });
  });

  it('counts once when the sender repeats it', async () => {
    const { address, look } = await sent();
    const { raw } = sampleOf('prose, router');
    await send(address, raw);
    await send(address.toUpperCase().replace(/@.*/, `@${domain}`), raw);
    expect((await look()).events).toEqual(['bounced']);
  });

  it('from an absent guest is neither a bounce nor an answer', async () => {
    const { address, look } = await sent();
    await send(address, sampleOf('automatic: English').raw);
    expect(await look()).toEqual({
      state: 'sent',
      reason: null,
      events: ['auto_replied'],
      stops: 0,
    });
  });

  it('from a feedback loop stops the address', async () => {
    const { address, look } = await sent();
    await send(address, sampleOf('complaint: abuse').raw);
    expect(await look()).toMatchObject({ state: 'complained', stops: 1 });
  });

  it('is refused where the address is forged or unknown', async () => {
    const { address, look } = await sent();
    const { raw } = sampleOf('report, relay: 5.1.1');
    const forged = address.replace(/^b-./, (start) => (start === 'b-a' ? 'b-b' : 'b-a'));
    for (const to of [forged, `postmaster@${domain}`, 'ana@guests.example', `b-x@${domain}`]) {
      await expect(send(to, raw)).rejects.toMatchObject({ responseCode: 550 });
    }
    expect((await look()).events).toEqual([]);
    await refusals.flush();
    const [row] = await db.admin`
      select n::int from ops.feedback_refusals where reason = 'unknown_address'`;
    expect(row?.n).toBe(4);
  });

  it('is refused where it is larger than any answer', async () => {
    const { address } = await sent();
    const raw = Buffer.concat([
      sampleOf('report, relay: 5.1.1').raw,
      Buffer.alloc(11_000_000, 'a b\r\n'),
    ]);
    await expect(send(address, raw)).rejects.toMatchObject({ responseCode: 552 });
  });

  it('is kept by its sender while the database is away', async () => {
    const { address, look } = await sent();
    const away = createServiceDb({
      url: 'postgres://wedsync_worker:x@127.0.0.1:1/none',
      max: 1,
      applicationName: 'test',
      acquireTimeoutMs: 500,
    });
    const lonely = await listen(away);
    const { raw } = sampleOf('report, relay: 5.1.1');
    await expect(send(address, raw, lonely.port)).rejects.toMatchObject({ responseCode: 451 });
    expect((await look()).events).toEqual([]);
    await lonely.close();
    await away.end();
    await send(address, raw);
    expect((await look()).events).toEqual(['bounced']);
  });

  it('may be about many deliveries at once', async () => {
    const many = await Promise.all([sent(), sent(), sent()]);
    await send(
      many.map(({ address }) => address),
      sampleOf('report, groupware: 5.2.2').raw,
    );
    for (const { look } of many) expect((await look()).reason).toBe('bounced_soft');
  });

  it('is still taken after garbage, broken lines and peers that vanish in the middle', async () => {
    const { address, look } = await sent();
    const openings = [
      randomBytes(5_000).toString('latin1'),
      `EHLO ${'a'.repeat(20_000)}\r\n`,
      'EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<\r\nDATA\r\n.\r\n',
      `EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<${address}>\r\nDATA\r\nFrom: a@b.example\r\nSubject: Undelivered\r\n`,
    ];
    for (const opening of openings) {
      const socket = createConnection(inbound.port, '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'data');
      socket.write(opening, 'latin1');
      await wait(100);
      socket.destroy();
    }
    expect((await look()).events).toEqual([]);
    await send(address, sampleOf('report, relay: 5.1.1').raw);
    expect((await look()).events).toEqual(['bounced']);
  });
});
