import { setTimeout } from 'node:timers/promises';
import type { MessageId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest, seedHousehold } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { type SinkReply, startSmtpSink } from '@wedsync/testing/smtp-sink';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelMessage, pauseMessage, resumeMessage } from './change-message-state.ts';
import { sendMessage } from './send-message.ts';
import { createRig, ledgerOf, type Place } from './testing/rig.ts';

const db = await createTestDatabase();
const sink = await startSmtpSink();
const rig = createRig(db, { smtpUrl: sink.url });
afterAll(async () => {
  await rig.close();
  await sink.stop();
});
beforeEach(() => {
  sink.rules = {};
  sink.accepted.length = 0;
  sink.arrived.length = 0;
});

const rowsOf = (messageId: string) =>
  db.admin<
    {
      name: string | null;
      state: string;
      reason: string | null;
      code: string | null;
      attempts: number;
    }[]
  >`
    select g.first_name as name, d.state, d.reason, d.code, d.attempts
    from wedding.deliveries d left join wedding.guests g on g.id = d.guest_id
    where d.message_id = ${messageId} order by g.first_name`;
const stateOf = async (messageId: string) => {
  const [row] = await db.admin<{ state: string; version: number }[]>`
    select state, version from wedding.messages where id = ${messageId}`;
  return row;
};

/** A wedding of `count` households with one guest and address each. */
async function seedPlace(count: number): Promise<Place> {
  const place = await seedWedding(db.admin);
  for (let index = 0; index < count; index++) {
    const email = `guest${String(index).padStart(3, '0')}@example.com`;
    await seedGuest(db.admin, { ...place, firstName: `Guest${index}`, email });
  }
  return place;
}

async function queued(place: Place, fields: { body?: string } = {}): Promise<MessageId> {
  const messageId = await seedMessage(db.admin, { ...place, ...fields, state: 'queued' });
  await rig.expand(place, messageId);
  return messageId;
}

describe('sending a message', () => {
  it('reaches everybody once, with a link of their own, and ends', async () => {
    const place = await seedPlace(45);
    const messageId = await queued(place);
    await rig.send(place, messageId);
    expect(await ledgerOf(db, messageId)).toMatchObject({ audience: 45, sent: 45, ready: 0 });
    expect(await stateOf(messageId)).toMatchObject({ state: 'sent' });
    expect(new Set(sink.accepted.map(({ to }) => to)).size).toBe(45);
    const links = sink.accepted.map(
      ({ raw }) => /\/r\/([A-Za-z0-9_-]{22})/.exec(raw.replaceAll('=\r\n', ''))?.[1],
    );
    expect(new Set(links).size).toBe(45);
  });

  it('is the same however often its parts run', async () => {
    const place = await seedPlace(5);
    const messageId = await queued(place);
    await rig.expand(place, messageId);
    await Promise.all([rig.send(place, messageId), rig.send(place, messageId)]);
    await rig.send(place, messageId);
    await rig.sweep();
    expect(sink.arrived).toHaveLength(5);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 5 });
  });

  it('says in every e-mail who it is from, how to stop it, and nothing that starts a header', async () => {
    const place = await seedWedding(db.admin);
    const evil = 'Eve\r\nBcc: all@example.com';
    await seedGuest(db.admin, { ...place, firstName: evil, email: 'eve@example.com' });
    const messageId = await queued(place);
    await rig.send(place, messageId);
    const [email] = sink.accepted;
    const [head = '', body = ''] = email?.raw.split('\r\n\r\n', 2) ?? [];
    expect(head).toMatch(/^List-Unsubscribe: <https:\/\/example\.com\/u\/[A-Za-z0-9_-]{22}>$/m);
    expect(head).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    expect(head).toMatch(/^From: "Ana & Tom"\r\n <no-reply@mail\.example\.com>\r$/m);
    expect(head).not.toMatch(/^Bcc:/m);
    expect(email?.raw).toContain('Content-Type: text/plain');
    expect(email?.raw).toContain('Content-Type: text/html');
    expect(email?.messageId).toMatch(/^[0-9a-f-]{36}@mail\.example\.com$/);
    expect(Math.max(...(email?.raw ?? '').split('\r\n').map((line) => line.length))).toBeLessThan(
      999,
    );
    expect(body).not.toBe('');
  });

  it('keeps one guest whose wording fails from holding up the others', async () => {
    const place = await seedPlace(3);
    await seedGuest(db.admin, { ...place, firstName: 'Poison', email: 'p@example.com' });
    const messageId = await queued(place, {
      body: `{% if first_name == 'Poison' %}${'{{ events | upcase | downcase }}'.repeat(600)}{% endif %}Hello {{ names }}`,
    });
    await db.admin`update wedding.events set venue = repeat('x', 5000) where wedding_id = ${place.weddingId}`;
    await rig.send(place, messageId);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 3, failed: 1 });
    expect((await rowsOf(messageId)).find(({ name }) => name === 'Poison')).toMatchObject({
      state: 'failed',
      reason: 'render_failed',
    });
  });
});

describe('what the mail server says', () => {
  it('ends a recipient it refuses for good, with its code, and tries a temporary one again', async () => {
    const place = await seedPlace(3);
    sink.rules.recipient = (address) => {
      if (address.startsWith('guest000')) return { code: 550, text: '5.1.1 no such user' };
      if (address.startsWith('guest001')) return { code: 450, text: '4.2.0 come back later' };
      return 'accept';
    };
    const messageId = await queued(place);
    await rig.send(place, messageId);
    expect(await rowsOf(messageId)).toMatchObject([
      { state: 'failed', reason: 'rejected', code: '5.1.1', attempts: 1 },
      { state: 'ready', code: '4.2.0', attempts: 1 },
      { state: 'sent', attempts: 1 },
    ]);
    expect(await stateOf(messageId)).toMatchObject({ state: 'sending' });
    sink.rules = {};
    await rig.send(place, messageId);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 1, ready: 1, failed: 1 });
    await db.admin`update wedding.deliveries set next_attempt_at = now() where message_id = ${messageId}`;
    await rig.send(place, messageId);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 2, ready: 0, failed: 1 });
    expect(await stateOf(messageId)).toMatchObject({ state: 'sent' });
  });

  it('gives up on a recipient after eight temporary refusals', async () => {
    const place = await seedPlace(1);
    sink.rules.recipient = () => ({ code: 451, text: '4.3.0 not now' });
    const messageId = await queued(place);
    for (let attempt = 0; attempt < 8; attempt++) {
      await db.admin`update wedding.deliveries set next_attempt_at = now() where message_id = ${messageId}`;
      await rig.send(place, messageId);
    }
    expect(await rowsOf(messageId)).toMatchObject([
      { state: 'failed', reason: 'attempts_exhausted', attempts: 8 },
    ]);
    expect(await stateOf(messageId)).toMatchObject({ state: 'sent' });
  });

  it('burns no attempt while the relay cannot be reached', async () => {
    const place = await seedPlace(3);
    const away = createRig(db, { smtpUrl: 'smtp://127.0.0.1:9', budgetMs: 1_500 });
    const messageId = await queued(place);
    await away.send(place, messageId);
    const rows = await rowsOf(messageId);
    expect(rows).toMatchObject(Array.from({ length: 3 }, () => ({ state: 'ready', attempts: 0 })));
    expect(rows.some(({ code }) => code === 'ECONNREFUSED')).toBe(true);
    const [breaker] = await db.admin`select failures, reason from ops.provider_states`;
    expect(breaker).toMatchObject({ failures: expect.any(Number), reason: 'ECONNREFUSED' });
    await db.admin`update wedding.deliveries set next_attempt_at = now() where message_id = ${messageId}`;
    await rig.send(place, messageId);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 3 });
    expect(await db.admin`select failures, open_until from ops.provider_states`).toEqual([
      { failures: 0, open_until: null },
    ]);
    await away.close();
  });

  it('puts a recipient in doubt when the connection breaks before the answer', async () => {
    const place = await seedPlace(4);
    sink.rules.data = ({ to }) => (to.startsWith('guest002') ? 'drop' : 'accept');
    const messageId = await queued(place);
    await rig.send(place, messageId);
    expect((await rowsOf(messageId))[2]).toMatchObject({
      state: 'in_doubt',
      reason: 'connection_lost',
    });
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 3, in_doubt: 1 });
    await rig.send(place, messageId);
    expect(sink.arrived.filter(({ to }) => to.startsWith('guest002'))).toHaveLength(1);
  });
});

describe('control', () => {
  it('stops soon after a pause and goes on where it stopped', async () => {
    const place = await seedPlace(400);
    const planner = userContext(db.app, place);
    const messageId = await queued(place);
    let pausing: Promise<unknown> | undefined;
    let pausedAt = Number.POSITIVE_INFINITY;
    let lastAt = 0;
    let atPause = 0;
    sink.rules.data = async (): Promise<SinkReply> => {
      if (sink.accepted.length >= 30) {
        pausing ??= pauseMessage(planner, { id: messageId, version: 1 }).then(() => {
          pausedAt = performance.now();
          atPause = sink.accepted.length;
        });
        await pausing;
      }
      await setTimeout(30);
      lastAt = performance.now();
      return 'accept';
    };
    await rig.send(place, messageId);
    await pausing;
    const stopped = await ledgerOf(db, messageId);
    expect(stopped.sent).toBe(sink.accepted.length);
    expect(lastAt - pausedAt).toBeLessThan(1_000);
    expect(sink.accepted.length - atPause).toBeLessThan(100);
    expect(stopped.ready).toBe(400 - (stopped.sent ?? 0));
    expect(stopped.claimed).toBe(0);
    await rig.send(place, messageId);
    expect((await ledgerOf(db, messageId)).sent).toBe(stopped.sent);

    sink.rules = {};
    await resumeMessage(planner, { id: messageId, version: 1 });
    const [job] = await db.admin`
      select from ops.outbox where job_name = 'communications.send-shard' and payload->>'messageId' = ${messageId}`;
    expect(job).toBeDefined();
    await rig.send(place, messageId);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 400 });
    expect(sink.arrived).toHaveLength(400);
  });

  it('cancels what has not left, in the ledger too', async () => {
    const place = await seedPlace(10);
    const planner = userContext(db.app, place);
    const messageId = await queued(place);
    await cancelMessage(planner, { id: messageId, version: 1 });
    await rig.send(place, messageId);
    expect(sink.arrived).toHaveLength(0);
    expect(await ledgerOf(db, messageId)).toMatchObject({ audience: 10, cancelled: 10 });
  });

  it('sends a draft once, in the version that the sender saw', async () => {
    const place = await seedPlace(1);
    const planner = userContext(db.app, place);
    const messageId = await seedMessage(db.admin, place);
    await expect(sendMessage(planner, { id: messageId, version: 9 })).rejects.toMatchObject({
      kind: 'conflict',
    });
    await sendMessage(planner, { id: messageId, version: 1 });
    await expect(sendMessage(planner, { id: messageId, version: 2 })).rejects.toMatchObject({
      code: 'communications.wrong-state',
    });
    const jobs = await db.admin`
      select payload from ops.outbox where payload->>'messageId' = ${messageId}`;
    expect(jobs).toHaveLength(1);
    expect(JSON.stringify(jobs)).not.toContain('@');
  });
});

describe('the change feed', () => {
  it('has one line per batch, not per guest', async () => {
    const place = await seedPlace(60);
    const messageId = await queued(place);
    await rig.send(place, messageId);
    const lines = await db.admin`
      select from wedding.changes where wedding_id = ${place.weddingId} and entity = 'message'`;
    expect(lines.length).toBeLessThanOrEqual(4);
  });
});

describe('a household', () => {
  it('gets one e-mail per address, and it speaks to everybody it carries', async () => {
    const place = await seedWedding(db.admin);
    const householdId = await seedHousehold(db.admin, { ...place, name: 'The Almeidas' });
    const home = { ...place, householdId };
    await seedGuest(db.admin, { ...home, firstName: 'Ana', email: 'home@example.com' });
    await seedGuest(db.admin, { ...home, firstName: 'Rui', email: 'HOME@example.com ' });
    await seedGuest(db.admin, { ...home, firstName: 'Mia', email: null, ageGroup: 'child' });
    await seedGuest(db.admin, { ...home, firstName: 'Leo', email: 'leo@example.com' });
    const messageId = await queued(place);
    await rig.send(place, messageId);
    expect(sink.accepted.map(({ to }) => to).sort()).toEqual([
      'home@example.com',
      'leo@example.com',
    ]);
    const home1 = sink.accepted.find(({ to }) => to === 'home@example.com');
    expect(home1?.raw.replaceAll('=\r\n', '')).toContain('Dear Ana, Rui and Mia');
    const skips = (await rowsOf(messageId)).filter(({ state }) => state === 'skipped');
    expect(skips.map(({ reason }) => reason).sort()).toEqual([
      'reached_through_household',
      'same_household_address',
    ]);
    const [carried] = await db.admin`
      select count(*)::int as n from wedding.deliveries d join wedding.deliveries c
        on c.id = d.carried_by_id where d.message_id = ${messageId} and c.state = 'sent'`;
    expect(carried?.n).toBe(2);
  });
});
