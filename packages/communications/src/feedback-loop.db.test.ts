import type { GuestId, MessageId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import { createTestWake, systemContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { type SinkReply, startSmtpSink } from '@wedsync/testing/smtp-sink';
import { createTransport } from 'nodemailer';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { takeInboundMail } from './take-inbound-mail.ts';
import { inboundSamples } from './testing/inbound-samples.ts';
import { createRig, ledgerOf, linkSecret, type Place } from './testing/rig.ts';
import { unsubscribeAddress } from './unsubscribe-address.ts';

// From the sender out to a mail server, and what comes back from there: every part is the real one.
const domain = 'bounce.example.com';
const db = await createTestDatabase();
const sink = await startSmtpSink();
const rig = createRig(db, { smtpUrl: sink.url, bounceDomain: domain });
const inbound = await takeInboundMail({
  host: '127.0.0.1',
  port: 0,
  domain,
  linkSecret,
  transport: rig.deps.transport,
  mailFrom: rig.deps.mailFrom,
  serviceDb: db.service,
  wake: createTestWake(),
  log: createLogger({ service: 'test', level: 'silent' }),
});
afterAll(async () => {
  await rig.close();
  await inbound.close();
  await sink.stop();
});
beforeEach(() => {
  sink.rules = {};
  sink.accepted.length = 0;
});

async function seedPlace(count: number): Promise<Place> {
  const place = await seedWedding(db.admin);
  for (let index = 0; index < count; index++) {
    const name = `guest${String(index).padStart(3, '0')}`;
    await seedGuest(db.admin, { ...place, firstName: name, email: `${name}@example.com` });
  }
  return place;
}
async function sent(place: Place): Promise<MessageId> {
  const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
  await rig.expand(place, messageId);
  await rig.send(place, messageId);
  return messageId;
}
const reportTo = async (to: string, start: string) => {
  const sample = inboundSamples().find(({ name }) => name.startsWith(start));
  if (!sample) throw new Error(`no sample begins with ${start}`);
  const transport = createTransport({ host: '127.0.0.1', port: inbound.port, ignoreTLS: true });
  await transport.sendMail({ envelope: { from: '', to }, raw: sample.raw });
  transport.close();
};
const rowsOf = async (messageId: string) => {
  const rows = await db.admin<{ name: string; state: string; reason: string | null }[]>`
    select g.first_name as name, d.state, d.reason from wedding.deliveries d
    join wedding.guests g on g.id = d.guest_id where d.message_id = ${messageId} order by 1`;
  return rows.map(({ name, state, reason }) => `${name} ${state} ${reason ?? ''}`.trim());
};

describe('what comes back', () => {
  it('finds its delivery by the return path, and keeps the next message away', async () => {
    const place = await seedPlace(3);
    const first = await sent(place);
    const bounced = sink.accepted.find(({ to }) => to.startsWith('guest001'));
    expect(bounced?.from).toMatch(/^b-[a-z2-7]{52}@bounce\.example\.com$/);
    expect(new Set(sink.accepted.map(({ from }) => from)).size).toBe(3);
    await reportTo(bounced?.from ?? '', 'report, relay: 5.1.1');
    expect(await rowsOf(first)).toEqual([
      'guest000 sent',
      'guest001 bounced bounced_hard',
      'guest002 sent',
    ]);
    expect(await ledgerOf(db, first)).toMatchObject({ audience: 3, sent: 2, bounced: 1 });
    const second = await sent(place);
    expect(await rowsOf(second)).toEqual([
      'guest000 sent',
      'guest001 skipped suppressed',
      'guest002 sent',
    ]);
  });

  it('while the server is spoken to counts too, where it names the address', async () => {
    const place = await seedPlace(2);
    sink.rules.recipient = (address) =>
      address.startsWith('guest000')
        ? { code: 550, text: '5.1.1 no such user' }
        : { code: 550, text: '5.7.1 you look like spam' };
    const first = await sent(place);
    expect(await rowsOf(first)).toEqual(['guest000 failed rejected', 'guest001 failed rejected']);
    sink.rules = {};
    const second = await sent(place);
    expect(await rowsOf(second)).toEqual(['guest000 skipped suppressed', 'guest001 sent']);
  });
});

describe('one click in the middle of a send', () => {
  it('stops what is not claimed yet, and the ledger says why', { timeout: 60_000 }, async () => {
    const place = await seedPlace(640);
    const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
    await rig.expand(place, messageId);
    let stopped: { id: GuestId; name: string } | undefined;
    sink.rules.data = async (): Promise<SinkReply> => {
      if (stopped) return 'accept';
      const [last] = await db.admin<{ id: GuestId; name: string; hash: Uint8Array }[]>`
        select g.id, g.first_name as name, d.address_hash as hash from wedding.deliveries d
        join wedding.guests g on g.id = d.guest_id
        where d.message_id = ${messageId} and d.state = 'ready' and d.shard = 0
        order by d.next_attempt_at desc, d.id desc limit 1`;
      if (!last) throw new Error('everything was claimed at once');
      stopped = last;
      const link = {
        ...place,
        guestId: last.id,
        channel: 'email',
        addressHash: last.hash,
      } as const;
      await unsubscribeAddress(systemContext(db.worker, place), {
        ...link,
        coupleNames: '',
        suppressed: false,
      });
      return 'accept';
    };
    const [shards] = await db.admin<{ last: number }[]>`
      select max(shard) as last from wedding.deliveries where message_id = ${messageId}`;
    for (let shard = 0; shard <= (shards?.last ?? 0); shard++) {
      await rig.send(place, messageId, shard);
    }
    expect(sink.accepted.map(({ to }) => to)).not.toContain(`${stopped?.name}@example.com`);
    expect(await rowsOf(messageId)).toContain(`${stopped?.name} skipped suppressed`);
    expect(await ledgerOf(db, messageId)).toMatchObject({ audience: 640, sent: 639, skipped: 1 });
  });
});
