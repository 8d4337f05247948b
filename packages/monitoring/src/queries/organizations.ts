import type { OrgId, UserId } from '@wedsync/contracts/ids';
import {
  ListOrganizationMembers,
  ListOrganizations,
  type OrganizationMember,
  type OrganizationSummary,
} from '@wedsync/contracts/monitoring';
import type { Page } from '@wedsync/contracts/paging';
import type { OrgRole } from '@wedsync/contracts/roles';
import type { Tier } from '@wedsync/contracts/weddings';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from '../ports.ts';
import { moment } from './moment.ts';

type OrganizationRow = {
  id: OrgId;
  name: string;
  tier: Tier;
  version: number;
  created_at: string;
  members: number;
  weddings: number;
  guests_most: number;
  weddings_max: number | null;
  members_max: number | null;
  guests_per_wedding_max: number | null;
};

const summaryOf = (row: OrganizationRow): OrganizationSummary => ({
  orgId: row.id,
  name: row.name,
  tier: row.tier,
  version: row.version,
  createdAt: moment(row.created_at),
  members: row.members,
  membersMax: row.members_max,
  weddings: row.weddings,
  weddingsMax: row.weddings_max,
  guestsMost: row.guests_most,
  guestsPerWeddingMax: row.guests_per_wedding_max,
});

/** Planner companies, newest first; the search looks at companies and their members. */
export async function listOrganizations(
  ctx: MonitoringContext,
  input: ListOrganizations,
): Promise<Page<OrganizationSummary>> {
  requireOperator(ctx);
  const { search, tier, cursor, limit } = parseInput(ListOrganizations, input);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<OrganizationRow>(sql`
      select * from ops.list_organizations(${search}, ${tier ?? null}::text,
        ${cursor ?? null}::uuid, ${limit + 1}::int)`),
  );
  const items = rows.slice(0, limit).map(summaryOf);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.orgId ?? null) : null };
}

type MemberRow = {
  user_id: UserId;
  name: string;
  email: string;
  role: OrgRole;
  disabled_at: string | null;
  created_at: string;
};

/** Who works in a company, owners first. */
export async function listOrganizationMembers(
  ctx: MonitoringContext,
  input: ListOrganizationMembers,
): Promise<OrganizationMember[]> {
  requireOperator(ctx);
  const { orgId } = parseInput(ListOrganizationMembers, input);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<MemberRow>(sql`select * from ops.list_organization_members(${orgId}::uuid)`),
  );
  return rows.map((row) => ({
    userId: row.user_id,
    name: row.name,
    email: row.email,
    role: row.role,
    isDisabled: row.disabled_at !== null,
    joinedAt: moment(row.created_at),
  }));
}
