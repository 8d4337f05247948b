import { DomainError } from '@wedsync/contracts/errors';
import { newId, SeatingVersionId } from '@wedsync/contracts/ids';
import type { PlanChange } from '@wedsync/contracts/seating';
import {
  RemoveSeatingVersion,
  RestoreSeatingVersion,
  SaveSeatingVersion,
  type SeatingVersion,
  SeatingWeights,
} from '@wedsync/contracts/seating-runs';
import { jsonParameter } from '@wedsync/db/sql-values';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { notFound } from '@wedsync/service/stale';
import { sql } from 'drizzle-orm';
import { fitVersion, type SavedSeat } from './model/fit-version.ts';
import { judgePlan } from './model/warnings.ts';
import { placeGuests } from './place-guests.ts';
import { readFacts, readVersion, toVersion, versionColumns } from './queries/list-versions.ts';
import { changePlan, lockLayout, stalePlan, unchanged } from './write-plan.ts';

/** Kept plans per event; each is some 100 bytes a guest. */
const versionsMax = 100;

/**
 * Keeps the plan as it is under a name.
 * @throws DomainError `not-found`, `limit` `seating.too-many-versions`
 */
export async function saveVersion(
  ctx: ServiceContext,
  input: SaveSeatingVersion,
): Promise<SeatingVersion> {
  const { eventId, name } = parseInput(SaveSeatingVersion, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const { tx } = scope;
    const { revision } = await lockLayout(tx, weddingId, sql`l.event_id = ${eventId}`);
    const [counted] = await tx.execute<{ n: number }>(sql`
      select count(*)::int as n from wedding.seating_versions
      where wedding_id = ${weddingId} and event_id = ${eventId}`);
    if ((counted?.n ?? 0) >= versionsMax) throw tooManyVersions();
    const facts = await readFacts(ctx, tx, eventId);
    const labels = new Map(facts.plan.tables.map(({ id, label }) => [id, label]));
    const seats: SavedSeat[] = facts.plan.assignments.map(({ guestId, tableId, seatNumber }) => ({
      guestId,
      tableId,
      tableLabel: labels.get(tableId) ?? '',
      seatNumber,
    }));
    const { cost } = judgePlan(facts, SeatingWeights.parse({}));
    const id = newId(SeatingVersionId);
    const [row] = await tx.execute<Parameters<typeof toVersion>[0]>(sql`
      insert into wedding.seating_versions as v
        (wedding_id, event_id, id, name, revision, assignments, seated_count, cost, saved_by)
      values (${weddingId}, ${eventId}, ${id}, ${name}, ${revision}, ${jsonParameter(seats)},
        ${seats.length}, ${Math.round(cost)}, ${actorId(ctx.actor) ?? null}::uuid)
      returning ${versionColumns}`);
    if (!row) throw notFound('version');
    await scope.audit({
      action: 'seating.save-version',
      entity: 'seating_version',
      entityId: id,
      after: { name, revision, eventId },
    });
    await scope.change({ entity: 'seating_version', entityId: id, kind: 'created' });
    return toVersion(row);
  });
}

const tooManyVersions = () =>
  new DomainError(
    'limit',
    'seating.too-many-versions',
    `${versionsMax} plans are kept for this event already. Remove one that is not needed any more.`,
  );

/**
 * Brings a kept plan back, as one change that can be undone. Locked guests and tables stay as they
 * are; what does not fit any more is left out (`compareVersion` names it).
 * @throws DomainError `not-found`, `conflict` `seating.stale-plan` unless the plan is at `revision`
 */
export async function restoreVersion(
  ctx: ServiceContext,
  input: RestoreSeatingVersion,
): Promise<PlanChange> {
  const { versionId, revision } = parseInput(RestoreSeatingVersion, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const { tx } = scope;
    const version = await readVersion(tx, weddingId, versionId);
    const { eventId } = version;
    const locked = await lockLayout(tx, weddingId, sql`l.event_id = ${eventId}`);
    if (locked.revision !== revision) throw stalePlan(locked.revision);
    const { plan } = await readFacts(ctx, tx, eventId);
    const { seats, moves, unseat } = fitVersion(plan, version.assignments);
    const kind = 'version-restored';
    if (moves.length === 0) return unchanged(ctx, tx, { eventId, revision, kind });
    const moving = new Set(moves.map(({ guestId }) => guestId));
    return placeGuests(ctx, scope, {
      eventId,
      placements: seats.filter(({ guestId }) => moving.has(guestId)),
      unseat,
      by: 'version',
      kind,
      action: 'seating.restore-version',
      parts: { versionName: version.name },
    });
  });
}

/** @throws DomainError `not-found` */
export async function removeVersion(
  ctx: ServiceContext,
  input: RemoveSeatingVersion,
): Promise<{ removed: number }> {
  const { versionId } = parseInput(RemoveSeatingVersion, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const [gone] = await scope.tx.execute<{ name: string; revision: string }>(sql`
      delete from wedding.seating_versions
      where wedding_id = ${weddingId} and id = ${versionId} returning name, revision`);
    if (!gone) throw notFound('version');
    await scope.audit({
      action: 'seating.remove-version',
      entity: 'seating_version',
      entityId: versionId,
      before: { name: gone.name, revision: Number(gone.revision) },
    });
    await scope.change({ entity: 'seating_version', entityId: versionId, kind: 'removed' });
    return { removed: 1 };
  });
}
