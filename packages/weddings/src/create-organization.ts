import { newId, OrgId } from '@wedsync/contracts/ids';
import { CreateOrganization, type Organization } from '@wedsync/contracts/weddings';
import { orgMembers } from '@wedsync/db/schema/weddings';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { getOrganizationRow } from './rows.ts';
import { userOf, within } from './scope.ts';

/** Opens a planner company on the smallest tier; whoever opens it owns it. */
export async function createOrganization(
  ctx: ServiceContext,
  input: CreateOrganization,
): Promise<Organization> {
  const fields = parseInput(CreateOrganization, input);
  requirePermission(ctx, 'organizations.create', { allow: ['user'] });
  const userId = userOf(ctx);
  const id = newId(OrgId);
  return writeTx(
    within(ctx, { orgId: id, access: { orgRole: 'owner' } }),
    async ({ tx, audit }) => {
      // Written out: the query builder names every column, and the tier is not the application's.
      await tx.execute(sql`
        insert into wedding.organizations (id, name, postal_address)
        values (${id}, ${fields.name}, ${fields.postalAddress})`);
      await tx.insert(orgMembers).values({ orgId: id, userId, role: 'owner' });
      await audit({
        action: 'organizations.create',
        entity: 'organization',
        entityId: id,
        after: fields,
      });
      return getOrganizationRow(tx, id, 'read');
    },
  );
}
