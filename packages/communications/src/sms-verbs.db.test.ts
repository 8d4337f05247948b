import { InboundTextId, newId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest, seedHousehold } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import { estimateSms, getSmsStatus, listInboundTexts, markInboundText } from './index.ts';
import type { Place } from './testing/rig.ts';
import { clockAt, createSmsRig, grantSms, noon, ourNumber } from './testing/sms-rig.ts';

const db = await createTestDatabase();
const rig = await createSmsRig(db);
afterAll(() => rig.close());
const settings = { ...rig.deps, smsFrom: ourNumber };

/** A wedding in which one guest was texted, so that what she writes finds its way. */
async function seedConversation(phone: string) {
  const place = await seedWedding(db.admin);
  const { guestId } = await seedGuest(db.admin, { weddingId: place.weddingId, phone });
  await grantSms(db.admin, place.weddingId);
  const messageId = await seedMessage(db.admin, {
    ...{ weddingId: place.weddingId, channel: 'sms', state: 'queued', body: 'Hello' },
  });
  await rig.expand(place, messageId);
  await rig.send(place, messageId);
  return { place, guestId, ctx: userContext(db.app, { ...place, userId: place.ownerId }) };
}

describe('texts of guests', () => {
  it('are listed with who wrote, newest first, and go once somebody has seen to them', async () => {
    const phone = '+351914000001';
    const { place, guestId, ctx } = await seedConversation(phone);
    const { householdId } = await seedGuest(db.admin, { weddingId: place.weddingId });
    await seedGuest(db.admin, { ...place, householdId, phone, firstName: 'Rui', lastName: '' });
    await rig.write('Where do we park?', phone);
    await rig.write('HELP', phone);
    await rig.write('And the children?', phone);
    const open = await listInboundTexts(ctx, {});
    expect(open.items.map(({ body }) => body)).toEqual(['And the children?', 'Where do we park?']);
    expect(open.items[0]).toMatchObject({ from: phone, meaning: 'other', handledAt: null });
    expect(open.items[0]?.guests).toContainEqual({ id: guestId, name: 'Ana Almeida' });
    expect(open.items[0]?.guests).toHaveLength(2);
    expect((await listInboundTexts(ctx, { show: 'all' })).items).toHaveLength(3);

    const [latest] = open.items;
    const handled = await markInboundText(ctx, {
      id: latest?.id ?? newId(InboundTextId),
      isHandled: true,
    });
    expect(handled.handledAt).not.toBeNull();
    expect((await listInboundTexts(ctx, {})).items).toHaveLength(1);
    await markInboundText(ctx, { id: handled.id, isHandled: false });
    const page = await listInboundTexts(ctx, { limit: 1 });
    expect(page.items[0]?.id).toBe(handled.id);
    const next = await listInboundTexts(ctx, { limit: 1, cursor: page.nextCursor ?? '' });
    expect(next.items.map(({ body }) => body)).toEqual(['Where do we park?']);
    expect(next.nextCursor).toBeNull();
    const audited = await db.admin`
      select from wedding.audit_log
      where entity_id = ${handled.id} and action = 'communications.mark-inbound-text'`;
    expect(audited).toHaveLength(2);
  });

  it('lose their words with the key of their guest', async () => {
    const phone = '+351914000002';
    const { guestId, ctx } = await seedConversation(phone);
    await rig.write('A secret', phone);
    await db.admin`delete from wedding.guest_keys where guest_id = ${guestId}`;
    const { items } = await listInboundTexts(ctx, {});
    expect(items).toMatchObject([{ body: '', from: '' }]);
  });

  it('are not shown to viewers, nor to other companies', async () => {
    const { place, ctx } = await seedConversation('+351914000003');
    await rig.write('For planners', '+351914000003');
    const viewer = userContext(db.app, { ...place, access: { weddingRole: 'viewer' } });
    await expect(listInboundTexts(viewer, {})).rejects.toMatchObject({ kind: 'forbidden' });
    const [text] = (await listInboundTexts(ctx, {})).items;
    const other = await seedWedding(db.admin);
    const stranger = userContext(db.app, { ...other, userId: other.ownerId });
    expect((await listInboundTexts(stranger, { show: 'all' })).items).toEqual([]);
    const id = text?.id ?? newId(InboundTextId);
    const marked = markInboundText(stranger, { id, isHandled: true });
    await expect(marked).rejects.toMatchObject({ kind: 'not-found' });
    const byViewer = markInboundText(viewer, { id, isHandled: true });
    await expect(byViewer).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('an estimate', () => {
  const at = (place: Place & { ownerId: string }, now = noon) =>
    userContext(db.app, { ...place, userId: place.ownerId, clock: clockAt(now) });

  it('words, counts and prices every text as it would leave', async () => {
    const place = await seedWedding(db.admin);
    const { weddingId } = place;
    await db.admin`
      insert into ops.sms_prices (country, micros_per_segment, currency)
      values ('PT', 41500, 'EUR'), ('US', 7900, 'USD')`;
    const householdId = await seedHousehold(db.admin, { weddingId });
    await seedGuest(db.admin, { weddingId, householdId, phone: '+351915000001' });
    await seedGuest(db.admin, { weddingId, householdId, phone: '+351915000001' });
    await seedGuest(db.admin, { weddingId, phone: '+12025550123' });
    await seedGuest(db.admin, { weddingId, phone: '+33612345678' });
    await grantSms(db.admin, weddingId);
    await seedGuest(db.admin, { weddingId, phone: '+351915000009' });
    const body = `{{ names }} – ${'x'.repeat(60)}`;
    const estimate = await estimateSms(at(place), { body }, settings);
    expect(estimate).toMatchObject({
      recipients: 3,
      encoding: 'ucs2',
      segmentsAfterReplacement: 1,
    });
    expect(estimate.example).toMatch(/^Ana and Ana – x+\nReply STOP/);
    expect(estimate.replacements).toEqual([{ from: '–', to: '-', count: 1 }]);
    expect(estimate.countries).toContainEqual({
      ...{ country: 'PT', recipients: 1, segments: 2, cost: { micros: 83_000, currency: 'EUR' } },
    });
    expect(estimate.countries).toContainEqual({
      ...{ country: 'FR', recipients: 1, segments: 2, cost: null },
    });
    expect(estimate.totals).toEqual([
      { currency: 'EUR', micros: 83_000 },
      { currency: 'USD', micros: 15_800 },
    ]);
    // Noon in Lisbon is the small hours in Honolulu.
    expect(estimate.waiting).toBe(1);
    const night = await estimateSms(
      at(place, new Date('2026-06-10T01:00:00Z')),
      { body },
      settings,
    );
    expect(night.waiting).toBe(3);
  });

  it('of nobody is nothing, and of wording with a mistake is refused', async () => {
    const place = await seedWedding(db.admin);
    expect(await estimateSms(at(place), { body: 'Hello' }, settings)).toMatchObject({
      recipients: 0,
      totals: [],
    });
    const wrong = estimateSms(at(place), { body: 'Hello {{ nmaes }}' }, settings);
    await expect(wrong).rejects.toMatchObject({ kind: 'invalid', code: 'communications.wording' });
  });
});

describe('whether guests can be texted', () => {
  it('is said with the number: the company’s own, or the installation’s', async () => {
    const place = await seedWedding(db.admin);
    const partner = userContext(db.app, { ...place, access: { weddingRole: 'partner' } });
    expect(await getSmsStatus(partner, settings)).toEqual({
      ...{ isAvailable: true, from: ourNumber, isSimulated: false },
    });
    await db.admin`
      insert into wedding.sms_numbers (org_id, number) values (${place.orgId}, '+12025550199')`;
    expect((await getSmsStatus(partner, settings)).from).toBe('+12025550199');
    expect(await getSmsStatus(partner, { ...settings, smsFrom: undefined })).toMatchObject({
      ...{ isAvailable: false, from: null },
    });
  });
});
