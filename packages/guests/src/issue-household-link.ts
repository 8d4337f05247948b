import { IssueHouseholdLink, RevokeHouseholdLink } from '@wedsync/contracts/households';
import type { HouseholdId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter, uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { deriveLinkToken, hashLinkToken } from './household-link.ts';

/** The links of households, and the statement that makes those valid which never were handed out. */
export interface PlannedLinks {
  tokens: Map<HouseholdId, string>;
  /** Run it before any of the links leaves. */
  store: SQL | undefined;
}

/** What a household's link follows from. */
export interface LinkRow {
  id: HouseholdId;
  link_version: number;
  /** Whether the link was handed out before. */
  linked: boolean;
}

/** The links of households that were read already, for a mailing. */
export function deriveHouseholdLinks(
  secret: string,
  { weddingId, rows }: { weddingId: WeddingId; rows: readonly LinkRow[] },
): PlannedLinks {
  const tokens = new Map(
    rows.map((row) => [
      row.id,
      deriveLinkToken(secret, { weddingId, householdId: row.id, linkVersion: row.link_version }),
    ]),
  );
  const fresh = rows
    .filter((row) => !row.linked)
    .map((row) => ({
      id: row.id,
      link_version: row.link_version,
      hash: hashLinkToken(tokens.get(row.id) ?? '').toString('hex'),
    }));
  if (fresh.length === 0) return { tokens, store: undefined };
  // A revocation in between has counted the version up: then the old link stays dead.
  const store = sql`
    update wedding.households h set link_hash = decode(fresh.hash, 'hex')
    from jsonb_to_recordset(${jsonParameter(fresh)}) as fresh (id uuid, link_version int, hash text)
    where h.wedding_id = ${weddingId} and h.id = fresh.id and h.link_version = fresh.link_version
      and h.link_hash is null`;
  return { tokens, store };
}

/**
 * The tokens of many households, for a mailing; a link that was never handed out starts to work.
 * Set-based, and the same however often it runs. Households that are gone are missing in the answer.
 * @param secret LINK_SECRET
 */
export async function ensureHouseholdLinks(
  tx: Tx,
  secret: string,
  where: { weddingId: WeddingId; householdIds: readonly HouseholdId[] },
): Promise<Map<HouseholdId, string>> {
  const { weddingId, householdIds } = where;
  const rows = await tx.execute<LinkRow & Record<string, unknown>>(sql`
    select id, link_version, link_hash is not null as linked from wedding.households
    where wedding_id = ${weddingId} and id = any(${uuidArray(householdIds)}) and removed_at is null
    order by id`);
  const { tokens, store } = deriveHouseholdLinks(secret, { weddingId, rows });
  if (store) await tx.execute(store);
  return tokens;
}

/**
 * The token of a household's link `/r/<token>`, the same one until it is revoked.
 * @param secret LINK_SECRET
 * @throws DomainError `not-found`
 */
export async function issueHouseholdLink(
  ctx: ServiceContext,
  input: IssueHouseholdLink,
  secret: string,
): Promise<{ token: string }> {
  const { householdId } = parseInput(IssueHouseholdLink, input);
  requirePermission(ctx, 'guests.issue-link');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const tokens = await ensureHouseholdLinks(tx, secret, {
      weddingId,
      householdIds: [householdId],
    });
    const token = tokens.get(householdId);
    if (!token) throw notFound('household');
    // Never the token: the history is not secret.
    await audit({ action: 'guests.issue-link', entity: 'household', entityId: householdId });
    await change({ entity: 'household', entityId: householdId, kind: 'updated' });
    return { token };
  });
}

/**
 * Every link of the household that was handed out stops working at once. The next one is made when
 * it is asked for or sent.
 * @throws DomainError `not-found`
 */
export async function revokeHouseholdLink(
  ctx: ServiceContext,
  input: RevokeHouseholdLink,
): Promise<{ linkVersion: number }> {
  const { householdId } = parseInput(RevokeHouseholdLink, input);
  requirePermission(ctx, 'guests.rotate-link');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const [row] = await tx.execute<{ link_version: number }>(sql`
      update wedding.households set link_version = link_version + 1, link_hash = null
      where wedding_id = ${weddingId} and id = ${householdId} and removed_at is null
      returning link_version`);
    if (!row) throw notFound('household');
    const linkVersion = row.link_version;
    await audit({
      action: 'guests.revoke-link',
      entity: 'household',
      entityId: householdId,
      after: { linkVersion },
    });
    await change({ entity: 'household', entityId: householdId, kind: 'updated' });
    return { linkVersion };
  });
}
