import { DomainError } from '@wedsync/contracts/errors';
import type { EventId, GuestId, SeatingTableId, WeddingId } from '@wedsync/contracts/ids';
import {
  AddSeatingTables,
  type PlanChange,
  RemoveSeatingTables,
  type Seat,
  type SeatingTable,
  TableInput,
  UpdateSeatingTable,
} from '@wedsync/contracts/seating';
import type { Tx } from '@wedsync/db/client';
import { uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { sql } from 'drizzle-orm';
import { newSeats, newTables } from './create-layout.ts';
import { given } from './given.ts';
import { readTables } from './plan-rows.ts';
import { changePlan, lockLayout, lockLayoutOf, writePlan } from './write-plan.ts';

/**
 * Puts tables with their seats into the room.
 * @throws DomainError `not-found`, `conflict` `seating.label-taken`, `limit` `seating.too-many-tables`
 */
export async function addTables(ctx: ServiceContext, input: AddSeatingTables): Promise<PlanChange> {
  const { layoutId, tables: wanted } = parseInput(AddSeatingTables, input);
  return changePlan(ctx, async (scope) => {
    const { eventId } = await lockLayout(scope.tx, requireWedding(ctx), sql`l.id = ${layoutId}`);
    const patch = newTables(wanted);
    return writePlan(ctx, scope, {
      eventId,
      kind: 'tables-added',
      action: 'seating.add-tables',
      parts: {
        tableLabels: wanted.slice(0, 3).map(({ label }) => label),
        tableCount: wanted.length,
      },
      patch,
    });
  });
}

interface SeatInUse extends Seat {
  guestId: GuestId | null;
  isLocked: boolean;
}

/** The seats of tables, in order, with who sits on them. */
async function readSeats(
  tx: Tx,
  where: { weddingId: WeddingId; eventId: EventId; tableIds: readonly SeatingTableId[] },
): Promise<SeatInUse[]> {
  const rows = await tx.execute<SeatInUse & Record<string, unknown>>(sql`
    select s.id, s.table_id as "tableId", s.number, a.guest_id as "guestId",
      coalesce(a.is_locked, false) as "isLocked"
    from wedding.seating_seats s
    left join wedding.seating_assignments a
      on a.wedding_id = ${where.weddingId} and a.event_id = ${where.eventId} and a.seat_id = s.id
    where s.wedding_id = ${where.weddingId} and s.event_id = ${where.eventId}
      and s.table_id = any(${uuidArray(where.tableIds)})
    order by s.table_id, s.number`);
  return [...rows];
}

const tableLocked = (labels: readonly string[]) =>
  new DomainError(
    'conflict',
    'seating.table-locked',
    `Table ${labels.join(', ')} is locked. Unlock it first; nothing was changed.`,
    { tableLabels: labels },
  );

/** @throws DomainError where somebody who is locked to a seat would lose it */
function refuseLockedGuests(going: readonly SeatInUse[]): void {
  const guestIds = going.flatMap(({ guestId, isLocked }) => (guestId && isLocked ? [guestId] : []));
  if (guestIds.length === 0) return;
  throw new DomainError(
    'conflict',
    'seating.guest-locked',
    `${guestIds.length === 1 ? 'A guest is' : `${guestIds.length} guests are`} locked to seats that would go. Unlock them first; nothing was changed.`,
    { guestIds },
  );
}

const bare = ({ id, tableId, number }: Seat): Seat => ({ id, tableId, number });

/** The seats that a table has afterwards, and those that go, from the highest number down. */
function resize(seats: readonly SeatInUse[], table: SeatingTable, count: number) {
  const kept = seats.filter(({ number }) => number <= count);
  return {
    seats: [...kept.map(bare), ...newSeats(table.id, count, seats.length + 1)],
    going: seats.filter(({ number }) => number > count),
  };
}

/** What the history says of a changed table. */
function partsOf(before: SeatingTable, after: SeatingTable, going: readonly SeatInUse[]) {
  const unseated = going.flatMap(({ guestId }) => (guestId ? [guestId] : []));
  const isResized = before.seatCount !== after.seatCount;
  return {
    tableLabels: [after.label],
    ...(before.isLocked !== after.isLocked && { isLocked: after.isLocked }),
    ...(isResized && { seatsBefore: before.seatCount, seatsAfter: after.seatCount }),
    ...(unseated.length > 0 && { guestIds: unseated.slice(0, 3), guestCount: unseated.length }),
  };
}

/**
 * Changes a table. With fewer seats, those with the highest numbers go, and their guests to the
 * unseated, in the same change.
 * @throws DomainError `not-found`, `conflict` `service.stale-version` with `details.current`,
 * `conflict` `seating.table-locked`, `conflict` `seating.guest-locked`, `conflict` `seating.label-taken`
 */
export async function updateTable(
  ctx: ServiceContext,
  input: UpdateSeatingTable,
): Promise<PlanChange> {
  const { tableId, version, set } = parseInput(UpdateSeatingTable, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const { tx } = scope;
    const { eventId } = await lockLayoutOf(tx, weddingId, { table: tableId });
    const [before] = await readTables(tx, { weddingId, eventId, ids: [tableId] });
    if (!before) throw notFound('table');
    if (before.version !== version) throw staleVersion(before, 'table');
    const after: SeatingTable = { ...before, ...TableInput.parse({ ...before, ...given(set) }) };
    const isResized = before.seatCount !== after.seatCount;
    if (isResized && before.isLocked && after.isLocked) throw tableLocked([before.label]);
    const present = isResized
      ? await readSeats(tx, { weddingId, eventId, tableIds: [tableId] })
      : [];
    const { seats, going } = resize(present, before, after.seatCount);
    refuseLockedGuests(going);
    return writePlan(ctx, scope, {
      eventId,
      kind: 'table-updated',
      action: 'seating.update-table',
      parts: partsOf(before, after, going),
      patch: { tables: [after], ...(isResized && { seats }) },
    });
  });
}

/**
 * Removes tables; their guests go to the unseated in the same change. What was removed meanwhile is
 * passed over.
 * @throws DomainError `not-found` when none is there, `conflict` `seating.table-locked`, `conflict`
 * `seating.guest-locked`
 */
export async function removeTables(
  ctx: ServiceContext,
  input: RemoveSeatingTables,
): Promise<PlanChange> {
  const { layoutId, tableIds } = parseInput(RemoveSeatingTables, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const { tx } = scope;
    const { eventId } = await lockLayout(tx, weddingId, sql`l.id = ${layoutId}`);
    const [tables, seats] = await Promise.all([
      readTables(tx, { weddingId, eventId, ids: tableIds }),
      readSeats(tx, { weddingId, eventId, tableIds }),
    ]);
    if (tables.length === 0) throw notFound('table');
    const locked = tables.filter(({ isLocked }) => isLocked).map(({ label }) => label);
    if (locked.length > 0) throw tableLocked(locked);
    refuseLockedGuests(seats);
    const unseated = seats.flatMap(({ guestId }) => (guestId ? [guestId] : []));
    return writePlan(ctx, scope, {
      eventId,
      kind: 'tables-removed',
      action: 'seating.remove-tables',
      parts: {
        tableLabels: tables.slice(0, 3).map(({ label }) => label),
        tableCount: tables.length,
        guestIds: unseated.slice(0, 3),
        guestCount: unseated.length,
      },
      patch: { removedTableIds: tables.map(({ id }) => id) },
    });
  });
}
