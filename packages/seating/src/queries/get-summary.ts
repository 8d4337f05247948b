import { DomainError } from '@wedsync/contracts/errors';
import type { SeatingTableId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import {
  GetSeatingSummary,
  ListMobileTables,
  type MobileTable,
  type SeatingSummary,
} from '@wedsync/contracts/seating';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readOne } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

/**
 * A plan in figures for a small screen: at most 20 kB for 50 tables.
 * @throws DomainError `not-found` where the event has no floor plan
 */
export async function getSummary(
  ctx: ServiceContext,
  input: GetSeatingSummary,
): Promise<SeatingSummary> {
  const { eventId } = parseInput(GetSeatingSummary, input);
  requirePermission(ctx, 'seating.read');
  requireWedding(ctx);
  const [row] = await readOne<{ summary: SeatingSummary | null }>(
    ctx,
    sql`select wedding.get_mobile_layout_summary(${eventId}) as summary`,
  );
  if (!row?.summary) throw notFound('floor plan');
  return row.summary;
}

type TablePage = {
  id: SeatingTableId;
  label: string;
  label_key: string;
  seat_count: number;
  seated: MobileTable['seated'];
};

/** The label after which a page begins; tables are in the order "1", "2", "10", "Lisbon". */
function labelAfter(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const label = Buffer.from(cursor, 'base64url').toString();
  if (label !== '' && label.length <= 40) return label;
  throw new DomainError(
    'invalid',
    'seating.cursor',
    'This page of the tables does not exist. Start again from its first page.',
  );
}

/** Tables with who sits at them, a page at a time. */
export async function listMobileTables(
  ctx: ServiceContext,
  input: ListMobileTables,
): Promise<Page<MobileTable>> {
  const { eventId, cursor, limit } = parseInput(ListMobileTables, input);
  requirePermission(ctx, 'seating.read');
  requireWedding(ctx);
  const after = labelAfter(cursor);
  const rows = await readOne<TablePage>(
    ctx,
    sql`select * from wedding.get_mobile_table_assignments(${eventId},
      ${after === null ? sql`-1` : sql`char_length(${after})`}, ${after ?? ''}, ${limit + 1})`,
  );
  const items = rows.slice(0, limit).map(({ id, label, seat_count, seated }) => ({
    id,
    label,
    seatCount: seat_count,
    seated,
  }));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items, nextCursor: last ? Buffer.from(last.label_key).toString('base64url') : null };
}
