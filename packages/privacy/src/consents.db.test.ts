import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { guestLinkContext, userContext } from '@wedsync/testing/contexts';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { listConsents, listConsentTexts, recordConsent } from './index.ts';

const db = await createTestDatabase();

async function open() {
  const place = await seedWedding(db.admin);
  const { guestId, householdId } = await seedGuest(db.admin, place);
  const ctx = userContext(db.app, { ...place, userId: place.ownerId });
  return { ...place, ctx, guestId, householdId };
}
const said = { channel: 'sms', how: 'paper' } as const;

describe('a consent', () => {
  it('is kept with its wording, its proof and who wrote it down, and holds from then on', async () => {
    const { ctx, guestId, ownerId } = await open();
    const state = await recordConsent(ctx, {
      ...said,
      guestId,
      status: 'granted',
      textVersion: 'sms-2026-11',
      proof: 'signed form, folder 3',
    });
    expect(state).toMatchObject({ channel: 'sms', purpose: 'relationship', status: 'granted' });
    const { states, records } = await listConsents(ctx, { guestId });
    expect(states).toEqual([state]);
    const shown = listConsentTexts(ctx).find(
      ({ version, language }) => version === 'sms-2026-11' && language === 'en',
    );
    expect(records).toMatchObject([
      {
        status: 'granted',
        how: 'paper',
        textVersion: 'sms-2026-11',
        textHash: shown?.hash,
        proof: 'signed form, folder 3',
        recordedByKind: 'user',
        recordedBy: ownerId,
      },
    ]);
    const audit = await db.admin`
      select action, after from wedding.audit_log where entity_id = ${guestId}`;
    expect(audit).toEqual([
      {
        action: 'privacy.record-consent',
        after: { channel: 'sms', purpose: 'relationship', status: 'granted', how: 'paper' },
      },
    ]);
  });

  it('is what was said last, in whatever order it is written down', async () => {
    const { ctx, guestId } = await open();
    const at = (day: number) => `2026-10-${String(day).padStart(2, '0')}T12:00:00Z`;
    await recordConsent(ctx, { ...said, guestId, status: 'withdrawn', at: at(20) });
    const later = await recordConsent(ctx, { ...said, guestId, status: 'granted', at: at(10) });
    expect(later).toMatchObject({ status: 'withdrawn' });
    const again = await recordConsent(ctx, { ...said, guestId, status: 'granted', at: at(21) });
    expect(again).toMatchObject({ status: 'granted' });
    expect((await listConsents(ctx, { guestId })).records).toHaveLength(3);
  });

  it('settles on one state when many are written down at once', async () => {
    const { ctx, guestId } = await open();
    const days = [5, 3, 9, 1, 7, 8, 2, 6];
    await Promise.all(
      days.map((day) =>
        recordConsent(ctx, {
          ...said,
          guestId,
          status: day === 9 ? 'withdrawn' : 'granted',
          at: `2026-10-0${day}T12:00:00Z`,
        }),
      ),
    );
    const { states, records } = await listConsents(ctx, { guestId });
    expect(records).toHaveLength(days.length);
    expect(states).toMatchObject([{ status: 'withdrawn' }]);
  });

  it('is not rewritten, not by the server and not past the ledger', async () => {
    const { ctx, guestId, weddingId } = await open();
    await recordConsent(ctx, { ...said, guestId, status: 'granted' });
    for (const statement of [
      `update wedding.consents set status = 'withdrawn' where wedding_id = '${weddingId}'`,
      `delete from wedding.consents where wedding_id = '${weddingId}'`,
      `update wedding.consent_states set status = 'withdrawn' where wedding_id = '${weddingId}'`,
    ]) {
      const attempt = db.app.write(ctx.claims, (tx) => tx.execute(statement));
      await expect(attempt).rejects.toMatchObject({ cause: { code: '42501' } });
    }
  });

  it('is refused from the future, for unknown wordings, guests and roles', async () => {
    const { ctx, guestId, weddingId, orgId } = await open();
    const other = await open();
    const entry = { ...said, guestId, status: 'granted' } as const;
    const viewer = userContext(db.app, { weddingId, orgId, access: { weddingRole: 'viewer' } });
    await expect(recordConsent(viewer, entry)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(recordConsent(other.ctx, entry)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(
      recordConsent(ctx, { ...entry, guestId: newUuid() as never }),
    ).rejects.toMatchObject({ kind: 'not-found' });
    await expect(recordConsent(ctx, { ...entry, textVersion: 'x' })).rejects.toMatchObject({
      code: 'privacy.unknown-text',
    });
    const at = new Date(Date.now() + 3_600_000).toISOString();
    await expect(recordConsent(ctx, { ...entry, at })).rejects.toMatchObject({
      code: 'privacy.future',
    });
  });

  it('is shown to the link of its own household only', async () => {
    const { ctx, guestId, weddingId, householdId, orgId } = await open();
    const stranger = await seedGuest(db.admin, { weddingId });
    await recordConsent(ctx, { ...said, guestId, status: 'granted' });
    const seenBy = (household: string) => {
      const link = guestLinkContext(db.app, { weddingId, orgId, householdId: household });
      return db.app.read(link.claims, (tx) => tx.execute('select from wedding.consent_states'));
    };
    expect(await seenBy(householdId)).toHaveLength(1);
    expect(await seenBy(stranger.householdId)).toHaveLength(0);
  });
});
