import type { SuppressionReason } from '@wedsync/contracts/communications-feedback';
import type { GuestId, OrgId, WeddingId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createContext } from '@wedsync/service/context';
import { createTestWake, systemContext, userContext } from '@wedsync/testing/contexts';
import { seedSending } from '@wedsync/testing/factories/deliveries';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedUser, seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { addSuppression } from './add-suppression.ts';
import { liftSuppression } from './lift-suppression.ts';
import { getBounceOverview } from './queries/bounce-overview.ts';
import { listDeliveryEvents } from './queries/delivery-events.ts';
import { getFeedbackSummary, listSuppressions } from './queries/suppressions.ts';
import { recordDeliveryEvents } from './record-delivery-events.ts';
import { suppressAddress } from './suppress-address.ts';

const db = await createTestDatabase();

interface Place {
  orgId: OrgId;
  weddingId: WeddingId;
}
const planner = (place: Place) => userContext(db.app, { ...place, access: { orgRole: 'planner' } });
const viewer = (place: Place) =>
  userContext(db.app, { ...place, access: { weddingRole: 'viewer' } });

async function seedStopped(reason: SuppressionReason) {
  const place = await seedWedding(db.admin);
  const email = `guest@${reason.replace('_', '-')}.example`;
  const { guestId } = await seedGuest(db.admin, { ...place, firstName: 'Ana', email });
  const [row] = await db.admin<{ email_hash: Uint8Array }[]>`
    select email_hash from wedding.guests where id = ${guestId}`;
  if (!row) throw new Error('no such guest');
  const { weddingId } = place;
  await db.app.write(systemContext(db.app, place).claims, (tx) =>
    suppressAddress(tx, { weddingId, channel: 'email', addressHash: row.email_hash, reason }),
  );
  const { items } = await listSuppressions(planner(place), {});
  const [stopped] = items;
  if (!stopped) throw new Error('nothing is stopped');
  return { place, guestId, suppressionId: stopped.id, stopped };
}
const auditOf = (weddingId: string) => db.admin<{ action: string; after: unknown }[]>`
  select action, after from wedding.audit_log where wedding_id = ${weddingId} order by at`;
const code = (expected: string) => ({ code: expected });

describe('the list of addresses that are not written to', () => {
  it('says why, and which guests have the address now, without the address', async () => {
    const { stopped, guestId } = await seedStopped('bounced');
    expect(stopped).toMatchObject({
      channel: 'email',
      reason: 'bounced',
      guests: [{ guestId, name: 'Ana Almeida' }],
    });
    expect(JSON.stringify(stopped)).not.toContain('bounced.example');
  });

  it('comes in pages, filtered, newest first', async () => {
    const place = await seedWedding(db.admin);
    await db.admin`
      insert into wedding.suppressions (wedding_id, channel, address_hash, reason, created_at)
      select ${place.weddingId}, case n % 2 when 0 then 'sms' else 'email' end,
        sha256(n::text::bytea), 'unsubscribed', now() - (n / 3) * interval '1 hour'
      from generate_series(1, 25) n`;
    const ctx = planner(place);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listSuppressions(ctx, { limit: 4, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(25);
    expect((await listSuppressions(ctx, { channels: ['sms'] })).items).toHaveLength(12);
    expect((await listSuppressions(ctx, { reasons: ['bounced'] })).items).toHaveLength(0);
  });

  it('is closed to viewers, and shows nothing of other weddings', async () => {
    const { place } = await seedStopped('bounced');
    await expect(listSuppressions(viewer(place), {})).rejects.toMatchObject(
      code('service.forbidden'),
    );
    const other = await seedWedding(db.admin);
    expect((await listSuppressions(planner(other), {})).items).toEqual([]);
  });
});

describe('a planner', () => {
  it('stops the address of a guest, once, with a note', async () => {
    const place = await seedWedding(db.admin);
    const { guestId } = await seedGuest(db.admin, { ...place, email: 'ana@stop.example' });
    const input = { guestId, channel: 'email', note: 'asked on the phone' } as const;
    await addSuppression(planner(place), input);
    await addSuppression(planner(place), input);
    const { items } = await listSuppressions(planner(place), {});
    expect(items).toMatchObject([{ reason: 'manual', note: 'asked on the phone' }]);
    expect(await auditOf(place.weddingId)).toHaveLength(1);
  });

  it('cannot stop what is not there, nor a guest of somebody else', async () => {
    const place = await seedWedding(db.admin);
    const { guestId } = await seedGuest(db.admin, { ...place });
    const stop = (who: Place, id: GuestId) =>
      addSuppression(planner(who), { guestId: id, channel: 'email', note: 'a reason' });
    await expect(stop(place, guestId)).rejects.toMatchObject(code('communications.no-address'));
    const other = await seedWedding(db.admin);
    await expect(stop(other, guestId)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(
      addSuppression(viewer(place), { guestId, channel: 'email', note: 'a reason' }),
    ).rejects.toMatchObject(code('service.forbidden'));
  });

  it('lifts a bounce with a reason, which is kept', async () => {
    const { place, suppressionId } = await seedStopped('bounced');
    await liftSuppression(planner(place), { suppressionId, reason: 'mailbox works again' });
    expect((await listSuppressions(planner(place), {})).items).toEqual([]);
    expect(await auditOf(place.weddingId)).toMatchObject([
      {
        action: 'communications.lift-suppression',
        after: { reason: 'mailbox works again', guestAsked: false },
      },
    ]);
    await expect(
      liftSuppression(planner(place), { suppressionId, reason: 'and again' }),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it.each(['unsubscribed', 'complained'] as const)(
    'lifts what is %s only on the guest’s own word, which becomes a consent',
    async (reason) => {
      const { place, suppressionId, guestId } = await seedStopped(reason);
      const lift = (guestAsked: boolean) =>
        liftSuppression(planner(place), { suppressionId, reason: 'told me at lunch', guestAsked });
      await expect(lift(false)).rejects.toMatchObject(code('communications.guests-own-wish'));
      await lift(true);
      const consents = await db.admin`
        select status, how, proof from wedding.consents where guest_id = ${guestId}`;
      expect(consents).toEqual([{ status: 'granted', how: 'verbal', proof: 'told me at lunch' }]);
    },
  );

  it('never lifts what a forgotten guest left', async () => {
    const { place, suppressionId } = await seedStopped('erased');
    await expect(
      liftSuppression(planner(place), { suppressionId, reason: 'please', guestAsked: true }),
    ).rejects.toMatchObject(code('communications.erased-address'));
  });

  it('cannot lift in another wedding, nor as a viewer, nor without a reason', async () => {
    const { place, suppressionId } = await seedStopped('bounced');
    const other = await seedWedding(db.admin);
    const input = { suppressionId, reason: 'a reason' };
    await expect(liftSuppression(planner(other), input)).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(liftSuppression(viewer(place), input)).rejects.toMatchObject(
      code('service.forbidden'),
    );
    await expect(
      liftSuppression(planner(place), { suppressionId, reason: ' ' }),
    ).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('what came back', () => {
  const record = (sending: Awaited<ReturnType<typeof seedSending>>, soft: boolean) =>
    recordDeliveryEvents({ serviceDb: db.service, wake: createTestWake() }, [
      {
        messageId: sending.messageId,
        deliveryPrefix: sending.prefixes[0] ?? '',
        kind: 'bounced',
        source: 'mail',
        bounceClass: soft ? 'soft' : 'hard',
        code: soft ? '5.2.2' : '5.1.1',
        provider: 'google',
        at: new Date().toISOString(),
      },
    ]);

  it('is listed per delivery and summed per wedding', async () => {
    const place = await seedWedding(db.admin);
    const { guestId } = await seedGuest(db.admin, { ...place });
    const where = { weddingId: place.weddingId, guestId, addresses: ['a'] };
    for (const daysAgo of [9, 6, 3]) {
      await record(await seedSending(db.admin, { ...where, daysAgo }), true);
    }
    const gone = await seedSending(db.admin, { weddingId: place.weddingId });
    await record(gone, false);
    const [deliveryId] = gone.deliveryIds;
    if (!deliveryId) throw new Error('nothing was sent');
    expect(
      await listDeliveryEvents(planner(place), { messageId: gone.messageId, deliveryId }),
    ).toMatchObject([{ kind: 'bounced', bounceClass: 'hard', code: '5.1.1', source: 'mail' }]);
    expect(await getFeedbackSummary(planner(place))).toEqual({
      delivered: 0,
      bounced: 4,
      complained: 0,
      unsubscribed: 0,
      suppressed: [{ channel: 'email', reason: 'bounced', count: 1 }],
      softBounces: [{ inRow: 3, addresses: 1 }],
    });
  });

  it('is shown over all weddings to operators and to nobody else', async () => {
    const place = await seedWedding(db.admin);
    await record(await seedSending(db.admin, { weddingId: place.weddingId }), false);
    const operator = await seedUser(db.admin, { isOperator: true });
    const ctx = createContext(userContext(db.app), {
      actor: { kind: 'operator', userId: operator.userId },
    });
    const overview = await getBounceOverview(ctx, {});
    expect(overview.totals.bouncedHard).toBeGreaterThan(0);
    expect(overview.byCode).toContainEqual({
      provider: 'google',
      bounceClass: 'hard',
      code: '5.1.1',
      meaning: 'There is no such mailbox',
      count: overview.totals.bouncedHard,
    });
    expect(overview.byDay).toHaveLength(1);
    await expect(getBounceOverview(planner(place), {})).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const impostor = createContext(userContext(db.app), {
      actor: { kind: 'operator', userId: place.ownerId },
    });
    await expect(getBounceOverview(impostor, {})).rejects.toThrow();
  });
});
