import type { Household } from '@wedsync/contracts/households';
import type { HouseholdId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { notFound } from '@wedsync/service/stale';
import { type SQL, sql } from 'drizzle-orm';

export type HouseholdRecord = Pick<Household, keyof Household>;

/** Columns of `Household`; needs `households as h`. */
export const householdColumns: SQL = sql`
  h.id, h.name, h.street, h.postal_code as "postalCode", h.city, h.region, h.country, h.notes,
  h.link_hash is not null as "hasLink", h.version,
  (select count(*)::int from wedding.guests g
    where g.wedding_id = h.wedding_id and g.household_id = h.id and g.removed_at is null) as guests`;

/**
 * One household; `lock` holds its row until the transaction ends.
 * @throws DomainError `not-found`
 */
export async function readHousehold(
  tx: Tx,
  key: { weddingId: WeddingId; householdId: HouseholdId },
  lock = false,
): Promise<Household> {
  const [household] = await tx.execute<HouseholdRecord>(sql`
    select ${householdColumns} from wedding.households h
    where h.wedding_id = ${key.weddingId} and h.id = ${key.householdId} and h.removed_at is null
    ${lock ? sql`for no key update` : sql``}`);
  if (!household) throw notFound('household');
  return household;
}
