import type { OrgId } from '@wedsync/contracts/ids';
import { type RetentionPolicy, UpdateRetentionPolicy } from '@wedsync/contracts/privacy';
import type { Tx } from '@wedsync/db/client';
import { retentionPolicies } from '@wedsync/db/schema/privacy';
import { requireOrg, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { keptMonthsDefault } from './model/retention.ts';

/** The company's own policy, or the default, whose version is 0. */
export async function readRetentionPolicy(tx: Tx, orgId: OrgId): Promise<RetentionPolicy> {
  const [row] = await tx.execute<{ months: number | null; version: number }>(sql`
    select contacts_kept_months as months, version from wedding.retention_policies
    where org_id = ${orgId}`);
  return row
    ? { contactsKeptMonths: row.months, version: row.version }
    : { contactsKeptMonths: keptMonthsDefault, version: 0 };
}

/** How long the company keeps guests' contacts after a wedding. */
export async function getRetentionPolicy(ctx: ServiceContext): Promise<RetentionPolicy> {
  requirePermission(ctx, 'privacy.read-policy');
  return readTx(ctx, (tx) => readRetentionPolicy(tx, requireOrg(ctx)));
}

/**
 * Sets it. Shortening it lets the next nightly run erase what is over the new limit.
 * @throws DomainError `conflict` with the policy in `details.current`
 */
export async function updateRetentionPolicy(
  ctx: ServiceContext,
  input: UpdateRetentionPolicy,
): Promise<RetentionPolicy> {
  const { contactsKeptMonths, version } = parseInput(UpdateRetentionPolicy, input);
  requirePermission(ctx, 'privacy.update-policy');
  const orgId = requireOrg(ctx);
  return writeTx(ctx, async ({ tx, audit }) => {
    const current = await readRetentionPolicy(tx, orgId);
    if (current.version !== version) throw staleVersion(current, 'retention policy');
    const [row] =
      version === 0
        ? await tx
            .insert(retentionPolicies)
            .values({ orgId, contactsKeptMonths })
            .onConflictDoNothing()
            .returning()
        : await tx
            .update(retentionPolicies)
            .set({ contactsKeptMonths })
            .where(sql`org_id = ${orgId} and version = ${version}`)
            .returning();
    if (!row) throw staleVersion(await readRetentionPolicy(tx, orgId), 'retention policy');
    await audit({
      action: 'privacy.update-retention-policy',
      entity: 'organization',
      entityId: orgId,
      before: { contactsKeptMonths: current.contactsKeptMonths },
      after: { contactsKeptMonths },
    });
    return { contactsKeptMonths: row.contactsKeptMonths, version: row.version };
  });
}
