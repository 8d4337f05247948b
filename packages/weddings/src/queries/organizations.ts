import { OrgId } from '@wedsync/contracts/ids';
import type { OrgRole } from '@wedsync/contracts/roles';
import type { Organization, OrganizationSummary, Tier } from '@wedsync/contracts/weddings';
import type { ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { getOrganizationRow } from '../rows.ts';
import { orgOf } from '../scope.ts';

type Row = { org_id: string; name: string; tier: Tier; role: OrgRole; weddings: string };

/** The companies in which the user works, by name. */
export async function listOrganizations(ctx: ServiceContext): Promise<OrganizationSummary[]> {
  const rows = await readTx(ctx, (tx) =>
    tx.execute<Row>(sql`select * from wedding.list_my_organizations()`),
  );
  return rows.map(({ org_id, name, tier, role, weddings }) => ({
    orgId: OrgId.parse(org_id),
    name,
    tier,
    role,
    weddings: Number(weddings),
  }));
}

/** @throws DomainError `not-found` */
export async function getOrganization(ctx: ServiceContext): Promise<Organization> {
  requirePermission(ctx, 'organizations.read');
  return readTx(ctx, (tx) => getOrganizationRow(tx, orgOf(ctx), 'read'));
}
