import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createGuest, getGuest, getHousehold, updateHousehold } from '@wedsync/guests';
import type { JobContext } from '@wedsync/queue/handler';
import { type ServiceContext, systemClock } from '@wedsync/service/context';
import { systemContext, userContext } from '@wedsync/testing/contexts';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import {
  eraseGuest,
  exportGuestData,
  getComplianceReport,
  getComplianceSummary,
  getRetentionPolicy,
  recordConsent,
  updateRetentionPolicy,
} from './index.ts';
import { privacyJobs } from './jobs.ts';

const db = await createTestDatabase();
const [, removeExpired] = privacyJobs;

const job = (): JobContext<ServiceContext> => ({
  id: newUuid(),
  attempt: 1,
  lastAttempt: false,
  service: () => systemContext(db.worker),
  db: db.worker,
  serviceDb: db.service,
  log: systemContext(db.worker).log,
  clock: systemClock,
  signal: new AbortController().signal,
  complete: async () => undefined,
});
const runRetention = () => removeExpired.run(job(), { v: 1 });

async function open(date: string) {
  const place = await seedWedding(db.admin, { date });
  const ctx = userContext(db.app, { ...place, userId: place.ownerId });
  const guest = await createGuest(ctx, { firstName: 'Ana', email: 'ana@example.com' });
  const { householdId } = guest;
  await updateHousehold(ctx, { householdId, version: 1, patch: { street: 'Rua da Prata 12' } });
  return { ...place, ctx, guest };
}
/** `YYYY-MM-DD`, that many months ago. */
const ago = (months: number) => {
  const day = new Date();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 10);
};

describe('contacts of weddings long past', () => {
  it('go after 24 months where the company said nothing, and the people stay as names', async () => {
    const old = await open(ago(26));
    const recent = await open(ago(20));
    await runRetention();
    const { guestId, householdId } = { guestId: old.guest.id, householdId: old.guest.householdId };
    expect(await getGuest(old.ctx, { guestId })).toMatchObject({ firstName: 'Ana', email: null });
    expect(await getHousehold(old.ctx, { householdId })).toMatchObject({ street: '' });
    const [left] = await db.admin`
      select (select count(*)::int from wedding.guest_keys where wedding_id = ${old.weddingId}) as keys,
        (select count(*)::int from wedding.audit_log where wedding_id = ${old.weddingId}
          and after is not null and entity in ('guest', 'household')) as values`;
    expect(left).toEqual({ keys: 0, values: 0 });
    expect((await getGuest(recent.ctx, { guestId: recent.guest.id })).email).toBe(
      'ana@example.com',
    );
  });

  it('go when the company wants it, or never', async () => {
    const short = await open(ago(5));
    const forever = await open(ago(60));
    expect(await getRetentionPolicy(short.ctx)).toEqual({ contactsKeptMonths: 24, version: 0 });
    const set = (place: typeof short, contactsKeptMonths: number | null) =>
      updateRetentionPolicy(place.ctx, { contactsKeptMonths, version: 0 });
    expect(await set(short, 3)).toEqual({ contactsKeptMonths: 3, version: 1 });
    await set(forever, null);
    await runRetention();
    expect((await getGuest(short.ctx, { guestId: short.guest.id })).email).toBeNull();
    expect((await getGuest(forever.ctx, { guestId: forever.guest.id })).email).not.toBeNull();
  });
});

describe('the policy', () => {
  it('is set by owners, once per version, and stands in the company’s audit', async () => {
    const { ctx, orgId, weddingId } = await open(ago(1));
    const set = (contactsKeptMonths: number, version: number, by = ctx) =>
      updateRetentionPolicy(by, { contactsKeptMonths, version });
    const results = await Promise.allSettled([set(6, 0), set(7, 0), set(8, 0)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: 'conflict' });
    }
    expect(await set(12, 1)).toEqual({ contactsKeptMonths: 12, version: 2 });
    await expect(set(0, 2)).rejects.toMatchObject({ kind: 'invalid' });
    const planner = userContext(db.app, { orgId, weddingId, access: { orgRole: 'planner' } });
    await expect(set(1, 2, planner)).rejects.toMatchObject({ kind: 'forbidden' });
    const audit = await db.admin`
      select after from wedding.audit_log
      where org_id = ${orgId} and action = 'privacy.update-retention-policy' order by id`;
    expect(audit.at(-1)).toEqual({ after: { contactsKeptMonths: 12 } });
  });
});

describe('old values', () => {
  it('leave the history of guests after two years; that something was done stays', async () => {
    const { weddingId, guest } = await open(ago(1));
    await db.admin`
      update wedding.audit_log set at = now() - interval '731 days'
      where wedding_id = ${weddingId} and entity = 'guest'`;
    await runRetention();
    const audit = await db.admin`
      select action, after from wedding.audit_log where entity_id = ${guest.id}`;
    expect(audit).toEqual([{ action: 'guests.create', after: null }]);
  });
});

describe('compliance in numbers', () => {
  it('counts guests, consents, suppressions, requests and keys', async () => {
    const { ctx, guest, weddingId } = await open('2027-06-12');
    const gone = await createGuest(ctx, { firstName: 'Rui', email: 'rui@example.com' });
    await recordConsent(ctx, {
      guestId: guest.id,
      channel: 'sms',
      status: 'granted',
      how: 'paper',
    });
    await exportGuestData(ctx, { guestId: guest.id });
    await eraseGuest(ctx, { guestId: gone.id });
    const summary = await getComplianceSummary(ctx);
    expect(summary).toMatchObject({
      guests: 1,
      withEmail: 1,
      withPhone: 0,
      erased: 1,
      suppressed: [{ channel: 'email', reason: 'erased', count: 1 }],
      consents: [{ channel: 'sms', purpose: 'relationship', granted: 1, withdrawn: 0 }],
      requests: { exports: 1, erasures: 1 },
      retention: { policy: { contactsKeptMonths: 24 }, contactsEndOn: '2029-06-13' },
      encryption: { guestsUnderOlderKeys: 0 },
    });
    expect(summary.encryption.activeKeySince).not.toBeNull();
    const report = await getComplianceReport(ctx);
    expect(report.weddings).toMatchObject([{ weddingId, guests: 1, erased: 1 }]);
    const partner = userContext(db.app, { ...ctx, access: { weddingRole: 'partner' } });
    expect((await getComplianceSummary(partner)).retention.contactsEndOn).toBe('2029-06-13');
    await expect(getComplianceReport(partner)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
