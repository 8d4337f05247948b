import { type Organization, UpdateOrganization } from '@wedsync/contracts/weddings';
import { organizations } from '@wedsync/db/schema/weddings';
import { changedFields } from '@wedsync/service/changed-fields';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { eq } from 'drizzle-orm';
import { getOrganizationRow } from './rows.ts';
import { orgOf } from './scope.ts';

/** @throws DomainError `conflict` (stale), `not-found` */
export async function updateOrganization(
  ctx: ServiceContext,
  input: UpdateOrganization,
): Promise<Organization> {
  const { version, patch } = parseInput(UpdateOrganization, input);
  requirePermission(ctx, 'organizations.update');
  const orgId = orgOf(ctx);
  return writeTx(ctx, async ({ tx, audit }) => {
    const current = await getOrganizationRow(tx, orgId, 'update');
    if (current.version !== version) throw staleVersion(current, 'organization');
    const changed = changedFields<Organization>(current, patch);
    if (!changed) return current;
    await tx.update(organizations).set(patch).where(eq(organizations.id, orgId));
    await audit({
      action: 'organizations.update',
      entity: 'organization',
      entityId: orgId,
      ...changed,
    });
    return getOrganizationRow(tx, orgId, 'read');
  });
}
