import type { ComplianceLine } from '@wedsync/contracts/communications-integrity';
import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import { createContext } from '@wedsync/service/context';
import { systemContext, userContext } from '@wedsync/testing/contexts';
import { seededHash, seedSending } from '@wedsync/testing/factories/deliveries';
import { seedUser, seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { checkIntegrity } from './check-integrity.ts';
import { exportComplianceReport, getComplianceReport } from './compliance-report.ts';
import { listIntegrityFindings, listIntegrityRuns } from './list-findings.ts';
import { acceptFinding, requestIntegrityCheck } from './operate-checks.ts';

const db = await createTestDatabase();
const check = () =>
  checkIntegrity(
    {
      serviceDb: db.service,
      service: (claims) =>
        systemContext(db.worker, claims.weddingId ? { weddingId: claims.weddingId } : {}),
      log: createLogger({ service: 'test', level: 'silent' }),
    },
    { days: 40 },
  );
const { userId } = await seedUser(db.admin, { isOperator: true });
const operator = createContext(userContext(db.app), { actor: { kind: 'operator', userId } });
const today = new Date().toISOString().slice(0, 10);
const period = { from: today, to: today };

/** A company whose message left after the guest had opted out. */
async function seedBroken() {
  const place = await seedWedding(db.admin);
  const { weddingId } = place;
  const sending = await seedSending(db.admin, { weddingId, addresses: ['stopped'] });
  await db.admin`
    insert into wedding.suppressions (wedding_id, channel, address_hash, reason, created_at)
    values (${weddingId}, 'email', ${seededHash('stopped')}, 'unsubscribed', now() - interval '5 minutes')`;
  return { ...place, ...sending };
}

describe('operators', () => {
  it('see what was found and in which run, page by page', async () => {
    const broken = [await seedBroken(), await seedBroken(), await seedBroken()];
    await check();
    const seen: (string | null)[] = [];
    let cursor: { firstSeenAt: string; id: string } | null = null;
    do {
      const page = await listIntegrityFindings(operator, {
        limit: 1,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.map(({ messageId }) => messageId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(expect.arrayContaining(broken.map(({ messageId }) => messageId)));
    expect(seen).toHaveLength(3);
    const [run] = await listIntegrityRuns(operator);
    expect(run?.checks).toContainEqual({
      name: 'rules.sent_after_suppression',
      found: 3,
      repaired: 0,
    });
  });

  it('ask for a check, once, and accept a finding with their reason', async () => {
    await requestIntegrityCheck(operator, { days: 3 });
    await requestIntegrityCheck(operator, { days: 3 });
    const jobs = await db.admin`
      select payload from ops.outbox where job_name = 'communications.check-integrity'`;
    expect(jobs).toEqual([{ payload: { v: 1, days: 3 } }]);
    await seedBroken();
    await check();
    const { items } = await listIntegrityFindings(operator, {});
    const [finding] = items;
    if (!finding) throw new Error('nothing was found');
    const accept = () => acceptFinding(operator, { findingId: finding.id, note: 'a test of ours' });
    await accept();
    await expect(accept()).rejects.toMatchObject({ kind: 'not-found' });
    const trail = await db.admin<{ action: string }[]>`select action from ops.operator_audit`;
    expect(trail.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['integrity.check', 'integrity.accept']),
    );
  });

  it('are the only ones', async () => {
    const { ownerId, orgId } = await seedWedding(db.admin);
    const owner = userContext(db.app, { userId: ownerId, orgId });
    const impostor = createContext(owner, { actor: { kind: 'operator', userId: ownerId } });
    for (const ctx of [owner, impostor]) {
      await expect(listIntegrityFindings(ctx, {})).rejects.toThrow();
      await expect(listIntegrityRuns(ctx)).rejects.toThrow();
      await expect(requestIntegrityCheck(ctx, {})).rejects.toThrow();
      await expect(
        acceptFinding(ctx, { findingId: newUuid(), note: 'a reason' }),
      ).rejects.toThrow();
    }
  });
});

describe('the compliance report of a company', () => {
  const verdictOf = (lines: ComplianceLine[], law: string, rule: string) =>
    lines.find((line) => line.law === law && line.rule === rule)?.verdict;

  it('says what is broken, with the numbers that show it', async () => {
    const { orgId, ownerId } = await seedBroken();
    await check();
    const ctx = userContext(db.app, { userId: ownerId, orgId });
    const { lines, figures, organization, weddings } = await getComplianceReport(ctx, period);
    expect({ organization, weddings }).toEqual({ organization: 'Fairlight Weddings', weddings: 1 });
    expect(figures).toMatchObject({ sentAfterOptOut: 1, emailsLeft: 1 });
    expect(verdictOf(lines, 'CAN-SPAM', '6')).toBe('broken');
    expect(verdictOf(lines, 'CAN-SPAM', '4')).toBe('kept');
    await db.admin`update wedding.organizations set postal_address = '' where id = ${orgId}`;
    const without = await getComplianceReport(ctx, period);
    expect(verdictOf(without.lines, 'CAN-SPAM', '4')).toBe('broken');
  });

  it('counts nothing of other companies', async () => {
    await seedBroken();
    const { orgId, ownerId } = await seedWedding(db.admin);
    await check();
    const ctx = userContext(db.app, { userId: ownerId, orgId });
    const { figures, lines } = await getComplianceReport(ctx, period);
    expect(figures).toMatchObject({ sentAfterOptOut: 0, messages: 0, unsubscribed: 0 });
    expect(verdictOf(lines, 'CAN-SPAM', '6')).toBe('kept');
  });

  it('is given out as a file, in which no cell is a formula', async () => {
    const { orgId, ownerId } = await seedWedding(db.admin);
    await db.admin`update wedding.organizations set name = '=HYPERLINK("x")' where id = ${orgId}`;
    const ctx = userContext(db.app, { userId: ownerId, orgId });
    const csv = await exportComplianceReport(ctx, { ...period, format: 'csv' });
    expect(csv.fileName).toBe(`compliance-${today}-${today}.csv`);
    expect(csv.content).toContain(`Organization,"'=HYPERLINK(""x"")"`);
    const json = await exportComplianceReport(ctx, { ...period, format: 'json' });
    expect(JSON.parse(json.content).lines.length).toBeGreaterThan(10);
  });

  it('is closed to assistants and to wrong periods', async () => {
    const { orgId, ownerId } = await seedWedding(db.admin);
    const assistant = userContext(db.app, {
      userId: ownerId,
      orgId,
      access: { orgRole: 'assistant' },
    });
    await expect(getComplianceReport(assistant, period)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const owner = userContext(db.app, { userId: ownerId, orgId });
    for (const wrong of [
      { from: '2026-02-01', to: '2026-01-01' },
      { from: '2020-01-01', to: '2026-01-01' },
    ]) {
      await expect(getComplianceReport(owner, wrong)).rejects.toMatchObject({ kind: 'invalid' });
    }
  });
});
