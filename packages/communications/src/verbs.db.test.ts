import { MessageId, newId, newUuid, TemplateId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { systemContext, userContext } from '@wedsync/testing/contexts';
import { seedMessage, seedTemplate } from '@wedsync/testing/factories/communications';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { startSmtpSink } from '@wedsync/testing/smtp-sink';
import { afterAll, describe, expect, it } from 'vitest';
import { cancelMessage, pauseMessage, resumeMessage } from './change-message-state.ts';
import { createMessage } from './create-message.ts';
import { checkAudience } from './queries/check-audience.ts';
import { listDeliveries, listGuestDeliveries } from './queries/deliveries.ts';
import { getMessage, listMessages } from './queries/messages.ts';
import { previewMessage } from './queries/preview-message.ts';
import { removeMessage } from './remove-message.ts';
import { removeTemplate } from './remove-template.ts';
import { resolveDelivery } from './resolve-delivery.ts';
import { sendMessage } from './send-message.ts';
import { sendTest } from './send-test.ts';
import { sendTestMessage } from './send-test-message.ts';
import { createRig, ledgerOf } from './testing/rig.ts';
import { worded } from './testing/wordings.ts';
import { updateMessage } from './update-message.ts';
import { updateTemplate } from './update-template.ts';

const db = await createTestDatabase();
const sink = await startSmtpSink();
const rig = createRig(db, { smtpUrl: sink.url });
afterAll(async () => {
  await rig.close();
  await sink.stop();
});
const place = await seedWedding(db.admin);
const foreign = await seedWedding(db.admin);
const planner = userContext(db.app, { ...place, userId: place.ownerId });
const stranger = userContext(db.app, foreign);
const viewer = userContext(db.app, { ...place, access: { weddingRole: 'viewer' } });
const assistant = userContext(db.app, { ...place, access: { orgRole: 'assistant' } });

const settings = { publicUrl: 'https://example.com', mailFrom: 'no-reply@mail.example.com' };

describe('a draft', () => {
  it('is written, changed in the version that was seen, and thrown away', async () => {
    const { id, version } = await createMessage(planner, { title: 'Draft', ...worded() });
    await updateMessage(planner, { id, version, title: 'Draft 2', ...worded() });
    await expect(
      updateMessage(planner, { id, version, title: 'Lost', ...worded() }),
    ).rejects.toMatchObject({ kind: 'conflict', details: { current: { title: 'Draft 2' } } });
    await removeMessage(planner, { id, version: 2 });
    await expect(getMessage(planner, { id })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is fixed once it was sent', async () => {
    const { id, version } = await createMessage(planner, { title: 'Sent', ...worded() });
    await sendMessage(planner, { id, version });
    await expect(
      updateMessage(planner, { id, version: 2, title: 'Other', ...worded() }),
    ).rejects.toMatchObject({ code: 'communications.not-a-draft' });
    await expect(removeMessage(planner, { id, version: 2 })).rejects.toMatchObject({
      code: 'communications.not-a-draft',
    });
    await cancelMessage(planner, { id, version: 2 });
  });

  it('can be previewed for a guest with links that open nothing', async () => {
    const { guestId } = await seedGuest(db.admin, {
      ...place,
      firstName: 'Inês',
      lastName: 'Sá',
      email: 'ines@example.com',
    });
    const preview = await previewMessage(
      planner,
      {
        ...worded({ body: 'Dear {{ first_name }}\n\n{{ rsvp_link }}' }),
        kind: 'invitation',
        guestId,
      },
      settings,
    );
    expect(preview).toMatchObject({ guestId, to: 'ines@example.com', subject: 'Hello Inês' });
    expect(preview.html).toContain('https://example.com/r/preview');
    expect(preview.text).toContain('Dear Inês');
    const [row] =
      await db.admin`select link_hash from wedding.households h join wedding.guests g on g.household_id = h.id where g.id = ${guestId}`;
    expect(row?.link_hash).toBeNull();
  });

  it('is sent to oneself as a test, worded for a guest', async () => {
    const { id } = await createMessage(planner, { title: 'Test me', ...worded() });
    const { guestId } = await seedGuest(db.admin, { ...place, firstName: 'Rui' });
    await sendTestMessage(planner, { id });
    const [job] = await db.admin<{ payload: { userId: string } }[]>`
      select payload from ops.outbox where job_name = 'communications.send-test'`;
    expect(job?.payload.userId).toBe(place.ownerId);
    const [owner] = await db.admin`select email from auth.users where id = ${place.ownerId}`;
    await sendTest(
      systemContext(db.worker, place),
      {
        weddingId: place.weddingId,
        messageId: id,
        userId: place.ownerId,
        guestId,
        channel: 'email',
        language: null,
      },
      rig.deps,
    );
    const email = sink.accepted.at(-1);
    expect(email?.to).toBe(owner?.email);
    expect(email?.raw).toMatch(/^Subject: \[Test\] Hello Rui\r$/m);
    expect(email?.raw).not.toMatch(/^List-Unsubscribe/m);
  });

  it('is tested in another language, and as it reads on another channel', async () => {
    const { id } = await createMessage(planner, {
      title: 'Day',
      kind: 'day_of',
      wordings: [
        { language: 'en', subject: 'Today', body: 'Today is the day' },
        { language: 'de', subject: 'Heute', body: 'Heute ist es so weit' },
        { language: 'en', channel: 'sms', body: 'See you, {{ couple_names }}' },
      ],
    });
    const target = {
      weddingId: place.weddingId,
      messageId: id,
      userId: place.ownerId,
      guestId: null,
    };
    const ctx = systemContext(db.worker, place);
    await sendTest(ctx, { ...target, channel: 'email', language: 'de-CH' }, rig.deps);
    expect(sink.accepted.at(-1)?.raw).toMatch(/^Subject: \[Test\] Heute\r$/m);
    await sendTest(ctx, { ...target, channel: 'sms', language: null }, rig.deps);
    expect(sink.accepted.at(-1)?.raw).toMatch(/^Subject: \[Test\] Day \(text message\)\r$/m);
    expect(sink.accepted.at(-1)?.raw).toContain('See you, Ana & Tom');
    await expect(
      sendTest(ctx, { ...target, channel: 'notice', language: null }, rig.deps),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('progress', () => {
  it('is counted from the ledger, listed with names and reasons, page by page', async () => {
    const wedding = await seedWedding(db.admin);
    const ctx = userContext(db.app, wedding);
    for (let index = 0; index < 5; index++) {
      const email = index === 0 ? null : `page${index}@example.com`;
      await seedGuest(db.admin, { ...wedding, firstName: `G${index}`, email });
    }
    const messageId = await seedMessage(db.admin, { ...wedding, state: 'queued' });
    await rig.expand(wedding, messageId);
    await rig.send(wedding, messageId);
    const message = await getMessage(ctx, { id: messageId });
    expect(message).toMatchObject({
      state: 'sent',
      counts: { audience: 5, sent: 4, skipped: 1, inDoubt: 0 },
      reasons: [{ reason: 'no_address', count: 1 }],
    });
    const [listed] = (await listMessages(ctx, {})).items;
    expect(listed).toMatchObject({ id: messageId, counts: { sent: 4 } });

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listDeliveries(ctx, {
        messageId,
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.map(({ guestName }) => guestName ?? ''));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.sort()).toEqual([0, 1, 2, 3, 4].map((index) => `G${index} Almeida`));
    const skipped = await listDeliveries(ctx, { messageId, states: ['skipped'] });
    expect(skipped.items).toMatchObject([{ guestName: 'G0 Almeida', reason: 'no_address' }]);
    const guestId = skipped.items[0]?.guestId;
    if (!guestId) throw new Error('no guest');
    expect(await listGuestDeliveries(ctx, { guestId })).toMatchObject([
      { messageTitle: 'Invitation' },
    ]);
  });

  it('lets a person decide about what is in doubt', async () => {
    const wedding = await seedWedding(db.admin);
    const ctx = userContext(db.app, wedding);
    for (const email of ['a@example.com', 'b@example.com'])
      await seedGuest(db.admin, { ...wedding, email });
    const messageId = await seedMessage(db.admin, { ...wedding, state: 'queued' });
    await rig.expand(wedding, messageId);
    sink.rules.data = () => 'drop';
    await rig.send(wedding, messageId);
    sink.rules = {};
    const { items } = await listDeliveries(ctx, { messageId, states: ['in_doubt'] });
    const [first, second] = items;
    if (!first || !second) throw new Error('nothing is in doubt');
    await resolveDelivery(ctx, { messageId, id: first.id, resolution: 'arrived' });
    await resolveDelivery(ctx, { messageId, id: second.id, resolution: 'send_again' });
    await expect(
      resolveDelivery(ctx, { messageId, id: first.id, resolution: 'send_again' }),
    ).rejects.toMatchObject({ code: 'communications.not-in-doubt' });
    await rig.send(wedding, messageId);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 2, in_doubt: 0 });
    expect(await getMessage(ctx, { id: messageId })).toMatchObject({ state: 'sent' });
  });
});

describe('what the database refuses', () => {
  it('calling a message sent while somebody is open', async () => {
    const wedding = await seedWedding(db.admin);
    await seedGuest(db.admin, { ...wedding, email: 'open@example.com' });
    const messageId = await seedMessage(db.admin, { ...wedding, state: 'queued' });
    await rig.expand(wedding, messageId);
    await expect(
      db.admin`update wedding.messages set state = 'sent', finished_at = now() where id = ${messageId}`,
    ).rejects.toMatchObject({ constraint_name: 'messages_sent_is_complete' });
    await rig.send(wedding, messageId);
    await expect(
      db.admin`update wedding.deliveries set state = 'ready', sent_at = null where message_id = ${messageId}`,
    ).rejects.toMatchObject({ constraint_name: 'deliveries_only_climb' });
  });
});

describe('who may', () => {
  it('not send as an assistant, nor read as a viewer', async () => {
    const messageId = await seedMessage(db.admin, place);
    await expect(sendMessage(assistant, { id: messageId, version: 1 })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(listMessages(viewer, {})).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(createMessage(viewer, { title: 'x', ...worded() })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it('see and touch nothing of another wedding', async () => {
    const messageId = await seedMessage(db.admin, place);
    const templateId = await seedTemplate(db.admin, { ...place, name: 'Private' });
    const { guestId } = await seedGuest(db.admin, { ...place, email: 'private@example.com' });
    const at = { id: messageId, version: 1 };
    const attempts = [
      getMessage(stranger, at),
      updateMessage(stranger, { ...at, title: 'x', ...worded() }),
      removeMessage(stranger, at),
      sendMessage(stranger, at),
      pauseMessage(stranger, at),
      resumeMessage(stranger, at),
      cancelMessage(stranger, at),
      sendTestMessage(stranger, at),
      listDeliveries(stranger, { messageId }),
      resolveDelivery(stranger, { messageId, id: newUuid() as never, resolution: 'arrived' }),
      updateTemplate(stranger, { id: templateId, version: 1, name: 'x', ...worded() }),
      removeTemplate(stranger, { id: templateId, version: 1 }),
      previewMessage(stranger, { ...worded(), guestId }, settings),
      createMessage(stranger, { title: 'x', templateId, ...worded() }),
    ];
    const refused = await Promise.allSettled(attempts);
    expect(refused.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect((await listMessages(stranger, {})).items).toEqual([]);
    expect(await listGuestDeliveries(stranger, { guestId })).toEqual([]);
    expect(await checkAudience(stranger, {})).toMatchObject({ guests: 0 });
  });

  it('ask for what does not exist and be told so', async () => {
    await expect(getMessage(planner, { id: newId(MessageId) })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(
      removeTemplate(planner, { id: newId(TemplateId), version: 1 }),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });
});
