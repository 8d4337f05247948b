import { verpAddress, verpKey } from '@wedsync/communications';
import type { EmailWebhookEvent } from '@wedsync/contracts/communications-feedback';
import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { signWebhook } from '@wedsync/platform/webhook-signature';
import { seedSending } from '@wedsync/testing/factories/deliveries';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing/test-server.ts';

const secret = 'a-secret-shared-with-the-provider-0123456789';
const linkSecret = 'a-link-secret-of-this-test-0123456789';
const domain = 'bounce.example.com';
const db = await createTestDatabase();
const server = await startTestServer(db, {
  WEBHOOK_SECRET_EMAIL: secret,
  LINK_SECRET: linkSecret,
  BOUNCE_DOMAIN: domain,
});
afterAll(() => server.stop());

interface Call {
  id?: string;
  at?: Date;
  signedWith?: string;
  /** Sent instead of what was signed. */
  body?: string;
  path?: string;
}

async function post(events: unknown, call: Call = {}) {
  const body = JSON.stringify({ events });
  const id = call.id ?? newUuid();
  const signed = signWebhook(call.signedWith ?? secret, { id, body, at: call.at ?? new Date() });
  const response = await fetch(server.webUrl + (call.path ?? '/webhooks/email/relay'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed },
    body: call.body ?? body,
  });
  return { status: response.status, answer: await response.json() };
}

const sent = async (count = 1) => {
  const { weddingId } = await seedWedding(db.admin);
  const sending = await seedSending(db.admin, { weddingId, count });
  const events = sending.deliveryIds.map(
    (deliveryId): EmailWebhookEvent => ({
      type: 'delivered',
      reference: verpAddress(
        verpKey(linkSecret),
        { messageId: sending.messageId, deliveryId },
        domain,
      ),
      at: new Date().toISOString(),
    }),
  );
  const look = async () => {
    const rows = await db.admin<{ state: string; n: number }[]>`
      select state, count(*)::int as n from wedding.deliveries
      where message_id = ${sending.messageId} group by state`;
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  };
  const [event] = events;
  if (!event) throw new Error('nothing was sent');
  return { weddingId, event, events, look };
};

describe('a webhook of a mail provider', () => {
  it('records a batch of a thousand events', async () => {
    const { events, look } = await sent(1_000);
    expect(await post(events)).toEqual({
      status: 200,
      answer: { received: 1_000, recorded: 1_000, known: 0, unknown: 0 },
    });
    expect(await look()).toEqual({ delivered: 1_000 });
  });

  it('that is repeated gets the first answer, and the same events under another id count once', async () => {
    const { event } = await sent();
    const first = await post([{ ...event, id: 'e-1' }], { id: 'call-1' });
    expect(first.answer).toMatchObject({ recorded: 1 });
    expect(await post([{ ...event, id: 'e-1' }], { id: 'call-1' })).toEqual(first);
    expect((await post([{ ...event, id: 'e-1' }])).answer).toMatchObject({ recorded: 0, known: 1 });
  });

  it('may come in any order', async () => {
    const { event, look, weddingId } = await sent();
    await post([{ ...event, type: 'bounced', code: '5.1.1' }]);
    await post([event]);
    await post([{ ...event, type: 'deferred', code: '4.4.1' }]);
    expect(await look()).toEqual({ bounced: 1 });
    const stops = await db.admin`
      select reason from wedding.suppressions where wedding_id = ${weddingId}`;
    expect(stops).toEqual([{ reason: 'bounced' }]);
  });

  it('says what the other server said: a full mailbox stops nobody', async () => {
    const { event, weddingId } = await sent();
    await post([{ ...event, type: 'bounced', code: '550', diagnostic: 'mailbox is full' }]);
    expect(
      await db.admin`select from wedding.suppressions where wedding_id = ${weddingId}`,
    ).toHaveLength(0);
  });

  it('with references that are not ours records the others', async () => {
    const { event, look } = await sent();
    const foreign = { ...event, reference: `b-${'a'.repeat(52)}@${domain}` };
    const other = { ...event, reference: 'no-reply@elsewhere.example' };
    expect((await post([foreign, event, other])).answer).toEqual({
      received: 3,
      recorded: 1,
      known: 0,
      unknown: 2,
    });
    expect(await look()).toEqual({ delivered: 1 });
  });
});

describe('is refused', () => {
  it('without our signature, with a changed body, or five minutes late', async () => {
    const { event, look } = await sent();
    const late = new Date(Date.now() - 301_000);
    const changed = JSON.stringify({ events: [{ ...event, type: 'complained' }] });
    for (const call of [{ signedWith: 'another secret' }, { body: changed }, { at: late }]) {
      expect((await post([event], call)).status).toBe(401);
    }
    const unsigned = await fetch(`${server.webUrl}/webhooks/email/relay`, {
      method: 'POST',
      body: '{}',
    });
    expect(unsigned.status).toBe(401);
    expect(await look()).toEqual({ sent: 1 });
    await server.dependencies.refusals.flush();
    const reasons = await db.admin<{ reason: string }[]>`
      select reason from ops.feedback_refusals where source = 'webhook' order by reason`;
    expect(reasons.map(({ reason }) => reason)).toEqual(['expired', 'forged', 'unsigned']);
  });

  it('with more than a thousand events, none, or what is no event', async () => {
    const { event, look } = await sent();
    for (const events of [Array(1_001).fill(event), [], [{ ...event, type: 'opened' }], 'all']) {
      expect((await post(events)).status).toBe(400);
    }
    expect(await look()).toEqual({ sent: 1 });
  });

  it('where nobody gave a secret, and on the operators’ surface', async () => {
    const { event } = await sent();
    expect((await post([event], { path: '/webhooks/email/Not-A-Name' })).status).toBe(404);
    const admin = await fetch(`${server.adminUrl}/webhooks/email/relay`, { method: 'POST' });
    expect(admin.status).toBe(404);
  });
});

it('leaves no address and no token in the log', async () => {
  const { event } = await sent();
  await post([event]);
  const [token = ''] = event.reference.split('@');
  expect(server.logLines.join('\n')).not.toContain(token);
});

// Late, because from here on this address has used up what it may.
it('stops listening to an address that forges', async () => {
  const { event } = await sent();
  const statuses = new Set<number>();
  for (let call = 0; call < 70; call++) {
    statuses.add((await post([event], { signedWith: 'another secret' })).status);
  }
  expect(statuses).toEqual(new Set([401, 429]));
  expect((await post([event])).status).toBe(429);
});

// Last, because the server ends the connection instead of reading on.
it('refuses a call larger than a megabyte', async () => {
  const { event } = await sent();
  const large = { ...event, diagnostic: 'a'.repeat(1_100_000) };
  expect((await post([large])).status).toBe(413);
});
