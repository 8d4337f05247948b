import { GuestId, newId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { systemContext, userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedEvent, seedWedding } from '@wedsync/testing/factories/weddings';
import { startSmtpSink } from '@wedsync/testing/smtp-sink';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { fixAndResend } from './fix-and-resend.ts';
import { listDeliveries } from './queries/deliveries.ts';
import { getMessage } from './queries/messages.ts';
import { getSendSettings } from './queries/send-settings.ts';
import { resendUnanswered } from './resend-unanswered.ts';
import { retryFailed } from './retry-failed.ts';
import { sendMessage } from './send-message.ts';
import { sendSingle } from './send-single.ts';
import { createRig, ledgerOf } from './testing/rig.ts';
import { worded } from './testing/wordings.ts';
import { updateSendSettings } from './update-send-settings.ts';

const db = await createTestDatabase();
const sink = await startSmtpSink();
const rig = createRig(db, { smtpUrl: sink.url });
afterEach(() => {
  sink.rules = {};
});
afterAll(async () => {
  await rig.close();
  await sink.stop();
  await db.drop();
});
const foreign = await seedWedding(db.admin);
const stranger = userContext(db.app, foreign);

async function newPlace() {
  const place = await seedWedding(db.admin);
  return {
    place,
    planner: userContext(db.app, { ...place, userId: place.ownerId }),
    assistant: userContext(db.app, { ...place, access: { orgRole: 'assistant' } }),
  };
}
type Where = Awaited<ReturnType<typeof newPlace>>['place'];

/** Expands and sends what a verb has queued. */
async function deliver(place: Where, messageId: Parameters<typeof rig.send>[1]) {
  await rig.expand(place, messageId);
  await rig.send(place, messageId);
}
const auditOf = async (entityId: string) => {
  const rows = await db.admin<{ action: string }[]>`
    select action from wedding.audit_log where entity_id = ${entityId} order by at, id`;
  return rows.map(({ action }) => action);
};
const refuse = (address: string, text = '5.1.1 nobody here') => {
  sink.rules.recipient = (to) => (to === address ? { code: 550, text } : 'accept');
};

describe('an idempotency key', () => {
  it('makes two clicks one message, also when they arrive together', async () => {
    const { place, planner } = await newPlace();
    const id = await seedMessage(db.admin, place);
    const send = () => sendMessage(planner, { id, version: 1, idempotencyKey: 'click-0001' });
    const answers = await Promise.all([send(), send(), send()]);
    for (const answer of [...answers, await send()]) expect(answer).toEqual(answers[0]);
    const [jobs] = await db.admin`
      select count(*)::int as n from ops.outbox where payload ->> 'messageId' = ${id}`;
    expect(jobs).toEqual({ n: 1 });
    expect(await auditOf(id)).toEqual(['communications.send-message']);
  });

  it('stands for one intent of one wedding', async () => {
    const { place, planner } = await newPlace();
    const [one, two] = [await seedMessage(db.admin, place), await seedMessage(db.admin, place)];
    const idempotencyKey = 'shared-key-1';
    await sendMessage(planner, { id: one, version: 1, idempotencyKey });
    await expect(
      sendMessage(planner, { id: two, version: 1, idempotencyKey }),
    ).rejects.toMatchObject({
      kind: 'conflict',
      code: 'communications.key-reused',
    });
    const theirs = await seedMessage(db.admin, foreign);
    await expect(
      sendMessage(stranger, { id: theirs, version: 1, idempotencyKey }),
    ).resolves.toMatchObject({ state: 'queued' });
    await expect(
      sendMessage(planner, { id: two, version: 1, idempotencyKey: 'a b' }),
    ).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('is not used up by what failed', async () => {
    const { place, planner } = await newPlace();
    const id = await seedMessage(db.admin, place);
    const idempotencyKey = 'try-again-1';
    await expect(sendMessage(planner, { id, version: 7, idempotencyKey })).rejects.toMatchObject({
      kind: 'conflict',
    });
    await expect(sendMessage(planner, { id, version: 1, idempotencyKey })).resolves.toMatchObject({
      state: 'queued',
    });
  });
});

describe('what failed', () => {
  it('goes back into the line when a person says so, and only that', async () => {
    const { place, planner } = await newPlace();
    for (const name of ['good', 'bad']) {
      await seedGuest(db.admin, { ...place, firstName: name, email: `${name}@example.com` });
    }
    const id = await seedMessage(db.admin, { ...place, state: 'queued' });
    // A refusal by policy; a dead address would be left out from now on.
    refuse('bad@example.com', '5.7.1 refused by policy');
    await deliver(place, id);
    expect(await ledgerOf(db, id)).toMatchObject({ sent: 1, failed: 1 });
    sink.rules = {};
    expect(await retryFailed(planner, { id, idempotencyKey: 'retry-0001' })).toEqual({
      retried: 1,
    });
    expect(await getMessage(planner, { id })).toMatchObject({ state: 'sending' });
    expect(await retryFailed(planner, { id, idempotencyKey: 'retry-0001' })).toEqual({
      retried: 1,
    });
    await rig.send(place, id);
    expect(await ledgerOf(db, id)).toMatchObject({ sent: 2, failed: 0 });
    expect(await getMessage(planner, { id })).toMatchObject({ state: 'sent' });
    const got = sink.accepted.filter(({ to }) => to === 'good@example.com');
    expect(got).toHaveLength(1);
    expect(await auditOf(id)).toContain('communications.retry-failed');
  });

  it('is refused where nothing has, to assistants and to strangers', async () => {
    const { place, planner, assistant } = await newPlace();
    await seedGuest(db.admin, { ...place, email: 'fine@example.com' });
    const id = await seedMessage(db.admin, { ...place, state: 'queued' });
    await expect(retryFailed(planner, { id })).rejects.toMatchObject({
      code: 'communications.wrong-state',
    });
    await deliver(place, id);
    await expect(retryFailed(planner, { id })).rejects.toMatchObject({
      code: 'communications.nothing-failed',
    });
    expect(await getMessage(planner, { id })).toMatchObject({ state: 'sent' });
    await expect(retryFailed(assistant, { id })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(retryFailed(stranger, { id })).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('a wrong address', () => {
  it('is corrected and written to again, this guest alone, past the bulk', async () => {
    const { place, planner } = await newPlace();
    const { guestId } = await seedGuest(db.admin, { ...place, email: 'typo@example.com' });
    await seedGuest(db.admin, { ...place, email: 'other@example.com' });
    const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
    refuse('typo@example.com');
    await deliver(place, messageId);
    const { items } = await listDeliveries(planner, { messageId, states: ['failed'] });
    const input = {
      messageId,
      deliveryId: items[0]?.id ?? ('' as never),
      address: 'Right@Example.com',
      idempotencyKey: 'fix-000001',
    };
    const again = await fixAndResend(planner, input);
    expect(again).toMatchObject({ state: 'queued', lane: 'single', channel: 'email' });
    expect(await fixAndResend(planner, input)).toMatchObject({ id: again.id });
    expect(await getMessage(planner, { id: again.id })).toMatchObject({
      retryOf: messageId,
      audience: { guestIds: [guestId] },
    });
    const [job] = await db.admin`
      select job_name from ops.outbox where payload ->> 'messageId' = ${again.id}`;
    expect(job).toEqual({ job_name: 'communications.expand-single' });
    const before = sink.accepted.length;
    await deliver(place, again.id);
    expect(sink.accepted.slice(before).map(({ to }) => to)).toEqual(['right@example.com']);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 1, failed: 1 });
    expect(await auditOf(again.id)).toContain('communications.fix-and-resend');
    expect(await auditOf(guestId)).toContain('guests.update');
  });

  it('is refused where the message arrived, for what is no address, and to others', async () => {
    const { place, planner, assistant } = await newPlace();
    await seedGuest(db.admin, { ...place, email: 'here@example.com' });
    await seedGuest(db.admin, { ...place, firstName: 'Nowhere' });
    const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
    await deliver(place, messageId);
    const { items } = await listDeliveries(planner, { messageId });
    const sent = items.find(({ state }) => state === 'sent');
    const skipped = items.find(({ state }) => state === 'skipped');
    if (!sent || !skipped) throw new Error('the message went otherwise');
    const at = { messageId, deliveryId: sent.id, address: 'new@example.com' };
    await expect(fixAndResend(planner, at)).rejects.toMatchObject({
      code: 'communications.not-fixable',
    });
    const fixable = { ...at, deliveryId: skipped.id };
    await expect(
      fixAndResend(planner, { ...fixable, address: 'no address' }),
    ).rejects.toMatchObject({
      kind: 'invalid',
    });
    await expect(fixAndResend(assistant, fixable)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(fixAndResend(stranger, fixable)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(fixAndResend(planner, fixable)).resolves.toMatchObject({ lane: 'single' });
  });
});

describe('those who never answered', () => {
  it('are written to again by a draft that knows them when it leaves', async () => {
    const { place, planner, assistant } = await newPlace();
    const eventId = await seedEvent(db.admin, { ...place, kind: 'ceremony' });
    const invited = { ...place, eventIds: [eventId] };
    const { guestId } = await seedGuest(db.admin, { ...invited, email: 'yes@example.com' });
    await seedGuest(db.admin, { ...invited, email: 'silent@example.com' });
    const id = await seedMessage(db.admin, { ...place, state: 'queued' });
    await expect(resendUnanswered(planner, { id })).rejects.toMatchObject({
      code: 'communications.wrong-state',
    });
    await deliver(place, id);
    const again = await resendUnanswered(assistant, { id, idempotencyKey: 'again-0001' });
    expect(again).toMatchObject({ state: 'draft', subject: '{{ names }}, you are invited' });
    expect((await resendUnanswered(assistant, { id, idempotencyKey: 'again-0001' })).id).toBe(
      again.id,
    );
    await db.admin`update wedding.invitations set answer = 'yes', answered_at = now(),
      answered_by_kind = 'user', via = 'link' where guest_id = ${guestId}`;
    await sendMessage(planner, { id: again.id, version: again.version });
    const before = sink.accepted.length;
    await deliver(place, again.id);
    expect(sink.accepted.slice(before).map(({ to }) => to)).toEqual(['silent@example.com']);
    await expect(resendUnanswered(stranger, { id })).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('a message to one guest', () => {
  it('leaves at once, whatever the weekly limit says', async () => {
    const { place, planner, assistant } = await newPlace();
    const { guestId } = await seedGuest(db.admin, { ...place, email: 'vip@example.com' });
    await updateSendSettings(planner, { version: 0, weeklyLimit: 1 });
    const bulk = await seedMessage(db.admin, { ...place, state: 'queued' });
    await deliver(place, bulk);
    const single = { guestId, title: 'Parking', ...worded({ subject: 'Where to park' }) };
    const message = await sendSingle(planner, { ...single, idempotencyKey: 'single-001' });
    expect(message).toMatchObject({ lane: 'single', state: 'queued', subject: 'Where to park' });
    expect((await sendSingle(planner, { ...single, idempotencyKey: 'single-001' })).id).toBe(
      message.id,
    );
    await deliver(place, message.id);
    expect(await ledgerOf(db, message.id)).toMatchObject({ audience: 1, sent: 1 });
    expect(await auditOf(message.id)).toEqual([
      'communications.send-single',
      'communications.expand-message',
      'communications.finish-message',
    ]);
    await expect(sendSingle(assistant, single)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(sendSingle(stranger, single)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(sendSingle(planner, { ...single, guestId: newId(GuestId) })).rejects.toMatchObject(
      {
        kind: 'not-found',
      },
    );
    await expect(sendSingle(planner, { ...single, channel: 'sms' })).rejects.toMatchObject({
      kind: 'invalid',
    });
  });
});

describe('the weekly limit', () => {
  it('is three until somebody chooses, and leaves out who has had enough', async () => {
    const { place, planner, assistant } = await newPlace();
    expect(await getSendSettings(assistant)).toEqual({ weeklyLimit: 3, version: 0 });
    await seedGuest(db.admin, { ...place, email: 'often@example.com' });
    for (let count = 0; count < 3; count++) {
      await deliver(place, await seedMessage(db.admin, { ...place, state: 'queued' }));
    }
    const fourth = await seedMessage(db.admin, { ...place, state: 'queued' });
    await deliver(place, fourth);
    expect(await getMessage(planner, { id: fourth })).toMatchObject({
      state: 'sent',
      counts: { sent: 0, skipped: 1 },
      reasons: [{ reason: 'weekly_limit', count: 1 }],
    });
    const settings = await updateSendSettings(planner, { version: 0, weeklyLimit: null });
    expect(settings).toEqual({ weeklyLimit: null, version: 1 });
    const fifth = await seedMessage(db.admin, { ...place, state: 'queued' });
    await deliver(place, fifth);
    expect(await ledgerOf(db, fifth)).toMatchObject({ sent: 1 });
    expect(await updateSendSettings(planner, { version: 1, weeklyLimit: 5 })).toEqual({
      weeklyLimit: 5,
      version: 2,
    });
    expect(await auditOf(place.weddingId)).toContain('communications.update-send-settings');
  });

  it('is set by one of two who set it at once, and not by assistants', async () => {
    const { planner, assistant } = await newPlace();
    const results = await Promise.allSettled(
      [2, 4].map((weeklyLimit) => updateSendSettings(planner, { version: 0, weeklyLimit })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { kind: 'conflict', details: { current: { version: 1 } } },
    });
    await expect(
      updateSendSettings(assistant, { version: 1, weeklyLimit: 2 }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(updateSendSettings(planner, { version: 1, weeklyLimit: 0 })).rejects.toMatchObject(
      { kind: 'invalid' },
    );
    expect(await getSendSettings(stranger)).toEqual({ weeklyLimit: 3, version: 0 });
  });
});

it('the worker finds nothing of a wedding whose claims it does not have', async () => {
  const { place } = await newPlace();
  const id = await seedMessage(db.admin, place);
  const ctx = systemContext(db.worker, foreign);
  await expect(
    getMessage({ ...ctx, actor: stranger.actor, access: stranger.access }, { id }),
  ).rejects.toMatchObject({ kind: 'not-found' });
});
