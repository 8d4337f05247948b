import { DomainError } from '@wedsync/contracts/errors';
import { GetHousehold, type Household, ListHouseholds } from '@wedsync/contracts/households';
import { HouseholdId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { keysFor } from '@wedsync/service/keys-for';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readOne, readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import {
  type HouseholdRecord,
  householdColumns,
  readHousehold,
  toHousehold,
} from '../household-rows.ts';

function positionOf(cursor: string | undefined): HouseholdId | null {
  if (!cursor) return null;
  const position = HouseholdId.safeParse(cursor);
  if (position.success) return position.data;
  throw new DomainError('invalid', 'guests.cursor', 'This page of the list is gone. Start again.');
}

/** A page of households in the order of their entry (ids grow with time). */
export async function listHouseholds(
  ctx: ServiceContext,
  input: ListHouseholds,
): Promise<Page<Household>> {
  const { cursor, limit } = parseInput(ListHouseholds, input);
  requirePermission(ctx, 'guests.read');
  const position = positionOf(cursor);
  const rows = await readOne<HouseholdRecord>(
    ctx,
    sql`
      select ${householdColumns} from wedding.households h
      where h.wedding_id = ${requireWedding(ctx)} and h.removed_at is null
        ${position ? sql`and h.id > ${position}` : sql``}
      order by h.id limit ${limit + 1}`,
  );
  const keys = await keysFor(
    ctx,
    rows.map(({ household_key }) => household_key),
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => toHousehold(keys, row)),
    nextCursor: last?.id ?? null,
  };
}

/** @throws DomainError `not-found` */
export async function getHousehold(ctx: ServiceContext, input: GetHousehold): Promise<Household> {
  const { householdId } = parseInput(GetHousehold, input);
  requirePermission(ctx, 'guests.read');
  const key = { weddingId: requireWedding(ctx), householdId };
  return readTx(ctx, (tx) => readHousehold({ tx, keyRing: ctx.keyRing }, key));
}
