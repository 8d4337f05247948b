import { DomainError } from '@wedsync/contracts/errors';
import type { WeddingId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import {
  ListPlanChanges,
  ListSeatingHistory,
  type PlanChange,
  type PlanHistoryEntry,
} from '@wedsync/contracts/seating';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readOne } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { actorName, type OperationRecord, toPlanChange } from '../model/operation.ts';
import { summarize } from '../model/summaries.ts';
import { guestNames } from '../plan-rows.ts';

const changesMax = 200;

const operationColumns = (weddingId: WeddingId): SQL => sql`
  o.revision, o.kind, o.parts, o.at, o.actor_id as "userId",
  (select u.name from auth.users u where u.id = o.actor_id) as "userName",
  ${guestNames(weddingId, sql`o.parts -> 'guestIds'`)} as "guestNames"`;

interface ChangesRecord extends Record<string, unknown> {
  revision: string;
  canUndo: boolean;
  canRedo: boolean;
  operations: OperationRecord[];
}

/**
 * What happened to a plan since a revision, oldest first. Null where the caller must read the whole
 * plan: more than 200 changes are missing, the plan is gone, or it is behind what the caller saw (as
 * after a restore).
 */
export async function listChanges(
  ctx: ServiceContext,
  input: ListPlanChanges,
): Promise<PlanChange[] | null> {
  const { eventId, sinceRevision } = parseInput(ListPlanChanges, input);
  requirePermission(ctx, 'seating.read');
  const weddingId = requireWedding(ctx);
  const [record] = await readOne<ChangesRecord>(
    ctx,
    sql`
      select l.revision, undoable.undo_revision is not null as "canUndo",
        undoable.redo_revision is not null as "canRedo",
        (select coalesce(jsonb_agg(to_jsonb(found) order by found.revision), '[]')
          from (
            select ${operationColumns(weddingId)}, o.forward from wedding.seating_operations o
            where o.wedding_id = ${weddingId} and o.event_id = ${eventId}
              and o.revision > ${sinceRevision}
            order by o.revision limit ${changesMax + 1}) found) as operations
      from wedding.seating_layouts l
      cross join wedding.find_seating_undo(
        ${weddingId}, ${eventId}, ${actorId(ctx.actor) ?? null}::uuid) as undoable
      where l.wedding_id = ${weddingId} and l.event_id = ${eventId}`,
  );
  if (!record || Number(record.revision) < sinceRevision) return null;
  const { operations, canUndo, canRedo } = record;
  const isComplete = operations.length === Number(record.revision) - sinceRevision;
  if (!isComplete || operations.length > changesMax) return null;
  return operations.map((operation) => toPlanChange(operation, { canUndo, canRedo }));
}

function revisionBefore(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new DomainError(
    'invalid',
    'seating.cursor',
    'This page of the history does not exist. Start again from its first page.',
  );
}

/** Who did what to a plan, newest first. */
export async function listHistory(
  ctx: ServiceContext,
  input: ListSeatingHistory,
): Promise<Page<PlanHistoryEntry>> {
  const { eventId, cursor, limit } = parseInput(ListSeatingHistory, input);
  requirePermission(ctx, 'seating.read');
  const weddingId = requireWedding(ctx);
  const before = revisionBefore(cursor);
  const records = await readOne<Omit<OperationRecord, 'forward'> & { isUndone: boolean }>(
    ctx,
    sql`
      select ${operationColumns(weddingId)}, o.undone_by is not null as "isUndone"
      from wedding.seating_operations o
      where o.wedding_id = ${weddingId} and o.event_id = ${eventId} and o.revision < ${before}
      order by o.revision desc limit ${limit + 1}`,
  );
  const items = records.slice(0, limit).map((record) => ({
    revision: Number(record.revision),
    kind: record.kind,
    summary: summarize(record.kind, record.parts, record.guestNames),
    at: new Date(record.at).toISOString(),
    userName: actorName(record),
    isUndone: record.isUndone,
  }));
  return {
    items,
    nextCursor: records.length > limit ? String(items.at(-1)?.revision ?? '') : null,
  };
}
