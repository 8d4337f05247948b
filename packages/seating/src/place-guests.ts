import { DomainError } from '@wedsync/contracts/errors';
import type { EventId, GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { PlacedBy, PlacementConflict, PlanChange } from '@wedsync/contracts/seating';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter, uuidArray } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import { readTx, type WriteScope } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import type { OperationKind } from './model/operation.ts';
import { type FoundConflict, putConflict } from './model/placement-words.ts';
import type { OperationParts } from './model/summaries.ts';
import {
  type ChangeOutcome,
  changeAtOnce,
  finishChange,
  ownChange,
  stalePlan,
  unchanged,
} from './write-plan.ts';

/** A seat at a table, its lowest free one where no number is given, or the seat of another guest. */
export type WantedPlace = { guestId: GuestId } & (
  | { tableId: SeatingTableId; seatNumber?: number | null | undefined }
  | { seatOf: GuestId }
);

export interface PlaceGuests {
  eventId: EventId;
  placements: readonly WantedPlace[];
  /** Guests who lose their seat in the same change. */
  unseat?: readonly GuestId[];
  /** Refused as stale unless the plan is still at it. */
  revision?: number | undefined;
  by: PlacedBy;
  kind: OperationKind;
  /** What the audit calls it. */
  action: string;
  parts?: OperationParts;
}

/** Tables that still have room, for whoever meets a full one. */
async function tablesWithRoom(tx: Tx, eventId: EventId): Promise<string[]> {
  const rows = await tx.execute<{ label: string }>(sql`
    select label from wedding.get_available_tables_optimized(${eventId}, 1) limit 3`);
  return rows.map(({ label }) => label);
}

async function refusal(tx: Tx, eventId: EventId, found: readonly FoundConflict[]) {
  const isFull = found.some(({ reason }) => reason === 'table-full');
  const alternatives = isFull ? await tablesWithRoom(tx, eventId) : [];
  const conflicts: PlacementConflict[] = found.map((one) => ({
    guestId: one.guestId,
    reason: one.reason,
    message: putConflict(one, alternatives),
  }));
  const [first] = conflicts;
  const others = conflicts.length > 1 ? ` (and ${conflicts.length - 1} more)` : '';
  return new DomainError(
    'conflict',
    'seating.placements-refused',
    `Nothing was changed. ${first?.message ?? ''}${others}`,
    { conflicts },
  );
}

/** The expression that decides and writes under the lock of the layout; answers a `ChangeOutcome`. */
function placing(wanted: PlaceGuests): SQL {
  const { eventId, placements, unseat = [], revision = null, by, kind, parts = {} } = wanted;
  return sql`wedding.assign_guests_bulk_optimized(${eventId}, ${jsonParameter(placements)},
    ${uuidArray(unseat)}, ${revision}::bigint, ${by}::text, ${kind}::text, ${jsonParameter(parts)})`;
}

/** @returns the error for a wish about the seats of guests who have none */
export const notSeated = (): DomainError =>
  new DomainError(
    'precondition',
    'seating.not-seated',
    'Not all of these guests have a seat. Give them one first.',
  );

/** Answers what was not done: the plan as it is where it fulfils the wish, or else an error. */
export async function settleUndone(
  ctx: ServiceContext,
  tx: Tx,
  {
    outcome,
    ...change
  }: { eventId: EventId; kind: OperationKind } & {
    outcome: Exclude<ChangeOutcome, { status: 'done' }>;
  },
): Promise<PlanChange> {
  switch (outcome.status) {
    case 'no-layout':
      throw notFound('floor plan');
    case 'not-seated':
      throw notSeated();
    case 'stale':
      throw stalePlan(outcome.revision);
    case 'refused':
      throw await refusal(tx, change.eventId, outcome.conflicts);
    case 'same':
      return unchanged(ctx, tx, { ...change, revision: outcome.revision });
  }
}

/**
 * Seats and unseats guests in one change, all of it or nothing, inside a transaction; locks of guests
 * and tables are respected.
 * @throws DomainError `not-found`, `conflict` `seating.stale-plan`, `conflict`
 * `seating.placements-refused` with `details.conflicts: PlacementConflict[]`
 */
export async function placeGuests(
  ctx: ServiceContext,
  scope: WriteScope,
  wanted: PlaceGuests,
): Promise<PlanChange> {
  const { eventId, action } = wanted;
  const [row] = await scope.tx.execute<{ outcome: ChangeOutcome }>(
    sql`select ${placing(wanted)} as outcome`,
  );
  const outcome = row?.outcome ?? { status: 'no-layout' };
  if (outcome.status === 'done')
    return finishChange(ctx, scope, { eventId, action, written: outcome });
  return settleUndone(ctx, scope.tx, { ...wanted, outcome });
}

/** The same as a change of its own: permission, one statement, and nothing more. */
export async function placeAtOnce(ctx: ServiceContext, wanted: PlaceGuests): Promise<PlanChange> {
  const outcome = await changeAtOnce(ctx, { ...wanted, outcome: placing(wanted) });
  if (outcome.status === 'done') return ownChange(outcome);
  return readTx(ctx, (tx) => settleUndone(ctx, tx, { ...wanted, outcome }));
}
