import {
  AddSeatingFixtures,
  FixtureInput,
  MoveSeatingThings,
  type PlanChange,
  RemoveSeatingFixtures,
  type SeatingFixture,
  UpdateSeatingFixture,
  UpdateSeatingLayout,
} from '@wedsync/contracts/seating';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { sql } from 'drizzle-orm';
import { newFixtures } from './create-layout.ts';
import { given } from './given.ts';
import type { LayoutPatch } from './model/operation.ts';
import { readFixtures, readTables } from './plan-rows.ts';
import { changePlan, lockLayout, lockLayoutOf, writePlan } from './write-plan.ts';

/**
 * Changes the room itself.
 * @throws DomainError `not-found`, `conflict` `service.stale-version` with `details.current`
 */
export async function updateLayout(
  ctx: ServiceContext,
  input: UpdateSeatingLayout,
): Promise<PlanChange> {
  const { layoutId, version, ...set } = parseInput(UpdateSeatingLayout, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const { eventId } = await lockLayout(scope.tx, weddingId, sql`l.id = ${layoutId}`);
    const [before] = await scope.tx.execute<
      Omit<LayoutPatch, 'capacity'> & { capacity: number | null }
    >(sql`
      select id, event_id as "eventId", outline, capacity, notes, version from wedding.seating_layouts
      where wedding_id = ${weddingId} and id = ${layoutId}`);
    if (!before) throw notFound('floor plan');
    if (before.version !== version) throw staleVersion(before, 'floor plan');
    const after = { ...before, ...given(set) };
    return writePlan(ctx, scope, {
      eventId,
      kind: 'layout-updated',
      action: 'seating.update-layout',
      parts: {},
      patch: { layout: { ...after, capacity: after.capacity ?? 'none' } },
    });
  });
}

/**
 * Moves and turns tables and fixtures, many at once. There are no versions: the last hand on a thing
 * wins. What was removed meanwhile is passed over.
 * @throws DomainError `not-found` when none of them is there
 */
export async function moveThings(
  ctx: ServiceContext,
  input: MoveSeatingThings,
): Promise<PlanChange> {
  const wanted = parseInput(MoveSeatingThings, input);
  const weddingId = requireWedding(ctx);
  const places = new Map<string, { xMm: number; yMm: number; rotation: number }>();
  for (const { tableId, ...place } of wanted.tables) places.set(tableId, place);
  for (const { fixtureId, ...place } of wanted.fixtures) places.set(fixtureId, place);
  return changePlan(ctx, async (scope) => {
    const { tx } = scope;
    const { eventId } = await lockLayout(tx, weddingId, sql`l.id = ${wanted.layoutId}`);
    const where = { weddingId, eventId };
    const [tables, fixtures] = await Promise.all([
      readTables(tx, { ...where, ids: wanted.tables.map(({ tableId }) => tableId) }),
      readFixtures(tx, { ...where, ids: wanted.fixtures.map(({ fixtureId }) => fixtureId) }),
    ]);
    if (tables.length + fixtures.length === 0) throw notFound('table');
    const moved = <T extends { id: string }>(thing: T): T => ({
      ...thing,
      ...places.get(thing.id),
    });
    return writePlan(ctx, scope, {
      eventId,
      kind: 'things-moved',
      action: 'seating.move-things',
      parts: {
        tableLabels: tables.slice(0, 3).map(({ label }) => label),
        tableCount: tables.length,
        fixtureCount: fixtures.length,
      },
      patch: {
        ...(tables.length > 0 && { tables: tables.map(moved) }),
        ...(fixtures.length > 0 && { fixtures: fixtures.map(moved) }),
      },
    });
  });
}

/**
 * Puts doors, a dance floor, a bar … into the room.
 * @throws DomainError `not-found`, `limit` `seating.too-many-fixtures`
 */
export async function addFixtures(
  ctx: ServiceContext,
  input: AddSeatingFixtures,
): Promise<PlanChange> {
  const { layoutId, fixtures } = parseInput(AddSeatingFixtures, input);
  return changePlan(ctx, async (scope) => {
    const { eventId } = await lockLayout(scope.tx, requireWedding(ctx), sql`l.id = ${layoutId}`);
    return writePlan(ctx, scope, {
      eventId,
      kind: 'fixtures-added',
      action: 'seating.add-fixtures',
      parts: { fixtureCount: fixtures.length },
      patch: { fixtures: newFixtures(fixtures) },
    });
  });
}

/** @throws DomainError `not-found`, `conflict` `service.stale-version` with `details.current` */
export async function updateFixture(
  ctx: ServiceContext,
  input: UpdateSeatingFixture,
): Promise<PlanChange> {
  const { fixtureId, version, set } = parseInput(UpdateSeatingFixture, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const { eventId } = await lockLayoutOf(scope.tx, weddingId, { fixture: fixtureId });
    const [before] = await readFixtures(scope.tx, { weddingId, eventId, ids: [fixtureId] });
    if (!before) throw notFound('fixture');
    if (before.version !== version) throw staleVersion(before, 'fixture');
    const after: SeatingFixture = {
      ...before,
      ...FixtureInput.parse({ ...before, ...given(set) }),
    };
    return writePlan(ctx, scope, {
      eventId,
      kind: 'fixture-updated',
      action: 'seating.update-fixture',
      parts: { fixtureCount: 1 },
      patch: { fixtures: [after] },
    });
  });
}

/** @throws DomainError `not-found` when none of them is there */
export async function removeFixtures(
  ctx: ServiceContext,
  input: RemoveSeatingFixtures,
): Promise<PlanChange> {
  const { layoutId, fixtureIds } = parseInput(RemoveSeatingFixtures, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const { eventId } = await lockLayout(scope.tx, weddingId, sql`l.id = ${layoutId}`);
    const present = await readFixtures(scope.tx, { weddingId, eventId, ids: fixtureIds });
    if (present.length === 0) throw notFound('fixture');
    return writePlan(ctx, scope, {
      eventId,
      kind: 'fixtures-removed',
      action: 'seating.remove-fixtures',
      parts: { fixtureCount: present.length },
      patch: { removedFixtureIds: present.map(({ id }) => id) },
    });
  });
}
