import { verpAddress, verpKey } from '@wedsync/communications';
import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { signWebhook } from '@wedsync/platform/webhook-signature';
import { seedSending } from '@wedsync/testing/factories/deliveries';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing/test-server.ts';

const secret = 'a-secret-shared-with-the-sms-provider';
const linkSecret = 'a-link-secret-of-this-test-0123456789';
const db = await createTestDatabase();
const server = await startTestServer(db, { WEBHOOK_SECRET_SMS: secret, LINK_SECRET: linkSecret });
afterAll(() => server.stop());

async function post(events: unknown, call: { id?: string; signedWith?: string } = {}) {
  const body = JSON.stringify({ events });
  const id = call.id ?? newUuid();
  const signed = signWebhook(call.signedWith ?? secret, { id, body, at: new Date() });
  const response = await fetch(`${server.webUrl}/webhooks/sms/carrier`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed },
    body,
  });
  return { status: response.status, answer: await response.json() };
}

/** A text that was accepted, and what a provider would say about it. */
async function seedText() {
  const { weddingId } = await seedWedding(db.admin);
  const sending = await seedSending(db.admin, { weddingId, count: 1, channel: 'sms' });
  const [deliveryId = ''] = sending.deliveryIds;
  const { messageId } = sending;
  const reference = verpAddress(verpKey(linkSecret), { messageId, deliveryId }, 'sms');
  const event = (status: string, more: object = {}) => ({
    ...{ kind: 'status', eventId: newUuid(), at: new Date().toISOString(), reference, status },
    ...more,
  });
  const look = async () => {
    const [row] = await db.admin`
      select state, reason, code from wedding.deliveries where id = ${deliveryId}`;
    return row;
  };
  return { weddingId, event, look };
}

describe('a provider of text messages', () => {
  it('confirms a text, once, in whatever order', async () => {
    const { event, look } = await seedText();
    const delivered = event('delivered');
    expect(await post([delivered, event('accepted'), event('sent')])).toEqual({
      status: 200,
      answer: { received: 3, recorded: 1, known: 2, unknown: 0 },
    });
    expect((await post([delivered])).answer).toMatchObject({ recorded: 0, known: 1 });
    expect(await look()).toMatchObject({ state: 'delivered' });
  });

  it('says that a number does not exist, and it is never texted again', async () => {
    const { event, look, weddingId } = await seedText();
    await post([event('undelivered', { code: 'unknown_number' })]);
    expect(await look()).toMatchObject({ state: 'bounced', reason: 'bounced_hard' });
    const stops = await db.admin`
      select channel, reason from wedding.suppressions where wedding_id = ${weddingId}`;
    expect(stops).toEqual([{ channel: 'sms', reason: 'bounced' }]);
  });

  it('refuses a text later on: that says nothing about the number', async () => {
    const { event, look, weddingId } = await seedText();
    await post([event('rejected', { code: 'spam' })]);
    expect(await look()).toMatchObject({ state: 'bounced', reason: 'bounced_blocked' });
    const stops = await db.admin`
      select from wedding.suppressions where wedding_id = ${weddingId}`;
    expect(stops).toHaveLength(0);
  });

  it('that is none, or names deliveries of others, changes nothing', async () => {
    const { event, look } = await seedText();
    expect((await post([event('delivered')], { signedWith: 'another secret' })).status).toBe(401);
    const forged = { ...event('delivered'), reference: `b-${'a'.repeat(52)}@sms` };
    expect((await post([forged])).answer).toMatchObject({ recorded: 0, unknown: 1 });
    expect((await post([{ ...event('delivered'), status: 'opened' }])).status).toBe(400);
    expect(await look()).toMatchObject({ state: 'sent' });
  });

  it('leaves neither number nor words of a guest in the log', async () => {
    const text = { from: '+351916123456', to: '+12025550100', text: 'Canary sings' };
    const at = new Date().toISOString();
    expect((await post([{ kind: 'inbound', eventId: newUuid(), at, ...text }])).status).toBe(200);
    const log = server.logLines.join('\n');
    for (const canary of ['351916123456', 'Canary']) expect(log).not.toContain(canary);
  });
});
