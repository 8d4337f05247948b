import { DomainError } from '@wedsync/contracts/errors';
import {
  type ChangedSince,
  UndoImport,
  type UndoneImport,
  undoKeptDays,
} from '@wedsync/contracts/guest-imports';
import type { ImportId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter, uuidArray } from '@wedsync/db/sql-values';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { type WriteScope, writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { lockImports } from './apply-import.ts';
import { guestSnapshot, householdSnapshot } from './import-snapshots.ts';
import { hideGuests } from './remove-guests.ts';
import { showRemoved } from './scope.ts';
import { revertGuests, revertHouseholds } from './undo-writes.ts';

interface Subject {
  weddingId: WeddingId;
  importId: ImportId;
}

/** A change of the import, and whether its row still stands as the import left it. */
type Change = {
  entity: 'guest' | 'household';
  entityId: string;
  action: 'create' | 'update';
  name: string;
  intact: boolean;
  /** The host of a companion. */
  host: string | null;
};

async function requireUndoable(tx: Tx, { weddingId, importId }: Subject): Promise<void> {
  const [row] = await tx.execute<{ state: string; expired: boolean }>(sql`
    select state, applied_at < now() - make_interval(days => ${undoKeptDays}) as expired
    from wedding.guest_imports
    where wedding_id = ${weddingId} and id = ${importId} for update`);
  if (!row) throw notFound('import');
  if (row.expired) {
    throw new DomainError(
      'precondition',
      'guests.import-expired',
      `This import is more than ${undoKeptDays} days old; what it replaced is not kept that long. Change or remove the guests themselves instead.`,
    );
  }
  if (row.state !== 'undone') return;
  throw new DomainError(
    'precondition',
    'guests.import-undone',
    'This import was taken back already. Import the file again if you need it after all.',
  );
}

/**
 * The rows are locked first: what is found intact stays so until the undo is through. A new guest
 * with a companion who stays is not intact: nobody else could have brought that companion.
 */
async function readChanges(tx: Tx, { weddingId, importId }: Subject): Promise<Change[]> {
  await tx.execute(sql`
    select from wedding.guests g
    join wedding.guest_import_changes c on c.wedding_id = ${weddingId} and c.entity_id = g.id
    where g.wedding_id = ${weddingId} and c.import_id = ${importId} and c.entity = 'guest'
    order by g.id for no key update of g`);
  const changes = await tx.execute<Change>(sql`
    select c.entity, c.entity_id as "entityId", c.action,
      btrim(g.first_name || ' ' || g.last_name) as name, g.plus_one_of as host,
      ${guestSnapshot} = c.after and (c.action = 'update' or not exists (
        select from wedding.guests k
        where k.wedding_id = ${weddingId} and k.household_id = g.household_id
          and k.plus_one_of = g.id and k.removed_at is null
          and not exists (select from wedding.guest_import_changes kc
            where kc.wedding_id = ${weddingId} and kc.import_id = ${importId}
              and kc.entity = 'guest' and kc.entity_id = k.id))) as intact
    from wedding.guest_import_changes c
    join wedding.guests g on g.wedding_id = ${weddingId} and g.id = c.entity_id
    where c.wedding_id = ${weddingId} and c.import_id = ${importId} and c.entity = 'guest'
      and not c.undone
    union all
    select c.entity, c.entity_id, c.action, h.name, null, ${householdSnapshot} = c.after
    from wedding.guest_import_changes c
    join wedding.households h on h.wedding_id = ${weddingId} and h.id = c.entity_id
    where c.wedding_id = ${weddingId} and c.import_id = ${importId} and c.entity = 'household'
      and not c.undone`);
  const needed = new Set(changes.filter(({ intact }) => !intact).map(({ host }) => host));
  return changes.map((change) =>
    needed.has(change.entityId) && change.action === 'create'
      ? { ...change, intact: false }
      : change,
  );
}

function requireIntact(changed: readonly ChangedSince[], skipChanged: boolean): void {
  if (changed.length === 0 || skipChanged) return;
  throw new DomainError(
    'precondition',
    'guests.import-changed-since',
    `${changed.length} of the entries of this import were changed since and would lose that. Take back the rest and keep these, or leave the import as it is.`,
    { changed },
  );
}

const pick = (changes: readonly Change[], entity: Change['entity'], action: Change['action']) =>
  changes
    .filter((change) => change.entity === entity && change.action === action)
    .map((change) => change.entityId);

/** Tags that came with the import go where nobody carries them and no question asks for them. */
async function removeUnusedTags(tx: Tx, { weddingId, importId }: Subject): Promise<void> {
  await tx.execute(sql`
    delete from wedding.tags t using wedding.guest_import_changes c
    where c.wedding_id = ${weddingId} and c.import_id = ${importId} and c.entity = 'tag'
      and t.wedding_id = ${weddingId} and t.id = c.entity_id
      and not exists (select from wedding.guest_tags gt
        join wedding.guests g on g.wedding_id = gt.wedding_id and g.id = gt.guest_id
        where gt.wedding_id = ${weddingId} and gt.tag_id = t.id and g.removed_at is null)
      and not exists (select from wedding.questions q
        where q.wedding_id = ${weddingId} and q.tag_id = t.id)`);
}

async function finish(
  scope: WriteScope,
  subject: Subject,
  by: { userId: string | null; at: string },
) {
  const { weddingId, importId } = subject;
  const [row] = await scope.tx.execute<{ state: UndoneImport['state'] }>(sql`
    update wedding.guest_imports set undone_at = ${by.at}::timestamptz, undone_by = ${by.userId}::uuid,
      state = case when exists (select from wedding.guest_import_changes c
        where c.wedding_id = ${weddingId} and c.import_id = ${importId} and not c.undone)
        then 'partly_undone' else 'undone' end
    where wedding_id = ${weddingId} and id = ${importId}
    returning state`);
  if (!row) throw notFound('import');
  return row.state;
}

async function markUndone(tx: Tx, { weddingId, importId }: Subject, kept: readonly ChangedSince[]) {
  await tx.execute(sql`
    update wedding.guest_import_changes set undone = true
    where wedding_id = ${weddingId} and import_id = ${importId}
      and (entity, entity_id) not in (
        select k.entity, k.id from jsonb_to_recordset(${jsonParameter(kept)}) as k (entity text, id uuid))`);
}

/**
 * Takes an import back: its new guests and households go, changed ones get their former values,
 * tags, invitations and answers. What somebody changed since is never touched.
 * @throws DomainError `precondition` `guests.import-changed-since` with `details.changed` unless
 * `skipChanged`; `precondition` `guests.import-undone` or `guests.import-expired`; `not-found`
 */
export async function undoImport(ctx: ServiceContext, input: UndoImport): Promise<UndoneImport> {
  const { importId, skipChanged } = parseInput(UndoImport, input);
  requirePermission(ctx, 'guests.import');
  const subject = { weddingId: requireWedding(ctx), importId };
  return writeTx(ctx, async (scope) => {
    const { tx } = scope;
    await lockImports(tx, subject.weddingId);
    await requireUndoable(tx, subject);
    // Guests removed since the import are part of it as well.
    await showRemoved(tx);
    const changes = await readChanges(tx, subject);
    const intact = changes.filter((change) => change.intact);
    const kept = changes
      .filter((change) => !change.intact)
      .map(({ entity, entityId: id, name }): ChangedSince => ({ entity, id, name }));
    requireIntact(kept, skipChanged);
    const reverted = pick(intact, 'guest', 'update');
    await revertGuests(tx, subject, reverted);
    await revertHouseholds(tx, subject, pick(intact, 'household', 'update'));
    const { removed } = await hideGuests(scope, {
      weddingId: subject.weddingId,
      action: 'guests.undo-import',
      which: sql`id = any(${uuidArray(pick(intact, 'guest', 'create'))})`,
      keepHouseholds: kept.filter(({ entity }) => entity === 'household').map(({ id }) => id),
    });
    await removeUnusedTags(tx, subject);
    await markUndone(tx, subject, kept);
    await scope.auditAll([
      { action: 'guests.undo-import', entity: 'guest-import', entityId: importId },
      ...reverted.map((entityId) => ({
        action: 'guests.undo-import',
        entity: 'guest',
        entityId,
        after: { importId },
      })),
    ]);
    await scope.change({ entity: 'guest', kind: 'bulk' });
    const by = { userId: actorId(ctx.actor) ?? null, at: ctx.clock.now().toISOString() };
    const state = await finish(scope, subject, by);
    return { state, guestsRemoved: removed, guestsReverted: reverted.length, kept };
  });
}
