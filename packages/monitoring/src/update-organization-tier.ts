import { UpdateOrganizationTier } from '@wedsync/contracts/monitoring';
import type { Tier } from '@wedsync/contracts/weddings';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from './ports.ts';
import { recordOperatorAction } from './record-operator-action.ts';

/**
 * Moves a company to another subscription tier. A smaller one removes nothing: the company keeps
 * what it has and cannot add more. The company finds the change in its own audit log as well.
 * @throws DomainError not-found; conflict where the company was changed since `version`
 */
export async function updateOrganizationTier(
  ctx: MonitoringContext,
  input: UpdateOrganizationTier,
): Promise<{ tier: Tier; version: number }> {
  requireOperator(ctx);
  const { orgId, tier, version } = parseInput(UpdateOrganizationTier, input);
  return writeTx(ctx, async ({ tx }) => {
    const [row] = await tx.execute<{ is_current: boolean; tier_before: Tier; version: number }>(sql`
      select * from ops.update_organization_tier(${orgId}::uuid, ${tier}, ${version}::int)`);
    if (!row) throw notFound('company');
    if (!row.is_current) {
      throw staleVersion({ orgId, tier: row.tier_before, version: row.version }, 'company');
    }
    await recordOperatorAction(ctx, tx, {
      action: 'organizations.update-tier',
      entity: 'organization',
      entityId: orgId,
      orgId,
      before: { tier: row.tier_before },
      after: { tier },
    });
    return { tier, version: row.version };
  });
}
