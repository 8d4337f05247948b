import { DomainError } from '@wedsync/contracts/errors';
import {
  type EventId,
  newUuid,
  type SeatingFixtureId,
  type SeatingTableId,
  type WeddingId,
} from '@wedsync/contracts/ids';
import type { PlanChange } from '@wedsync/contracts/seating';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import { actorId, requireOrg, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import { type WriteScope, writeTx } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import {
  type OperationKind,
  type OperationRecord,
  type PlanPatch,
  toPlanChange,
  type UndoState,
} from './model/operation.ts';
import type { FoundConflict } from './model/placement-words.ts';
import type { OperationParts } from './model/summaries.ts';
import { requireSeating, type SeatingAction } from './permission.ts';
import { guestNames } from './plan-rows.ts';

/**
 * A transaction that changes seating: permission first, then all of it or nothing. The work records
 * its audit through `finishChange`, or by itself where it is no change of a plan.
 * @throws DomainError `forbidden`
 */
export async function changePlan<T>(
  ctx: ServiceContext,
  work: (scope: WriteScope) => Promise<T>,
  action: SeatingAction = 'seating.update',
): Promise<T> {
  await requireSeating(ctx, action);
  return writeTx(ctx, work);
}

/** The layout of a plan whose row this transaction has locked: nobody else changes the plan now. */
export interface LockedLayout {
  eventId: EventId;
  revision: number;
  version: number;
}

/**
 * Locks a plan, found by a condition on its layout `l`, until the transaction ends.
 * @throws DomainError `not-found`
 */
export async function lockLayout(tx: Tx, weddingId: WeddingId, where: SQL): Promise<LockedLayout> {
  const [layout] = await tx.execute<{ eventId: EventId; revision: string; version: number }>(sql`
    select l.event_id as "eventId", l.revision, l.version from wedding.seating_layouts l
    where l.wedding_id = ${weddingId} and ${where} for no key update`);
  if (!layout) throw notFound('floor plan');
  return { ...layout, revision: Number(layout.revision) };
}

/**
 * Locks the plan that a table or fixture belongs to.
 * @throws DomainError `not-found`
 */
export async function lockLayoutOf(
  tx: Tx,
  weddingId: WeddingId,
  thing: { table: SeatingTableId } | { fixture: SeatingFixtureId },
): Promise<LockedLayout> {
  const owner =
    'table' in thing
      ? sql`select event_id from wedding.seating_tables where wedding_id = ${weddingId} and id = ${thing.table}`
      : sql`select event_id from wedding.seating_fixtures where wedding_id = ${weddingId} and id = ${thing.fixture}`;
  return lockLayout(tx, weddingId, sql`l.event_id = (${owner})`);
}

/**
 * @throws DomainError `conflict` `seating.stale-plan` with `details.revision` = where the plan is now
 */
export const stalePlan = (revision: number): DomainError =>
  new DomainError(
    'conflict',
    'seating.stale-plan',
    'The plan was changed in the meantime. Look at it again and repeat what you wanted to do.',
    { revision },
  );

/** What the functions of the database answer for a change that was written. */
export type WrittenOperation = Omit<OperationRecord, 'guestNames' | 'userName'>;

/** What the functions that place and lock guests answer. */
export type ChangeOutcome =
  | { status: 'no-layout' | 'not-seated' }
  | { status: 'stale' | 'same'; revision: number }
  | { status: 'refused'; conflicts: FoundConflict[] }
  | ({ status: 'done' } & WrittenOperation);

type RecordedOutcome =
  | Exclude<ChangeOutcome, { status: 'done' }>
  | ({ status: 'done' } & OperationRecord);

/** The line of the history that the database writes together with a change. */
function audit(ctx: ServiceContext, action: string): SQL {
  return jsonParameter({
    id: newUuid(),
    orgId: requireOrg(ctx),
    action,
    requestId: ctx.requestId,
  });
}

/**
 * One change of a plan in one statement, which brings its own COMMIT: the plan is locked for no round
 * trip, so that many people can change it at once.
 * @param outcome an expression that makes the change and answers a `ChangeOutcome`
 */
export async function changeAtOnce(
  ctx: ServiceContext,
  { eventId, action, outcome }: { eventId: EventId; action: string; outcome: SQL },
): Promise<RecordedOutcome> {
  await requireSeating(ctx, 'seating.update');
  const weddingId = requireWedding(ctx);
  const [row] = await ctx.db.writeOne<{ outcome: RecordedOutcome }>(
    ctx.claims,
    sql`select wedding.record_seating_change(${eventId}, ${outcome}, ${audit(ctx, action)}) as outcome`,
  );
  if (!row) throw notFound('floor plan');
  if (row.outcome.status === 'done') {
    ctx.wake.publish('changes', weddingId).catch((error: unknown) => {
      ctx.log.warn({ err: error, channel: 'changes' }, 'service.wake_failed');
    });
  }
  return row.outcome;
}

/** A change that its own person has just made: it can be taken back, and nothing can be redone. */
export const ownChange = (record: OperationRecord): PlanChange =>
  toPlanChange(record, { canUndo: record.kind !== 'layout-created', canRedo: false });

/**
 * What every change of a plan leaves behind besides its rows: the line that wakes other browsers
 * and the audit. Answers the change in words.
 */
export async function finishChange(
  ctx: ServiceContext,
  scope: WriteScope,
  { eventId, action, written }: { eventId: EventId; action: string; written: WrittenOperation },
): Promise<PlanChange> {
  const weddingId = requireWedding(ctx);
  const { revision, kind, parts } = written;
  // One connection: the statements travel together and are answered in order.
  const [[named]] = await Promise.all([
    scope.tx.execute<{ userName: string | null; guestNames: Record<string, string> }>(sql`
      select (select name from auth.users where id = ${actorId(ctx.actor) ?? null}::uuid) as "userName",
        ${guestNames(weddingId, jsonParameter(parts.guestIds ?? []))} as "guestNames"`),
    scope.audit({
      action,
      entity: 'seating',
      entityId: eventId,
      after: { revision, kind, ...parts },
    }),
    scope.change({ entity: 'seating', entityId: eventId, kind: 'updated' }),
  ]);
  return ownChange({
    ...written,
    userName: named?.userName ?? null,
    guestNames: named?.guestNames ?? {},
  });
}

export interface PlanWrite {
  eventId: EventId;
  kind: OperationKind;
  /** What the audit calls it. */
  action: string;
  parts: OperationParts;
  patch: PlanPatch;
}

/** Writes one change of a locked plan: rows, revision, operation, audit, change feed. */
export async function writePlan(
  ctx: ServiceContext,
  scope: WriteScope,
  { eventId, kind, action, parts, patch }: PlanWrite,
): Promise<PlanChange> {
  const [row] = await scope.tx.execute<{ written: WrittenOperation }>(sql`
    select wedding.apply_seating_patch(${requireWedding(ctx)}, ${eventId}, ${kind}::text,
      ${jsonParameter(parts)}, ${jsonParameter(patch)}) as written`);
  if (!row) throw notFound('floor plan');
  return finishChange(ctx, scope, { eventId, action, written: row.written });
}

/** The answer to a wish that the plan fulfils already: nothing was written. */
export async function unchanged(
  ctx: ServiceContext,
  tx: Tx,
  { eventId, revision, kind }: { eventId: EventId; revision: number; kind: OperationKind },
): Promise<PlanChange> {
  const undo = await readUndo(tx, {
    weddingId: requireWedding(ctx),
    eventId,
    userId: actorId(ctx.actor) ?? null,
  });
  const at = ctx.clock.now().toISOString();
  const nobody = { userId: null, userName: '' };
  return { revision, kind, summary: 'Nothing to change', at, ...nobody, ...undoState(undo) };
}

/** Revisions that a person can take back, and whose taking back they can revert; null = none. */
export interface UndoRevisions {
  undoRevision: number | null;
  redoRevision: number | null;
}

export async function readUndo(
  tx: Tx,
  where: { weddingId: WeddingId; eventId: EventId; userId: string | null },
): Promise<UndoRevisions> {
  const [row] = await tx.execute<{ undo: string | null; redo: string | null }>(sql`
    select undo_revision as undo, redo_revision as redo
    from wedding.find_seating_undo(${where.weddingId}, ${where.eventId}, ${where.userId}::uuid)`);
  const asNumber = (revision: string | null = null) =>
    revision === null ? null : Number(revision);
  return { undoRevision: asNumber(row?.undo), redoRevision: asNumber(row?.redo) };
}

export const undoState = ({ undoRevision, redoRevision }: UndoRevisions): UndoState => ({
  canUndo: undoRevision !== null,
  canRedo: redoRevision !== null,
});
