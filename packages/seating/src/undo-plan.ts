import { DomainError } from '@wedsync/contracts/errors';
import type { EventId, GuestId, WeddingId } from '@wedsync/contracts/ids';
import { type PlanChange, RedoSeating, UndoSeating } from '@wedsync/contracts/seating';
import { jsonParameter } from '@wedsync/db/sql-values';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import type { WriteScope } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { PlanPatch } from './model/operation.ts';
import type { OperationParts } from './model/summaries.ts';
import {
  changePlan,
  finishChange,
  lockLayout,
  readUndo,
  undoState,
  type WrittenOperation,
} from './write-plan.ts';

const nothingToUndo = () =>
  new DomainError(
    'precondition',
    'seating.nothing-to-undo',
    'There is nothing of yours to undo, or others have built upon it since. The history shows what was done.',
  );

const nothingToRedo = () =>
  new DomainError(
    'precondition',
    'seating.nothing-to-redo',
    'There is nothing to redo: nothing of yours was undone, or the plan has moved on since.',
  );

interface Place {
  weddingId: WeddingId;
  eventId: EventId;
}

type Obstacle = { tableLabels: string[]; guestIds: GuestId[] };

/**
 * What a change that is taken back may not override either: locked tables, and who is no longer
 * invited. Locked guests are no obstacle here: locking them has touched them.
 */
async function refuseObstacles({ tx }: WriteScope, place: Place, patch: PlanPatch): Promise<void> {
  const { weddingId, eventId } = place;
  const json = jsonParameter(patch);
  const [found] = await tx.execute<Obstacle>(sql`
    with seated as (
      select (a ->> 'guestId')::uuid as guest_id, (a ->> 'tableId')::uuid as table_id
      from jsonb_array_elements(${json} -> 'assignments') as a
    ), moved as (
      select guest_id from seated
      union select named.id::uuid from jsonb_array_elements_text(${json} -> 'unseatedGuestIds') as named (id)
    ), concerned as (
      select table_id from seated
      union select s.table_id from wedding.seating_assignments a
        join wedding.seating_seats s on s.wedding_id = ${weddingId} and s.id = a.seat_id
        where a.wedding_id = ${weddingId} and a.event_id = ${eventId}
          and a.guest_id in (select guest_id from moved)
      union select named.id::uuid from jsonb_array_elements_text(${json} -> 'removedTableIds') as named (id)
    )
    select
      (select coalesce(jsonb_agg(t.label order by t.label_key), '[]') from wedding.seating_tables t
        where t.wedding_id = ${weddingId} and t.is_locked and t.id in (select table_id from concerned)
      ) as "tableLabels",
      (select coalesce(jsonb_agg(seated.guest_id), '[]') from seated
        where not exists (
          select from wedding.invitations i
          join wedding.guests g on g.wedding_id = ${weddingId} and g.id = i.guest_id
            and g.removed_at is null and g.erased_at is null
          where i.wedding_id = ${weddingId} and i.event_id = ${eventId} and i.guest_id = seated.guest_id)
      ) as "guestIds"`);
  if (!found || found.tableLabels.length + found.guestIds.length === 0) return;
  const what =
    found.guestIds.length > 0
      ? 'Some of its guests are not invited to this event any more.'
      : `Table ${found.tableLabels.join(', ')} is locked. Unlock it first.`;
  throw new DomainError(
    'conflict',
    'seating.undo-blocked',
    `This cannot be taken back as it was. ${what}`,
    { ...found },
  );
}

interface Step {
  kind: 'undone' | 'redone';
  action: string;
  revision: number | null;
  none: () => DomainError;
}

/** Writes what stood before operation `revision`, as an operation of its own. */
async function takeBack(
  ctx: ServiceContext,
  scope: WriteScope,
  { eventId, kind, action, revision, none }: Step & { eventId: EventId },
): Promise<PlanChange> {
  const { tx } = scope;
  const weddingId = requireWedding(ctx);
  if (revision === null) throw none();
  const [target] = await tx.execute<{
    kind: string;
    parts: OperationParts;
    backward: PlanPatch;
  }>(sql`
    select kind, parts, backward from wedding.seating_operations
    where wedding_id = ${weddingId} and event_id = ${eventId} and revision = ${revision}`);
  if (!target) throw none();
  await refuseObstacles(scope, { weddingId, eventId }, target.backward);
  const parts = { ...target.parts, ofKind: target.parts.ofKind ?? target.kind };
  const [row] = await tx.execute<{ written: WrittenOperation }>(sql`
    select wedding.apply_seating_patch(${weddingId}, ${eventId}, ${kind}::text, ${jsonParameter(parts)},
      ${jsonParameter(target.backward)}, ${revision}::bigint) as written`);
  if (!row) throw none();
  await tx.execute(sql`
    update wedding.seating_operations set undone_by = ${row.written.revision}
    where wedding_id = ${weddingId} and event_id = ${eventId} and revision = ${revision}`);
  const change = await finishChange(ctx, scope, { eventId, action, written: row.written });
  const userId = actorId(ctx.actor) ?? null;
  return { ...change, ...undoState(await readUndo(tx, { weddingId, eventId, userId })) };
}

const step = (ctx: ServiceContext, eventId: EventId, kind: Step['kind']): Promise<PlanChange> =>
  changePlan(ctx, async (scope) => {
    const weddingId = requireWedding(ctx);
    await lockLayout(scope.tx, weddingId, sql`l.event_id = ${eventId}`);
    const userId = actorId(ctx.actor) ?? null;
    const { undoRevision, redoRevision } = await readUndo(scope.tx, { weddingId, eventId, userId });
    return takeBack(
      ctx,
      scope,
      kind === 'undone'
        ? { eventId, kind, action: 'seating.undo', revision: undoRevision, none: nothingToUndo }
        : { eventId, kind, action: 'seating.redo', revision: redoRevision, none: nothingToRedo },
    );
  });

/**
 * Takes back the newest change of the plan that this person made and that nobody built upon.
 * @throws DomainError `not-found`, `precondition` `seating.nothing-to-undo`, `conflict`
 * `seating.undo-blocked` with `details.tableLabels` and `details.guestIds`
 */
export async function undo(ctx: ServiceContext, input: UndoSeating): Promise<PlanChange> {
  const { eventId } = parseInput(UndoSeating, input);
  return step(ctx, eventId, 'undone');
}

/**
 * Does again what was undone last, as long as this person has done nothing else since.
 * @throws DomainError `not-found`, `precondition` `seating.nothing-to-redo`, `conflict`
 * `seating.undo-blocked`
 */
export async function redo(ctx: ServiceContext, input: RedoSeating): Promise<PlanChange> {
  const { eventId } = parseInput(RedoSeating, input);
  return step(ctx, eventId, 'redone');
}
