import { DomainError } from '@wedsync/contracts/errors';
import { FindGuests, type GuestRow, ListGuests } from '@wedsync/contracts/guests';
import { GuestId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { keysFor } from '@wedsync/service/keys-for';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readOne, readTx } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type GuestRowRecord, guestRowColumns, toGuestRow } from '../guest-rows.ts';
import { guestConditions } from './guest-filter.ts';

const Position = z.tuple([z.string(), GuestId]);

function after(cursor: string | undefined): SQL {
  if (!cursor) return sql``;
  try {
    const [sortName, id] = Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return sql`and (g.sort_name, g.id) > (${sortName}, ${id}::uuid)`;
  } catch {
    throw new DomainError(
      'invalid',
      'guests.cursor',
      'This page of the list is gone. Start again.',
    );
  }
}

/**
 * A page of the guest list, ordered by last and first name, filtered.
 * Keyset paging: a guest added meanwhile shifts nothing.
 */
export async function listGuests(ctx: ServiceContext, input: ListGuests): Promise<Page<GuestRow>> {
  const { cursor, limit, ...filter } = parseInput(ListGuests, input);
  requirePermission(ctx, 'guests.read');
  const weddingId = requireWedding(ctx);
  const records = await readOne<GuestRowRecord & { sort_name: string }>(
    ctx,
    sql`
      select ${guestRowColumns(weddingId)}, g.sort_name
      from wedding.guests g
      join wedding.households h on h.wedding_id = g.wedding_id and h.id = g.household_id
      where ${guestConditions(weddingId, filter)} ${after(cursor)}
      order by g.sort_name, g.id limit ${limit + 1}`,
  );
  const keys = await keysFor(
    ctx,
    records.map(({ guest_key }) => guest_key),
  );
  const last = records.length > limit ? records[limit - 1] : undefined;
  return {
    items: records.slice(0, limit).map((record) => toGuestRow(keys, record)),
    nextCursor: last
      ? Buffer.from(JSON.stringify([last.sort_name, last.id])).toString('base64url')
      : null,
  };
}

/** How many guests a filter holds for, and which: what "select all" selects. */
export async function findGuests(
  ctx: ServiceContext,
  input: FindGuests,
): Promise<{ total: number; ids: GuestId[] }> {
  const filter = parseInput(FindGuests, input);
  requirePermission(ctx, 'guests.read');
  const weddingId = requireWedding(ctx);
  const [row] = await readTx(ctx, (tx) =>
    tx.execute<{ ids: GuestId[] }>(sql`
      select coalesce(jsonb_agg(g.id order by g.sort_name, g.id), '[]') as ids
      from wedding.guests g
      join wedding.households h on h.wedding_id = g.wedding_id and h.id = g.household_id
      where ${guestConditions(weddingId, filter)}`),
  );
  const ids = row?.ids ?? [];
  return { total: ids.length, ids };
}
