import { OrgId } from '@wedsync/contracts/ids';
import { type OrgRole, orgRoles, type WeddingRole, weddingRoles } from '@wedsync/contracts/roles';
import type { TenantDb } from '@wedsync/db/client';
import { toDomainError } from '@wedsync/db/pg-errors';
import type { Access } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import { cachedLookup } from './cached-lookup.ts';

export interface ResolvedAccess {
  orgId: OrgId;
  access: Access;
}

type Row = { org_id: string; org_role: string | null; wedding_role: string | null };

const orgRoleOf = (role: string | null): OrgRole | undefined =>
  orgRoles.find((known) => known === role);
const weddingRoleOf = (role: string | null): WeddingRole | undefined =>
  weddingRoles.find((known) => known === role);

/**
 * Looks a user's roles up, at most once a second per user and place: a removed member is out
 * everywhere within that second.
 */
export function createAccessResolver(db: TenantDb) {
  async function load(key: string): Promise<ResolvedAccess | undefined> {
    const [userId = '', orgId = '', weddingId = ''] = key.split('|');
    const [row] = await db
      .read({ actorKind: 'user', userId }, (tx) =>
        tx.execute<Row>(sql`
          select org_id, org_role, wedding_role
          from wedding.resolve_access(${orgId || null}::uuid, ${weddingId || null}::uuid)`),
      )
      .catch((error: unknown) => {
        throw toDomainError(error);
      });
    if (!row) return undefined;
    return {
      orgId: OrgId.parse(row.org_id),
      access: { orgRole: orgRoleOf(row.org_role), weddingRole: weddingRoleOf(row.wedding_role) },
    };
  }

  const lookups = cachedLookup(load);
  /** `undefined` when the user has no role there, or there is no such place. */
  return (userId: string, where: { orgId?: string; weddingId?: string }) =>
    lookups.get(`${userId}|${where.orgId ?? ''}|${where.weddingId ?? ''}`);
}
