import type { MessageId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { guestLinkContext, systemContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import { listNotices } from './queries/list-notices.ts';
import { sendShard } from './send-shard.ts';
import { ledgerOf, type Place } from './testing/rig.ts';
import { createSmsRig } from './testing/sms-rig.ts';

const db = await createTestDatabase();
const rig = await createSmsRig(db);
afterAll(() => rig.close());

const send = (place: Place, messageId: MessageId) =>
  sendShard(
    systemContext(db.worker, place),
    { weddingId: place.weddingId, messageId, channel: 'notice', shard: 0 },
    rig.deps,
  );

async function sendNotice(place: Place, body: string): Promise<MessageId> {
  const fields = { weddingId: place.weddingId, channel: 'notice', state: 'queued', body } as const;
  const messageId = await seedMessage(db.admin, fields);
  await rig.expand(place, messageId);
  await send(place, messageId);
  return messageId;
}

describe('a notice', () => {
  it('stands once on the page of each household, worded for it, and on nobody else’s', async () => {
    const place = await seedWedding(db.admin);
    const { weddingId } = place;
    const first = await seedGuest(db.admin, { weddingId, firstName: 'Rui' });
    await seedGuest(db.admin, { weddingId, firstName: 'Mia', householdId: first.householdId });
    const second = await seedGuest(db.admin, { weddingId, firstName: 'Zoë' });
    const messageId = await sendNotice(place, 'Dear {{ names }},\nthe bus leaves at 3.');
    expect(await ledgerOf(db, messageId)).toMatchObject({ audience: 3, sent: 2, skipped: 1 });
    await send(place, messageId);
    const pageOf = ({ householdId }: { householdId: string }) =>
      listNotices(guestLinkContext(db.app, { ...place, householdId }));
    expect(await pageOf(first)).toMatchObject([
      { body: 'Dear Rui and Mia,\nthe bus leaves at 3.' },
    ]);
    expect(await pageOf(second)).toMatchObject([{ body: 'Dear Zoë,\nthe bus leaves at 3.' }]);
  });

  it('holds no link to the page that it stands on', async () => {
    const place = await seedWedding(db.admin);
    const { householdId } = await seedGuest(db.admin, { weddingId: place.weddingId });
    await sendNotice(place, 'Please answer: {{ rsvp_link }}');
    const [notice] = await listNotices(guestLinkContext(db.app, { ...place, householdId }));
    expect(notice?.body).toBe('Please answer: (this page)');
  });

  it('goes with a guest who is erased', async () => {
    const place = await seedWedding(db.admin);
    const { guestId, householdId } = await seedGuest(db.admin, { weddingId: place.weddingId });
    await sendNotice(place, 'Dear {{ first_name }}');
    const left = () => listNotices(guestLinkContext(db.app, { ...place, householdId }));
    expect(await left()).toHaveLength(1);
    await db.admin`
      update wedding.guests set erased_at = now(), email_cipher = null, email_hash = null,
        phone_cipher = null, phone_hash = null
      where id = ${guestId}`;
    expect(await left()).toEqual([]);
  });
});
