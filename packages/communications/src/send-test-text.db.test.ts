import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import {
  preflightMessage,
  releaseMessage,
  scheduleMessage,
  sendMessage,
  sendSingle,
  sendTestText,
} from './index.ts';
import { threadHash, threadKey } from './model/sms/thread.ts';
import { linkSecret } from './testing/rig.ts';
import { createSmsRig, grantSms, ourNumber, textsTo } from './testing/sms-rig.ts';

const db = await createTestDatabase();
const rig = await createSmsRig(db);
afterAll(() => rig.close());
const settings = { ...rig.deps, testTexts: rig.sms, isSmsSimulated: true };
const withoutProvider = { ...settings, smsFrom: undefined, testTexts: undefined };

async function seedDraft({ channel = 'sms' }: { channel?: 'email' | 'sms' } = {}) {
  const place = await seedWedding(db.admin);
  const { guestId } = await seedGuest(db.admin, {
    ...{ weddingId: place.weddingId, phone: '+351916000001', firstName: 'Rita' },
  });
  await grantSms(db.admin, place.weddingId);
  const body = 'Dear {{ first_name }}, the bus leaves at two: {{ rsvp_link }}';
  const id = await seedMessage(db.admin, { weddingId: place.weddingId, channel, body });
  return { place, guestId, id, planner: userContext(db.app, { ...place, userId: place.ownerId }) };
}

describe('a test by text', () => {
  const phone = '+351936000001';

  it('reaches the number as its guest would read it, and leaves no trace of the number', async () => {
    const { planner, guestId, id } = await seedDraft();
    expect(await sendTestText(planner, { id, guestId, phone }, settings)).toEqual({
      ...{ from: ourNumber, segments: 1, isSimulated: true },
    });
    expect(textsTo(rig.simulator, phone)).toEqual([
      '[Test] Dear Rita, the bus leaves at two: https://example.invalid/r/preview',
    ]);
    const audited = await db.admin`
      select before, after from wedding.audit_log
      where entity_id = ${id} and action = 'communications.send-test-text'`;
    expect(audited).toHaveLength(1);
    expect(JSON.stringify(audited)).not.toContain('936000001');
    const [ledger] = await db.admin`
      select count(*)::int as n from wedding.deliveries where message_id = ${id}`;
    expect(ledger).toEqual({ n: 0 });
  });

  it('is not sent to a number that has written STOP', async () => {
    const { planner, id } = await seedDraft();
    const theirs = '+351936000002';
    const hash = threadHash(threadKey(linkSecret), { ours: ourNumber, theirs });
    await db.admin`insert into ops.sms_opt_outs (thread_hash, opted_out_at) values (${hash}, now())`;
    await expect(sendTestText(planner, { id, phone: theirs }, settings)).rejects.toMatchObject({
      ...{ kind: 'precondition', code: 'communications.number-opted-out' },
    });
    expect(textsTo(rig.simulator, theirs)).toEqual([]);
  });

  it('is refused after ten within an hour', async () => {
    const { planner, id } = await seedDraft();
    for (let n = 0; n < 10; n++) await sendTestText(planner, { id, phone }, settings);
    await expect(sendTestText(planner, { id, phone }, settings)).rejects.toMatchObject({
      ...{ kind: 'limit', code: 'communications.too-many-tests' },
    });
  });

  it('is for those who may send, in their own weddings, to a number that is one', async () => {
    const { planner, place, id } = await seedDraft();
    const viewer = userContext(db.app, { ...place, access: { weddingRole: 'viewer' } });
    await expect(sendTestText(viewer, { id, phone }, settings)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const other = await seedDraft();
    await expect(sendTestText(other.planner, { id, phone }, settings)).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(sendTestText(planner, { id, phone: '0912' }, settings)).rejects.toMatchObject({
      kind: 'invalid',
    });
  });
});

describe('without an SMS provider', () => {
  const refused = { kind: 'precondition', code: 'communications.sms-not-configured' };
  const title = 'The bus';
  const wordings = [{ channel: 'sms' as const, language: 'en', body: 'It leaves at two.' }];

  it('no verb sends, plans or tests a text, and each says what to do', async () => {
    const { planner, guestId, id } = await seedDraft();
    const held = await seedDraft();
    await db.admin`
      update wedding.messages set state = 'held', held_reason = 'too_late', send_at = now(),
        schedule = '{"kind": "at", "at": "2026-01-01T00:00:00Z"}'
      where id = ${held.id}`;
    const at = new Date(Date.now() + 86_400_000).toISOString();
    const schedule = { kind: 'at' as const, at };
    const kind = 'logistics' as const;
    const single = {
      guestId,
      kind,
      channel: 'sms' as const,
      title,
      wordings,
      defaultLanguage: 'en',
    };
    for (const attempt of [
      () => sendMessage(planner, { id, version: 1 }, withoutProvider),
      () => scheduleMessage(planner, { id, version: 1, schedule }, withoutProvider),
      () => sendSingle(planner, single, withoutProvider),
      () => sendTestText(planner, { id, phone: '+351936000001' }, withoutProvider),
      () => releaseMessage(held.planner, { id: held.id, version: 1 }, withoutProvider),
    ]) {
      await expect(attempt()).rejects.toMatchObject(refused);
      await expect(attempt()).rejects.toThrow(/SMS_URL/);
    }
    const [row] = await db.admin`select state from wedding.messages where id = ${id}`;
    expect(row).toEqual({ state: 'draft' });
  });

  it('the check before sending names the same obstacle, with its remedy', async () => {
    const { planner, id } = await seedDraft();
    const { obstacles } = await preflightMessage(planner, { id }, withoutProvider);
    expect(obstacles).toMatchObject([{ code: 'sms-not-configured' }]);
    expect(obstacles[0]?.remedy).toMatch(/another channel.*SMS_URL/);
    expect((await preflightMessage(planner, { id }, settings)).obstacles).toEqual([]);
  });

  it('an e-mail is not kept back, unless whom it does not reach would be texted', async () => {
    const { planner, id } = await seedDraft({ channel: 'email' });
    expect((await preflightMessage(planner, { id }, withoutProvider)).obstacles).toEqual([]);
    await db.admin`update wedding.messages set fallback_channel = 'sms' where id = ${id}`;
    const { obstacles, version } = await preflightMessage(planner, { id }, withoutProvider);
    expect(obstacles).toMatchObject([{ code: 'sms-fallback-not-configured' }]);
    await expect(sendMessage(planner, { id, version }, withoutProvider)).rejects.toMatchObject({
      ...{ kind: 'precondition', code: 'communications.sms-fallback-not-configured' },
    });
    await db.admin`update wedding.messages set fallback_channel = null where id = ${id}`;
    const draft = await preflightMessage(planner, { id }, withoutProvider);
    const sent = await sendMessage(planner, { id, version: draft.version }, withoutProvider);
    expect(sent.state).toBe('queued');
  });
});
