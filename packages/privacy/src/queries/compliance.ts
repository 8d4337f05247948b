import type { WeddingId } from '@wedsync/contracts/ids';
import type { ComplianceReport, ComplianceSummary, ConsentCount } from '@wedsync/contracts/privacy';
import type { Tx } from '@wedsync/db/client';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireOrg, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { contactsEndOn, keptMonthsDefault, retentionRules } from '../model/retention.ts';
import { readRetentionPolicy } from '../update-retention-policy.ts';

type Counts = Omit<ComplianceSummary, 'retention'>;
type GuestCounts = Pick<ComplianceSummary, 'guests' | 'withEmail' | 'withPhone' | 'erased'>;
type SuppressionCount = { channel: string; reason: string; count: number };
type KeyRow = { since: string | null; older: number };

const readGuests = (tx: Tx, weddingId: WeddingId) =>
  tx.execute<GuestCounts>(sql`
    select count(*) filter (where erased_at is null)::int as guests,
      count(email_cipher)::int as "withEmail", count(phone_cipher)::int as "withPhone",
      count(erased_at)::int as erased
    from wedding.guests where wedding_id = ${weddingId} and removed_at is null`);

const readSuppressions = (tx: Tx, weddingId: WeddingId) =>
  tx.execute<SuppressionCount>(sql`
    select channel, reason, count(*)::int as count from wedding.suppressions
    where wedding_id = ${weddingId} group by channel, reason order by channel, reason`);

const readConsents = (tx: Tx, weddingId: WeddingId) =>
  tx.execute<Pick<ConsentCount, keyof ConsentCount>>(sql`
    select channel, purpose, count(*) filter (where status = 'granted')::int as granted,
      count(*) filter (where status = 'withdrawn')::int as withdrawn
    from wedding.consent_states where wedding_id = ${weddingId}
    group by channel, purpose order by channel, purpose`);

const readRequests = (tx: Tx, weddingId: WeddingId) =>
  tx.execute<{ exports: number; erasures: number }>(sql`
    select count(*) filter (where action = 'privacy.export-guest-data')::int as exports,
      count(*) filter (where action = 'privacy.erase-guest')::int as erasures
    from wedding.audit_log
    where wedding_id = ${weddingId} and at > now() - interval '1 year'
      and action in ('privacy.export-guest-data', 'privacy.erase-guest')`);

const readKeys = (tx: Tx, weddingId: WeddingId) =>
  tx.execute<KeyRow>(sql`
    select max(k.created_at) filter (where k.state = 'active')::text as since,
      (select count(*) from wedding.guest_keys g
        join ops.encryption_keys old on old.id = g.data_key_id
        where g.wedding_id = ${weddingId} and old.state = 'retiring')::int as older
    from ops.encryption_keys k where k.wedding_id = ${weddingId} and k.purpose = 'wrap'`);

async function readCounts(tx: Tx, weddingId: WeddingId): Promise<Counts> {
  const [[guests], suppressed, consents, [requests], [keys]] = await Promise.all([
    readGuests(tx, weddingId),
    readSuppressions(tx, weddingId),
    readConsents(tx, weddingId),
    readRequests(tx, weddingId),
    readKeys(tx, weddingId),
  ]);
  return {
    ...(guests ?? { guests: 0, withEmail: 0, withPhone: 0, erased: 0 }),
    suppressed: [...suppressed],
    consents: [...consents],
    requests: requests ?? { exports: 0, erasures: 0 },
    encryption: {
      activeKeySince: isoMoment(keys?.since ?? null),
      guestsUnderOlderKeys: keys?.older ?? 0,
    },
  };
}

type WeddingRow = { id: WeddingId; title: string; date: string | null };

/** One wedding's data protection in numbers. */
export async function getComplianceSummary(ctx: ServiceContext): Promise<ComplianceSummary> {
  requirePermission(ctx, 'privacy.read');
  const weddingId = requireWedding(ctx);
  const orgId = requireOrg(ctx);
  return readTx(ctx, async (tx) => {
    const counts = await readCounts(tx, weddingId);
    const [wedding] = await tx.execute<{ date: string | null; months: number | null }>(sql`
      select w.date::text as date, wedding.contacts_kept_months(${keptMonthsDefault}) as months
      from wedding.weddings w where w.id = ${weddingId}`);
    const policy = await readRetentionPolicy(tx, orgId);
    const contactsKeptMonths = wedding?.months ?? null;
    return {
      ...counts,
      retention: {
        policy: { ...policy, contactsKeptMonths },
        rules: [...retentionRules],
        contactsEndOn: contactsEndOn(wedding?.date ?? null, contactsKeptMonths),
      },
    };
  });
}

/** The same for every wedding of the company, newest first; at most 200. */
export async function getComplianceReport(ctx: ServiceContext): Promise<ComplianceReport> {
  requirePermission(ctx, 'privacy.read-policy');
  const orgId = requireOrg(ctx);
  const { policy, rows } = await readTx(ctx, async (tx) => ({
    policy: await readRetentionPolicy(tx, orgId),
    rows: await tx.execute<WeddingRow>(sql`
      select id, title, date::text as date from wedding.weddings
      where org_id = ${orgId} order by date desc nulls last, id limit 200`),
  }));
  const weddings: ComplianceReport['weddings'] = [];
  for (const { id, title, date } of rows) {
    // Each wedding is its own tenant: its rows show under its own claim only.
    const counts = await ctx.db.read({ ...ctx.claims, weddingId: id }, (tx) => readCounts(tx, id));
    const endOn = contactsEndOn(date, policy.contactsKeptMonths);
    weddings.push({ ...counts, weddingId: id, title, date, contactsEndOn: endOn });
  }
  return { orgId, at: ctx.clock.now().toISOString(), weddings };
}
