import { DomainError } from '@wedsync/contracts/errors';
import type { EventId, GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { PlacedBy, PlacementConflict, PlanChange } from '@wedsync/contracts/seating';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter, uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import type { WriteScope } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { OperationKind } from './model/operation.ts';
import { type FoundConflict, putConflict } from './model/placement-words.ts';
import type { OperationParts } from './model/summaries.ts';
import { finishChange, stalePlan, unchanged, type WrittenOperation } from './write-plan.ts';

export interface PlaceGuests {
  eventId: EventId;
  /** A table alone takes its lowest free seat. */
  placements: readonly {
    guestId: GuestId;
    tableId: SeatingTableId;
    seatNumber?: number | null | undefined;
  }[];
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

type Outcome =
  | { status: 'no-layout' }
  | { status: 'stale' | 'same'; revision: number }
  | { status: 'refused'; conflicts: FoundConflict[] }
  | ({ status: 'done' } & WrittenOperation);

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

/**
 * Seats and unseats guests in one change, all of it or nothing; locks of guests and tables are
 * respected. One statement decides and writes under the lock of the layout.
 * @throws DomainError `not-found`, `conflict` `seating.stale-plan`, `conflict`
 * `seating.placements-refused` with `details.conflicts: PlacementConflict[]`
 */
export async function placeGuests(
  ctx: ServiceContext,
  scope: WriteScope,
  wanted: PlaceGuests,
): Promise<PlanChange> {
  const {
    eventId,
    placements,
    unseat = [],
    revision = null,
    by,
    kind,
    action,
    parts = {},
  } = wanted;
  requireWedding(ctx);
  const [row] = await scope.tx.execute<{ outcome: Outcome }>(sql`
    select wedding.assign_guests_bulk_optimized(${eventId}, ${jsonParameter(placements)},
      ${uuidArray(unseat)}, ${revision}::bigint, ${by}::text, ${kind}::text,
      ${jsonParameter(parts)}) as outcome`);
  const outcome = row?.outcome ?? { status: 'no-layout' as const };
  switch (outcome.status) {
    case 'no-layout':
      throw notFound('floor plan');
    case 'stale':
      throw stalePlan(outcome.revision);
    case 'refused':
      throw await refusal(scope.tx, eventId, outcome.conflicts);
    case 'same':
      return unchanged(ctx, scope.tx, { eventId, revision: outcome.revision, kind });
    case 'done':
      return finishChange(ctx, scope, { eventId, action, written: outcome });
  }
}
