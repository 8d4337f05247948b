import { DomainError } from '@wedsync/contracts/errors';
import { type EventId, newId, SeatingRelationshipId, type WeddingId } from '@wedsync/contracts/ids';
import {
  CreateRelationship,
  ListRelationships,
  type RelationshipSide,
  RemoveRelationships,
  type SeatingRelationship,
  UpdateRelationship,
} from '@wedsync/contracts/seating-rules';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter, uuidArray } from '@wedsync/db/sql-values';
import { changedFields } from '@wedsync/service/changed-fields';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { readOne, type WriteScope } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { given } from './given.ts';
import { changePlan } from './write-plan.ts';

/** Most rules of one wedding; the check of a plan is fast for five times as many. */
const relationshipsMax = 1_000;

const sideJson = (side: 'one' | 'other'): SQL => {
  const column = (name: string) => sql.raw(`r.${side}_${name}_id`);
  return sql`jsonb_build_object(
    'kind', case when ${column('guest')} is not null then 'guest'
      when ${column('household')} is not null then 'household' else 'tag' end,
    'id', coalesce(${column('guest')}, ${column('household')}, ${column('tag')}))`;
};

const columns = sql`r.id, r.event_id as "eventId", r.kind, ${sideJson('one')} as one,
  ${sideJson('other')} as other, r.weight, r.note, r.version`;

type Row = SeatingRelationship & Record<string, unknown>;

/** Every relationship that holds at an event, its own and those of all events. */
export async function listRelationships(
  ctx: ServiceContext,
  input: ListRelationships,
): Promise<SeatingRelationship[]> {
  const { eventId } = parseInput(ListRelationships, input);
  requirePermission(ctx, 'seating.read', { allow: ['system'] });
  return readOne<Row>(ctx, relationshipsOf(requireWedding(ctx), eventId));
}

/** The statement behind `listRelationships`, for those who read it inside a transaction. */
export const relationshipsOf = (weddingId: WeddingId, eventId: EventId): SQL => sql`
  select ${columns} from wedding.seating_relationships r
  where r.wedding_id = ${weddingId} and (r.event_id is null or r.event_id = ${eventId})
  order by r.created_at, r.id`;

/**
 * A rule changes what a plan is worth, so it is a change of every plan it holds for: results of
 * optimizations that began before it are known to be old.
 */
async function tellPlans(
  ctx: ServiceContext,
  scope: WriteScope,
  eventIds: readonly (EventId | null)[],
) {
  const weddingId = requireWedding(ctx);
  const isForAll = eventIds.includes(null);
  const ids = eventIds.filter((id) => id !== null);
  const plans = await scope.tx.execute<{ eventId: EventId }>(sql`
    select l.event_id as "eventId" from wedding.seating_layouts l
    where l.wedding_id = ${weddingId} and (${isForAll} or l.event_id = any(${uuidArray(ids)}))
    order by l.event_id for no key update`);
  for (const { eventId } of plans) {
    await scope.tx.execute(sql`
      select wedding.apply_seating_patch(${weddingId}, ${eventId}, 'rules-changed', '{}'::jsonb, '{}'::jsonb)`);
    await scope.change({ entity: 'seating', entityId: eventId, kind: 'updated' });
  }
  await scope.change({ entity: 'seating_relationship', kind: 'bulk' });
}

/** @throws DomainError `not-found` where one of the sides or the event is none of this wedding */
async function requireSides(
  tx: Tx,
  weddingId: WeddingId,
  { eventId, one, other }: Pick<SeatingRelationship, 'eventId' | 'one' | 'other'>,
): Promise<void> {
  const [found] = await tx.execute<{ isComplete: boolean; hasEvent: boolean }>(sql`
    select bool_and(case side.kind
        when 'guest' then exists (select from wedding.guests g
          where g.wedding_id = ${weddingId} and g.id = side.id and g.erased_at is null)
        when 'household' then exists (select from wedding.households h
          where h.wedding_id = ${weddingId} and h.id = side.id)
        else exists (select from wedding.tags t where t.wedding_id = ${weddingId} and t.id = side.id)
      end) as "isComplete",
      ${eventId}::uuid is null or exists (select from wedding.events e
        where e.wedding_id = ${weddingId} and e.id = ${eventId}::uuid) as "hasEvent"
    from jsonb_to_recordset(${jsonParameter([one, other])}) as side (kind text, id uuid)`);
  if (!found?.hasEvent) throw notFound('event');
  if (!found.isComplete) throw notFound('guest, household or tag');
}

const idOf = (side: RelationshipSide, kind: RelationshipSide['kind']) =>
  side.kind === kind ? side.id : null;

/**
 * Says who must, should, should not or must not sit together.
 * @throws DomainError `not-found`, `conflict` `seating.relationship-exists`, `invalid`
 * `seating.relationship-self`, `limit` `seating.too-many-relationships`
 */
export async function createRelationship(
  ctx: ServiceContext,
  input: CreateRelationship,
): Promise<SeatingRelationship> {
  const { eventId, kind, one, other, weight, note } = parseInput(CreateRelationship, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const { tx } = scope;
    await requireSides(tx, weddingId, { eventId, one, other });
    const [counted] = await tx.execute<{ n: number }>(sql`
      select count(*)::int as n from wedding.seating_relationships where wedding_id = ${weddingId}`);
    if ((counted?.n ?? 0) >= relationshipsMax) throw tooMany();
    const id = newId(SeatingRelationshipId);
    const [row] = await tx.execute<Row>(sql`
      insert into wedding.seating_relationships as r (wedding_id, id, event_id, kind, one_guest_id,
        one_household_id, one_tag_id, other_guest_id, other_household_id, other_tag_id, weight, note)
      values (${weddingId}, ${id}, ${eventId}, ${kind}, ${idOf(one, 'guest')},
        ${idOf(one, 'household')}, ${idOf(one, 'tag')}, ${idOf(other, 'guest')},
        ${idOf(other, 'household')}, ${idOf(other, 'tag')}, ${weight}, ${note})
      returning ${columns}`);
    if (!row) throw notFound('rule');
    await scope.audit({
      action: 'seating.create-relationship',
      entity: 'seating_relationship',
      entityId: id,
      after: { kind, one, other, weight, eventId },
    });
    await tellPlans(ctx, scope, [eventId]);
    return row;
  });
}

const tooMany = () =>
  new DomainError(
    'limit',
    'seating.too-many-relationships',
    `A wedding has room for ${relationshipsMax.toLocaleString('en')} seating rules. Use a tag for a whole group, or remove rules that matter little.`,
  );

/**
 * Changes how a rule is meant. Its sides stay: another pair is another rule.
 * @throws DomainError `not-found`, `conflict` `service.stale-version` with `details.current`,
 * `conflict` `seating.relationship-exists`
 */
export async function updateRelationship(
  ctx: ServiceContext,
  input: UpdateRelationship,
): Promise<SeatingRelationship> {
  const { relationshipId, version, ...set } = parseInput(UpdateRelationship, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const where = sql`r.wedding_id = ${weddingId} and r.id = ${relationshipId}`;
    const [before] = await scope.tx.execute<Row>(sql`
      select ${columns} from wedding.seating_relationships r where ${where} for update`);
    if (!before) throw notFound('rule');
    if (before.version !== version) throw staleVersion(before, 'rule');
    const changed = changedFields<Pick<Row, 'kind' | 'weight' | 'note'>>(before, given(set));
    if (!changed) return before;
    const { kind, weight, note } = { ...before, ...given(set) };
    const [after] = await scope.tx.execute<Row>(sql`
      update wedding.seating_relationships r set kind = ${kind}, weight = ${weight}, note = ${note}
      where ${where} returning ${columns}`);
    if (!after) throw notFound('rule');
    await scope.audit({
      action: 'seating.update-relationship',
      entity: 'seating_relationship',
      entityId: relationshipId,
      ...changed,
    });
    await tellPlans(ctx, scope, [before.eventId]);
    return after;
  });
}

/** Removes rules; those removed meanwhile are passed over. @throws DomainError `not-found` when none is there */
export async function removeRelationships(
  ctx: ServiceContext,
  input: RemoveRelationships,
): Promise<{ removed: number }> {
  const { relationshipIds } = parseInput(RemoveRelationships, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const gone = await scope.tx.execute<Row>(sql`
      delete from wedding.seating_relationships r
      where r.wedding_id = ${weddingId} and r.id = any(${uuidArray(relationshipIds)})
      returning ${columns}`);
    if (gone.length === 0) throw notFound('rule');
    await scope.auditAll(
      gone.map(({ id, kind, one, other, weight, eventId }) => ({
        action: 'seating.remove-relationship',
        entity: 'seating_relationship',
        entityId: id,
        before: { kind, one, other, weight, eventId },
      })),
    );
    await tellPlans(ctx, scope, [...new Set(gone.map(({ eventId }) => eventId))]);
    return { removed: gone.length };
  });
}
